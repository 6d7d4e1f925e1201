/**
 * Measures import, memory, size, latencies and start-up beside their baselines and targets, in one run. Asserts nothing.
 *
 *   npm run bench [-- --quick] [-- --data FOLDER] [-- --json FILE]
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { dataSet } from './bench/data.mjs'
import { ratioOf, tableOf } from './bench/figures.mjs'
import { measureImport } from './bench/import.mjs'
import { measureQueries } from './bench/queries.mjs'
import { measureStartup } from './bench/startup.mjs'
import { buildIsStale } from './start/build.mjs'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    data: { type: 'string', default: join(tmpdir(), 'crosstrail-bench') },
    json: { type: 'string' },
  },
})
const root = resolve(import.meta.dirname, '..')
const cli = join(root, 'out/cli/index.js')
const small = 250_000
const large = 1_000_000

if (buildIsStale(root)) {
  console.log('Building.')
  const built = spawnSync('npm', ['run', 'build'], { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' })
  if (built.status !== 0) throw new Error(`The build failed:\n${built.stdout}${built.stderr}`)
}
mkdirSync(values.data, { recursive: true })
const work = mkdtempSync(join(values.data, 'run-'))
try {
  const figures = await measureStartup({ cli, root, caseFolder: join(work, 'sample.case') })
  const data = await dataSet(values.data, small)
  let caseFolder = join(work, 'small.case')
  figures.push(...(await measureImport({ cli, data, caseFolder, rounds: values.quick ? 1 : 3 })))
  if (!values.quick) {
    caseFolder = join(work, 'large.case')
    const more = await dataSet(values.data, large)
    figures.push(...(await measureImport({ cli, data: more, caseFolder, rounds: 1 })))
  }
  figures.push(...(await measureQueries({ root, caseFolder, events: values.quick ? small : large })))
  console.log(`\n${tableOf(figures)}\n\n${availableParallelism()} cores, Node ${process.version}`)
  if (values.json !== undefined) {
    const rows = figures.map((figure) => ({ ...figure, ratio: ratioOf(figure) ?? null }))
    writeFileSync(values.json, `${JSON.stringify({ cores: availableParallelism(), figures: rows }, null, 2)}\n`)
  }
} finally {
  rmSync(work, { recursive: true, force: true })
}
