/**
 * Measures import, memory, size, latencies and start-up beside their baselines and targets, in one run. Asserts nothing.
 *
 *   npm run bench [-- --quick | --formats | --largest] [-- --data FOLDER] [-- --json FILE]
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { dataSet } from './bench/data.mjs'
import { ratioOf, tableOf } from './bench/figures.mjs'
import { formatTable, measureFormats } from './bench/formats.mjs'
import { measureImport } from './bench/import.mjs'
import { measureQueries } from './bench/queries.mjs'
import { measureStartup } from './bench/startup.mjs'
import { buildIsStale } from './start/build.mjs'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    formats: { type: 'boolean', default: false },
    largest: { type: 'boolean', default: false },
    data: { type: 'string', default: join(tmpdir(), 'crosstrail-bench') },
    json: { type: 'string' },
  },
})
const root = resolve(import.meta.dirname, '..')
const cli = join(root, 'out/cli/index.js')
const small = 250_000
const large = 1_000_000
const largest = 5_000_000
const textOfFormatBytes = 48_000_000

if (buildIsStale(root)) {
  console.log('Building.')
  const built = spawnSync('npm', ['run', 'build'], { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' })
  if (built.status !== 0) throw new Error(`The build failed:\n${built.stdout}${built.stderr}`)
}
mkdirSync(values.data, { recursive: true })
const work = mkdtempSync(join(values.data, 'run-'))
try {
  if (values.formats) await benchFormats()
  else await benchCase()
} finally {
  rmSync(work, { recursive: true, force: true })
}

async function benchFormats() {
  const rows = await measureFormats({ cli, root: values.data, work, sizeBytes: textOfFormatBytes })
  console.log(`\n${formatTable(rows)}\n\n${availableParallelism()} cores, Node ${process.version}`)
  if (values.json !== undefined)
    writeFileSync(values.json, `${JSON.stringify({ cores: availableParallelism(), formats: rows }, null, 2)}\n`)
}

/** CloudTrail, start-up and questions: 250,000 events, then a million, or five million alone. */
async function benchCase() {
  const figures = await measureStartup({ cli, root, caseFolder: join(work, 'sample.case') })
  const sizes = values.largest ? [largest] : values.quick ? [small] : [small, large]
  let caseFolder = ''
  for (const events of sizes) {
    caseFolder = join(work, `${events}.case`)
    const data = await dataSet(values.data, events)
    figures.push(...(await measureImport({ cli, data, caseFolder, rounds: events === small && !values.quick ? 3 : 1 })))
  }
  figures.push(...(await measureQueries({ root, caseFolder, events: sizes.at(-1) ?? small })))
  console.log(`\n${tableOf(figures)}\n\n${availableParallelism()} cores, Node ${process.version}`)
  if (values.json !== undefined) {
    const rows = figures.map((figure) => ({ ...figure, ratio: ratioOf(figure) ?? null }))
    writeFileSync(values.json, `${JSON.stringify({ cores: availableParallelism(), figures: rows }, null, 2)}\n`)
  }
}
