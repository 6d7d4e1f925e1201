import type { ReactNode } from 'react'

/** What stands where there is nothing: what belongs here, and how to get it. */
export function Empty({
  title,
  children,
  action,
}: {
  readonly title: string
  readonly children?: ReactNode
  readonly action?: ReactNode
}) {
  return (
    <div className="ct-empty">
      <h2>{title}</h2>
      {children === undefined ? null : <p>{children}</p>}
      {action}
    </div>
  )
}

/** A thin moving line at the top of a view while it loads; the picture below stays. */
export function LoadingLine({ active }: { readonly active: boolean }) {
  return <div className={active ? 'ct-loading ct-loading-on' : 'ct-loading'} aria-hidden="true" />
}
