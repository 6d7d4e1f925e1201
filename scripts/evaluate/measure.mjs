/** From facts to figures. */

/** @typedef {import('./caseOf.mjs').LinkFact} LinkFact */

export const levels = ['certain', 'strong', 'likely', 'possible']
const counted = new Set(['certain', 'strong'])

/** Right is the span of the operation, or one that stands for the same operation; where only the trace is there, the trace. @param {LinkFact} fact */
export function isRight({ truth, spans, trace, linkedSpan, linkedTrace }) {
  if (truth === 'pair') return linkedTrace === trace && (linkedSpan === null || spans.includes(linkedSpan))
  return truth === 'trace' && linkedTrace === trace
}

/** @param {readonly LinkFact[]} facts */
export function figures(facts) {
  /** @type {Record<string, { links: number, right: number }>} */
  const byLevel = Object.fromEntries(levels.map((level) => [level, { links: 0, right: 0 }]))
  let linkable = 0
  let orphans = 0
  let found = 0
  let likelyOrBetter = 0
  let orphansLinked = 0
  let ambiguous = 0
  for (const fact of facts) {
    const of = fact.level === null ? undefined : byLevel[fact.level]
    const right = fact.level !== null && isRight(fact)
    if (of !== undefined) {
      of.links++
      if (right) of.right++
    }
    if (fact.truth === 'pair') {
      linkable++
      if (right && counted.has(fact.level ?? '')) found++
      if (right && fact.level !== 'possible') likelyOrBetter++
      if (fact.level === 'possible' && fact.margin !== null && fact.margin < 2) ambiguous++
    } else {
      orphans++
      if (counted.has(fact.level ?? '') && !right) orphansLinked++
    }
  }
  return {
    events: facts.length,
    linkable,
    orphans,
    byLevel,
    precision: share(sum(byLevel, 'right', counted), sum(byLevel, 'links', counted)),
    recall: share(found, linkable),
    recallLikely: share(likelyOrBetter, linkable),
    orphansLinked,
    orphansFree: share(orphans - orphansLinked, orphans),
    ambiguous: share(ambiguous, linkable),
  }
}

/** @param {Record<string, { links: number, right: number }>} byLevel @param {'links' | 'right'} what @param {ReadonlySet<string>} which */
function sum(byLevel, what, which) {
  return Object.entries(byLevel).reduce((total, [level, of]) => (which.has(level) ? total + of[what] : total), 0)
}

/** @param {number} part @param {number} whole @returns {number | null} null for nothing of nothing */
export function share(part, whole) {
  return whole === 0 ? null : part / whole
}

/** Said probability against what came true, in tenths; and the mean distance, weighted by how often each was said. @param {readonly LinkFact[]} facts */
export function reliability(facts) {
  const bins = Array.from({ length: 10 }, (_, index) => ({ from: index / 10, links: 0, said: 0, right: 0 }))
  for (const fact of facts) {
    if (fact.probability === null || fact.level === null) continue
    const bin = bins[Math.min(9, Math.floor(fact.probability * 10))]
    if (bin === undefined) continue
    bin.links++
    bin.said += fact.probability
    if (isRight(fact)) bin.right++
  }
  const all = bins.reduce((total, { links }) => total + links, 0)
  const error = bins.reduce((total, { said, right }) => total + Math.abs(said - right), 0) / Math.max(1, all)
  return { bins, error: all === 0 ? null : error }
}
