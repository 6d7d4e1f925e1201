/**
 * `npm run evaluate -- [--fitting] [--cells NAME;…] [--seeds N-A-CELL] [--scale N] [--jobs N] [--folder DIR] [--write]`: the linker
 * against workloads of which everything is known, a process for each cell and seed. Prints a line a cell, then tables, the
 * hardest cell first. What was measured is kept in `results.jsonl` of the folder: a run that was stopped goes on there.
 * `--fitting` takes the seeds that weights may be chosen on, and with `--write` fits the table of probabilities;
 * the other seeds are for reporting only, and with `--write` fill their section of docs/accuracy.md.
 */
import { execFile } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { cells, fittingSeeds, quickCells, reportingSeeds } from './evaluate/cells.mjs'
import { fitCalibration } from './evaluate/fitCalibration.mjs'
import { percent, reportOf, writeReport } from './evaluate/report.mjs'
import { added, figuresOf } from './evaluate/tally.mjs'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    fitting: { type: 'boolean' },
    cells: { type: 'string' },
    seeds: { type: 'string' },
    scale: { type: 'string' },
    jobs: { type: 'string' },
    folder: { type: 'string' },
    cli: { type: 'string' },
    write: { type: 'boolean' },
  },
})
const cli = resolve(values.cli ?? join(import.meta.dirname, '../out/cli/index.js'))
const all = values.fitting ? fittingSeeds : reportingSeeds
const perCell = Math.min(all.length, Number(values.seeds ?? (values.quick ? 1 : all.length)))
/** Fewer seeds than there are fall to the cells in turn, so that every seed is used. @param {number} index of the cell */
const seedsOf = (index) => Array.from({ length: perCell }, (_, turn) => all[(index + turn) % all.length] ?? 0)
/** `--scale` is for cells of the usual size; those of sampled traces stay larger in proportion. @param {number} scale */
const scaled = (scale) =>
  values.scale === undefined
    ? scale
    : Math.round((scale * Number(values.scale)) / Math.min(...cells.map((cell) => cell.scale)))
const named = values.cells?.split(';')
const chosen = cells
  .map((cell, index) => ({ ...cell, seeds: seedsOf(index) }))
  .filter(({ name }) => named?.includes(name) ?? (values.quick !== true || quickCells.includes(name)))
  .map((cell) => ({ ...cell, scale: scaled(cell.scale) }))
const unknown = named?.filter((name) => !cells.some((cell) => cell.name === name)) ?? []
if (unknown.length > 0) throw new Error(`There is no cell ${unknown.join(', ')}.`)

const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'crosstrail-evaluate-'))
mkdirSync(folder, { recursive: true })
const results = join(folder, 'results.jsonl')
/** @type {Map<string, import('./evaluate/tally.mjs').Tally>} */
const measured = new Map(
  (existsSync(results) ? readFileSync(results, 'utf8').split('\n') : [])
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
    .map(({ key, tally }) => [key, tally]),
)
const keyOf = (/** @type {import('./evaluate/cells.mjs').Cell} */ { name, scale }, /** @type {number} */ seed) =>
  `${name}|${scale}|${seed}`
const waiting = Array.from({ length: perCell }, (_, turn) =>
  chosen.map((cell) => ({ cell, seed: cell.seeds[turn] ?? 0, key: keyOf(cell, cell.seeds[turn] ?? 0) })),
).flat()
const left = waiting.filter(({ key }) => !measured.has(key))

const measure = promisify(execFile)
/** Cells that agree to clocks change a case, so each has a folder of its own. */
async function work() {
  for (let next = left.shift(); next !== undefined; next = left.shift()) {
    const { cell, seed, key } = next
    const own = join(folder, cell.accept === true ? 'agreed' : 'plain')
    const options = JSON.stringify({ cli, folder: own, ...cell, seed, accept: cell.accept === true })
    const { stdout } = await measure(process.execPath, [join(import.meta.dirname, 'evaluate/cellProcess.mjs'), options])
    const tally = JSON.parse(stdout)
    measured.set(key, tally)
    appendFileSync(results, `${JSON.stringify({ key, tally })}\n`)
    const { precision, recall } = figuresOf(tally)
    console.log(`${cell.name}, seed ${seed}: precision ${percent(precision)}, recall ${percent(recall)}`)
  }
}
await Promise.all(Array.from({ length: Number(values.jobs ?? 1) }, work))
if (values.folder === undefined) rmSync(folder, { recursive: true, force: true })

const rows = chosen.map((cell) => ({
  cell,
  tally: added(cell.seeds.flatMap((seed) => measured.get(keyOf(cell, seed)) ?? [])),
}))
const seeds = [...new Set(chosen.flatMap((cell) => cell.seeds))].sort((a, b) => a - b)
const report = reportOf(rows, seeds, perCell)
console.log(`\n${report}`)
if (values.write === true) {
  if (values.fitting === true) fitCalibration(added(rows.map(({ tally }) => tally)), seeds)
  else writeReport(report)
}
