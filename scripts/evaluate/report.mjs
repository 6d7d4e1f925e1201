/** Figures as the section of docs/accuracy.md that nobody writes by hand. */
import { readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { levels } from './measure.mjs'
import { added, figuresOf, reliabilityOf, share } from './tally.mjs'

/** @typedef {{ cell: import('./cells.mjs').Cell, tally: import('./tally.mjs').Tally }} Row */

const page = resolve(import.meta.dirname, '../../docs/accuracy.md')
const begin = '<!-- written by npm run evaluate -- --write -->'
const end = '<!-- end of what is written -->'

/** @param {number | null} value */
export const percent = (value) => (value === null ? '–' : `${(value * 100).toFixed(1)} %`)

/** @param {readonly (readonly (string | number)[])[]} lines the first one is the head */
const table = (lines) =>
  [lines[0] ?? [], (lines[0] ?? []).map(() => '---'), ...lines.slice(1)]
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n')

/** The hardest first. @param {readonly Row[]} rows @param {readonly number[]} seeds @param {number} perCell */
export function reportOf(rows, seeds, perCell) {
  const judged = rows.map(({ cell, tally }) => ({ cell, tally, of: figuresOf(tally) }))
  judged.sort((a, b) => (a.of.recall ?? 1) * (a.of.precision ?? 1) - (b.of.recall ?? 1) * (b.of.precision ?? 1))
  const all = added(rows.map(({ tally }) => tally))
  const head = ['cell', 'linkable', 'precision', 'recall', 'recall, likely', 'orphans left alone', 'ambiguous']
  const cells = [
    [...head, 'calibration error', ...levels],
    ...judged.map(({ cell, tally, of }) => [
      `${cell.name}: ${cell.about}`,
      tally.linkable,
      percent(of.precision),
      percent(of.recall),
      percent(of.recallLikely),
      `${percent(of.orphansFree)} of ${tally.orphans}`,
      percent(of.ambiguous),
      of.error === null ? '–' : of.error.toFixed(3),
      ...levels.map((level) => `${tally.byLevel[level]?.right ?? 0} of ${tally.byLevel[level]?.links ?? 0}`),
    ]),
  ]
  const names = Object.keys(all.baselines).sort()
  const baselines = [
    ['cell', 'linker', ...names],
    ...judged.map(({ cell, tally, of }) => [
      cell.name,
      `${percent(of.precision)} / ${percent(of.recall)}`,
      ...names.map((name) => {
        const { links, right } = tally.baselines[name] ?? { links: 0, right: 0 }
        return `${percent(share(right, links))} / ${percent(share(right, tally.linkable))}`
      }),
    ]),
  ]
  const said = reliabilityOf(all).map((bin) => [
    percent(bin.said / bin.links),
    bin.links,
    percent(bin.right / bin.links),
  ])
  const total = figuresOf(all)
  const scales = [...new Set(rows.map(({ cell }) => cell.scale))].sort((a, b) => a - b)
  return `Seeds ${seeds.join(', ')}, ${perCell === seeds.length ? 'all of them' : `${perCell} of them in turn`} in each of ${rows.length} cells; some ${scales.join(', ')} events a case. Precision and recall are of *certain* and *strong*; the columns of levels give
right links of all.

${table(cells)}

Said against true, over all cells (mean distance ${total.error?.toFixed(3) ?? '–'}):

${table([['said', 'links', 'true'], ...said])}

Precision / recall beside the baselines, which link whatever lies within five seconds:

${table(baselines)}
`
}

/** Puts the section in the place of the one before. @param {string} report */
export function writeReport(report) {
  const text = readFileSync(page, 'utf8')
  const from = text.indexOf(begin)
  const to = text.indexOf(end)
  if (from < 0 || to < from) throw new Error(`docs/accuracy.md has no place for what is written: ${begin} … ${end}`)
  writeFileSync(page, `${text.slice(0, from + begin.length)}\n${report}${text.slice(to)}`)
}
