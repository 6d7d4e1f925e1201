/** What counts as right. */

/** @typedef {import('./caseOf.mjs').LinkFact} LinkFact */

export const levels = ['certain', 'strong', 'likely', 'possible']

/** Right is the span of the operation, or one that stands for the same operation; where only the trace is there, the trace. @param {LinkFact} fact */
export function isRight({ truth, spans, trace, linkedSpan, linkedTrace }) {
  if (truth === 'pair') return linkedTrace === trace && (linkedSpan === null || spans.includes(linkedSpan))
  return truth === 'trace' && linkedTrace === trace
}
