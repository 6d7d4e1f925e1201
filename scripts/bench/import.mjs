/** Import of compressed CloudTrail: wall time against reading the same files with other tools, memory, size. */
import { rmSync } from 'node:fs'
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
  /** @type {{ zcat: number[], jq: number[], import: number[], peak: number[] }} */
  const seconds = { zcat: [], jq: [], import: [], peak: [] }
  for (let round = 0; round < rounds; round++) {
    if (hasZcat) seconds.zcat.push((await timed('zcat', data.files)).seconds)
    if (hasJq) {
      const line = `zcat "$@" | jq -c '${threeFields}'`
      seconds.jq.push((await timed('sh', ['-c', line, 'sh', ...data.files])).seconds)
    }
    rmSync(caseFolder, { recursive: true, force: true })
    const run = await timed(process.execPath, [cli, 'import', caseFolder, data.folder])
    seconds.import.push(run.seconds)
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
