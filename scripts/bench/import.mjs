/** Import of compressed CloudTrail: wall time against reading the same files with other tools, memory, size. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { sizeOf } from './data.mjs'
import { median } from './figures.mjs'
import { exists, timed } from './processes.mjs'

/** @typedef {import('./figures.mjs').Figure} Figure */

const threeFields = '.Records[]|[.eventTime,.eventName,.userIdentity.arn]'

/**
 * Baselines and import take turns, so that a busy machine slows all of them.
 * @param {{ cli: string, data: import('./data.mjs').DataSet, caseFolder: string, rounds: number }} options
 * @returns {Promise<Figure[]>} and leaves the case of the last round at `caseFolder`
 */
export async function measureImport({ cli, data, caseFolder, rounds }) {
  const hasZcat = await exists('zcat')
  const hasJq = hasZcat && (await exists('jq'))
  if (!hasZcat) console.log('There is no zcat here: import has no baseline.')
  else if (!hasJq) console.log('There is no jq here: import is compared with zcat only.')
  const hook = pathToFileURL(join(import.meta.dirname, 'lagHook.mjs')).href
  const lagFile = `${caseFolder}.lag.json`
  /** @type {{ zcat: number[], jq: number[], import: number[], cpu: number[], peak: number[], lag: number[] }} */
  const seconds = { zcat: [], jq: [], import: [], cpu: [], peak: [], lag: [] }
  for (let round = 0; round < rounds; round++) {
    if (hasZcat) seconds.zcat.push((await timed('zcat', data.files)).seconds)
    if (hasJq) {
      const line = `zcat "$@" | jq -c '${threeFields}'`
      seconds.jq.push((await timed('sh', ['-c', line, 'sh', ...data.files])).seconds)
    }
    rmSync(caseFolder, { recursive: true, force: true })
    const run = await timed(process.execPath, ['--import', hook, cli, 'import', caseFolder, data.folder], {
      env: { CROSSTRAIL_BENCH_LAG: lagFile },
    })
    seconds.import.push(run.seconds)
    seconds.lag.push(JSON.parse(readFileSync(lagFile, 'utf8')).p99)
    rmSync(lagFile)
    if (run.cpuSeconds !== undefined) seconds.cpu.push(run.cpuSeconds)
    if (run.peakBytes !== undefined) seconds.peak.push(run.peakBytes)
  }
  const thousands = `${data.events / 1000}k events`
  const value = median(seconds.import)
  /** @type {Figure[]} */
  const figures = []
  if (hasZcat)
    figures.push({
      name: `import, ${thousands}`,
      baseline: { name: 'zcat', value: median(seconds.zcat) },
      value,
      unit: 's',
      atMost: { ratio: 5 },
    })
  if (hasJq)
    figures.push({
      name: `import, ${thousands}`,
      baseline: { name: 'jq', value: median(seconds.jq) },
      value,
      unit: 's',
      atMost: { ratio: 1 },
    })
  if (!hasZcat) figures.push({ name: `import, ${thousands}`, value, unit: 's' })
  if (seconds.cpu.length > 0)
    figures.push({ name: `import, ${thousands}: CPU time`, value: median(seconds.cpu), unit: 's' })
  figures.push({
    name: `import, ${thousands}: event loop delay p99`,
    value: median(seconds.lag),
    unit: 'ms',
    atMost: { value: 100 },
  })
  if (seconds.peak.length > 0)
    figures.push({
      name: `import, ${thousands}: peak memory`,
      value: Math.max(...seconds.peak) / 1e6,
      unit: 'MB',
      atMost: { value: 2000 },
    })
  figures.push({
    name: `case with raw, ${thousands}`,
    baseline: { name: 'gz', value: data.gzBytes / 1e6 },
    value: sizeOf(caseFolder) / 1e6,
    unit: 'MB',
    atMost: { ratio: 1.25 },
  })
  return figures
}
