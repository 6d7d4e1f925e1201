/**
 * `npm run evaluate -- [--quick] [--fitting] [--seeds N] [--out FILE]`: the linker against workloads of which everything is
 * known. Prints a line a cell, the hardest first, and writes them as a table. `--fitting` takes the seeds that weights may
 * be chosen on; the others are for reporting only.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { linkedCase } from './evaluate/caseOf.mjs'
import { cells, fittingSeeds, quickCells, reportingSeeds } from './evaluate/cells.mjs'
import { figures, levels, reliability } from './evaluate/measure.mjs'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    fitting: { type: 'boolean' },
    seeds: { type: 'string' },
    cli: { type: 'string' },
    out: { type: 'string' },
  },
})
const cli = resolve(values.cli ?? join(import.meta.dirname, '../out/cli/index.js'))
const seeds = (values.fitting ? fittingSeeds : reportingSeeds).slice(0, Number(values.seeds ?? (values.quick ? 1 : 5)))
const chosen = cells.filter(({ name }) => values.quick !== true || quickCells.includes(name))

/** @param {number | null} value */
const percent = (value) => (value === null ? '–' : `${(value * 100).toFixed(1)} %`)

const folder = mkdtempSync(join(tmpdir(), 'crosstrail-evaluate-'))
const rows = []
const everything = []
try {
  for (const cell of chosen) {
    const facts = []
    for (const seed of seeds) {
      facts.push(...linkedCase({ cli, folder, ...cell, seed, accept: cell.accept === true }).facts)
    }
    const of = figures(facts)
    everything.push(...facts)
    rows.push({ cell, of, error: reliability(facts).error })
    console.log(`${cell.name}: precision ${percent(of.precision)}, recall ${percent(of.recall)} of ${of.linkable}`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
rows.sort((a, b) => (a.of.recall ?? 1) * (a.of.precision ?? 1) - (b.of.recall ?? 1) * (b.of.precision ?? 1))
const head = [
  'cell',
  'linkable',
  'precision',
  'recall',
  'recall, likely',
  'orphans left alone',
  'ambiguous',
  'calibration error',
  ...levels,
]
const body = rows.map(({ cell, of, error }) => [
  `${cell.name}: ${cell.about}`,
  of.linkable,
  percent(of.precision),
  percent(of.recall),
  percent(of.recallLikely),
  `${percent(of.orphansFree)} of ${of.orphans}`,
  percent(of.ambiguous),
  error === null ? '–' : error.toFixed(3),
  ...levels.map((level) => `${of.byLevel[level]?.right ?? 0} of ${of.byLevel[level]?.links ?? 0}`),
])
/**
 * @param {readonly (readonly (string | number)[])[]} lines the first one is the head
 * @returns {string}
 */
const table = (lines) =>
  [lines[0] ?? [], (lines[0] ?? []).map(() => '---'), ...lines.slice(1)]
    .map((line) => `| ${line.join(' | ')} |`)
    .join('\n')
const bins = reliability(everything).bins.filter(({ links }) => links > 0)
const text = `Seeds ${seeds.join(', ')}. Precision and recall are of *certain* and *strong*; the columns of levels give right links of all.

${table([head, ...body])}

Said against true, over all cells:

${table([['said', 'links', 'true'], ...bins.map(({ said, links, right }) => [percent(said / links), links, percent(right / links)])])}
`
console.log(`\n${text}`)
if (values.out !== undefined) writeFileSync(values.out, text)
