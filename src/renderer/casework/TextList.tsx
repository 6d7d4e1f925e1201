import { Button } from '@blueprintjs/core'
import { Cross } from '@blueprintjs/icons'

interface Props {
  readonly label: string
  readonly texts: readonly string[]
  readonly addLabel: string
  readonly placeholder: string
  readonly onChange: (texts: string[]) => void
}

/** Short texts in a row: alternatives, open questions. */
export function TextList({ label, texts, addLabel, placeholder, onChange }: Props) {
  return (
    <section className="ct-wk-list" aria-label={label}>
      <div className="ct-bar">
        <h3>{label}</h3>
        <span className="ct-grow" />
        <Button size="small" onClick={() => onChange([...texts, ''])}>
          {addLabel}
        </Button>
      </div>
      {texts.map((text, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they have no identity but their order
        <div key={index} className="ct-wk-text-item">
          <textarea
            className="ct-input ct-wk-grow"
            aria-label={`${label}, ${index + 1}`}
            placeholder={placeholder}
            rows={1}
            maxLength={100_000}
            value={text}
            onChange={(event) => onChange(texts.map((other, at) => (at === index ? event.target.value : other)))}
          />
          <button
            type="button"
            className="ct-icon-button"
            aria-label={`Take out, ${label}, ${index + 1}`}
            onClick={() => onChange(texts.filter((_, at) => at !== index))}
          >
            <Cross size={11} />
          </button>
        </div>
      ))}
    </section>
  )
}
