import { HTMLSelect } from '@blueprintjs/core'
import { useId } from 'react'

interface Props {
  readonly label: string
  readonly value: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly onChange: (value: string) => void
}

/** A labelled choice in a row of tools. */
export function Choice({ label, value, options, onChange }: Props) {
  const id = useId()
  return (
    <span className="ct-tool">
      <label htmlFor={id}>{label}</label>
      <HTMLSelect id={id} value={value} options={options} onChange={(event) => onChange(event.currentTarget.value)} />
    </span>
  )
}
