interface Props {
  readonly label: string
  readonly value: string
  readonly onChange: (text: string) => void
  readonly onBlur: () => void
}

/** The title as a field that looks like a heading. */
export function TitleField({ label, value, onChange, onBlur }: Props) {
  return (
    <h2 className="ct-wk-heading">
      <input
        className="ct-input ct-wk-title"
        aria-label={label}
        placeholder={label}
        maxLength={300}
        value={value}
        onFocus={(event) => {
          if (/^New /.test(value)) event.target.select()
        }}
        onChange={(event) => onChange(event.target.value)}
        onBlur={onBlur}
      />
    </h2>
  )
}
