import { asOutcome, outcomeStyles, shapePath } from './outcomes'

/** Shape, colour and (unless `bare`) the word of an outcome. */
export function OutcomeMark({ outcome, bare = false }: { readonly outcome: unknown; readonly bare?: boolean }) {
  const style = outcomeStyles[asOutcome(outcome)]
  return (
    <span className="ct-outcome" style={{ color: `var(${style.cssVar})` }}>
      <svg width="12" height="12" viewBox="0 0 16 16" aria-hidden={!bare} role="img" aria-label={style.label}>
        <path d={shapePath[style.shape]} fill="currentColor" fillRule="evenodd" />
      </svg>
      {bare ? null : <span>{style.label}</span>}
    </span>
  )
}
