/** What is kept of one cell and seed: sums, which add up over seeds, so that a run can stop and go on. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { isRight, levels } from './measure.mjs'

const tableFile = resolve(import.meta.dirname, '../../src/engine/links/fuzzy/calibrationTable.json')
/** @type {{ unsettled: number, shares: [from: number, share: number][] }} */
const table = JSON.parse(readFileSync(tableFile, 'utf8'))

/** @typedef {import('./caseOf.mjs').LinkFact} LinkFact */
/** @typedef {{ links: number, right: number }} Share */
/**
 * @typedef {object} Tally
 * @property {number} linkable
 * @property {number} orphans
 * @property {number} orphansLinked at strong or better
 * @property {number} ambiguous
 * @property {Record<string, Share>} byLevel
 * @property {Record<string, Share>} baselines
 * @property {Record<string, Share>} support by half points of what bears a link; `unsettled` for those whose span has a better event
 */

/** @returns {Tally} */
export function emptyTally() {
  return {
    linkable: 0,
    orphans: 0,
    orphansLinked: 0,
    ambiguous: 0,
    byLevel: Object.fromEntries(levels.map((level) => [level, { links: 0, right: 0 }])),
    baselines: {},
    support: {},
  }
}

/** As `supportOf` in the engine, in half points. @param {LinkFact} fact */
function supportKey({ score, margin, level }) {
  const open = level === 'possible' && score >= 7 && (margin ?? 2) >= 2
  if (open || (margin ?? 0) < 0) return 'unsettled'
  return (Math.floor(2 * Math.min(score, 7 + (margin ?? 8))) / 2).toFixed(1)
}

/** @param {Record<string, Share>} shares @param {string} key @param {boolean} right */
function count(shares, key, right) {
  const share = shares[key] ?? { links: 0, right: 0 }
  shares[key] = { links: share.links + 1, right: share.right + (right ? 1 : 0) }
}

/** @param {readonly LinkFact[]} facts @returns {Tally} */
export function tallyOf(facts) {
  const tally = emptyTally()
  for (const fact of facts) {
    const right = fact.level !== null && isRight(fact)
    const sure = fact.level === 'certain' || fact.level === 'strong'
    if (fact.truth === 'pair') tally.linkable++
    else {
      tally.orphans++
      if (sure && !right) tally.orphansLinked++
    }
    for (const [name, guess] of Object.entries(fact.baselines ?? {}))
      if (guess.span !== null)
        count(tally.baselines, name, isRight({ ...fact, linkedTrace: guess.trace, linkedSpan: guess.span }))
    if (fact.level === null) continue
    if (fact.truth === 'pair' && fact.level === 'possible' && fact.margin !== null && fact.margin < 2) tally.ambiguous++
    count(tally.byLevel, fact.level, right)
    if (fact.probability !== null) count(tally.support, supportKey(fact), right)
  }
  return tally
}

/** @param {readonly Tally[]} tallies @returns {Tally} */
export function added(tallies) {
  const sum = emptyTally()
  for (const one of tallies) {
    for (const key of /** @type {const} */ (['linkable', 'orphans', 'orphansLinked', 'ambiguous'])) sum[key] += one[key]
    for (const part of /** @type {const} */ (['byLevel', 'baselines', 'support']))
      for (const [key, { links, right }] of Object.entries(one[part])) {
        const of = sum[part][key] ?? { links: 0, right: 0 }
        sum[part][key] = { links: of.links + links, right: of.right + right }
      }
  }
  return sum
}

/** @param {number} part @param {number} whole @returns {number | null} null for nothing of nothing */
export const share = (part, whole) => (whole === 0 ? null : part / whole)

/** What the table says of links with such support. @param {string} key */
export function saidOf(key) {
  if (key === 'unsettled') return table.unsettled
  return table.shares.findLast(([from]) => Number(key) >= from)?.[1] ?? table.shares[0]?.[1] ?? 0
}

/** By tenths of the said probability. @param {Tally} tally */
export function reliabilityOf({ support }) {
  const bins = Array.from({ length: 10 }, () => ({ links: 0, right: 0, said: 0 }))
  for (const [key, { links, right }] of Object.entries(support)) {
    const bin = bins[Math.min(9, Math.floor(saidOf(key) * 10))]
    if (bin === undefined) continue
    bin.links += links
    bin.right += right
    bin.said += links * saidOf(key)
  }
  return bins.filter(({ links }) => links > 0)
}

/** @param {Tally} tally */
export function figuresOf(tally) {
  const { linkable, orphans, orphansLinked, ambiguous, byLevel } = tally
  const sum = (/** @type {keyof Share} */ what, /** @type {readonly string[]} */ which) =>
    which.reduce((total, level) => total + (byLevel[level]?.[what] ?? 0), 0)
  const sure = ['certain', 'strong']
  const bins = reliabilityOf(tally)
  return {
    precision: share(sum('right', sure), sum('links', sure)),
    recall: share(sum('right', sure), linkable),
    recallLikely: share(sum('right', [...sure, 'likely']), linkable),
    orphansFree: share(orphans - orphansLinked, orphans),
    ambiguous: share(ambiguous, linkable),
    error: share(
      bins.reduce((total, { said, right }) => total + Math.abs(said - right), 0),
      bins.reduce((total, { links }) => total + links, 0),
    ),
  }
}
