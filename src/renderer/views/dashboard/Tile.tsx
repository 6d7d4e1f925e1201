import { type ReactNode, useId } from 'react'

interface Props {
  readonly title: string
  /** Beside the title: what is counted, or how much there is. */
  readonly aside?: ReactNode
  readonly className?: string
  readonly children: ReactNode
}

export function Tile({ title, aside, className = '', children }: Props) {
  const id = useId()
  return (
    <section className={`ct-tile ${className}`} aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {aside === undefined ? null : <span className="ct-dim">{aside}</span>}
      </header>
      {children}
    </section>
  )
}
