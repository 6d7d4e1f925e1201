import { useId } from 'react'

interface TextProps {
  readonly label: string
  readonly value: string
  readonly placeholder?: string
  readonly onChange: (text: string) => void
  readonly onBlur?: () => void
  readonly rows?: number
}

/** A labelled text that grows with what is written. */
export function LongField({ label, value, placeholder = '', onChange, onBlur, rows = 2 }: TextProps) {
  const id = useId()
  return (
    <div className="ct-wk-field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="ct-input ct-wk-grow"
        rows={rows}
        maxLength={100_000}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onBlur}
      />
    </div>
  )
}

interface ChoiceProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly T[]
  readonly onChange: (value: T) => void
  /** Names of the options where they are not what they say. */
  readonly name?: (value: T) => string
  readonly hideLabel?: boolean
}

/** A labelled list of a few fixed words. */
export function ChoiceField<T extends string>(props: ChoiceProps<T>) {
  const { label, value, options, onChange, name = (one: T): string => one, hideLabel = false } = props
  const id = useId()
  return (
    <span className="ct-wk-choice">
      <label htmlFor={id} className={hideLabel ? 'ct-hidden' : 'ct-dim'}>
        {label}
      </label>
      <select
        id={id}
        className="ct-input"
        value={value}
        onChange={(event) => {
          const next = options.find((option) => option === event.target.value)
          if (next !== undefined) onChange(next)
        }}
      >
        {options.map((option) => (
          <option key={option} value={option}>
            {name(option)}
          </option>
        ))}
      </select>
    </span>
  )
}
