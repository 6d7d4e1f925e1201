/** How long the command line takes for nothing much. */
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { median } from './figures.mjs'
import { timed } from './processes.mjs'

/** @typedef {import('./figures.mjs').Figure} Figure */

const rounds = 5

/**
 * @param {{ cli: string, root: string, caseFolder: string }} options `caseFolder` is made where it is missing
 * @returns {Promise<Figure[]>}
 */
export async function measureStartup({ cli, root, caseFolder }) {
  if (!existsSync(caseFolder))
    await timed(process.execPath, [cli, 'import', caseFolder, resolve(root, 'resources/sample')])
  const bare = await medianMs(['-e', '0'])
  /** @type {readonly (readonly [name: string, words: readonly string[], atMostMs: number])[]} */
  const commands = [
    ['--help', ['--help'], 200],
    ['version', ['version'], 200],
    ['count, the sample', ['count', caseFolder], 1200],
  ]
  /** @type {Figure[]} */
  const figures = []
  for (const [name, words, atMostMs] of commands) {
    const value = await medianMs([cli, ...words])
    figures.push({ name, baseline: { name: 'node', value: bare }, value, unit: 'ms', atMost: { value: atMostMs } })
  }
  return figures
}

/** @param {readonly string[]} args */
async function medianMs(args) {
  const seconds = []
  for (let round = 0; round < rounds; round++) seconds.push((await timed(process.execPath, args)).seconds)
  return median(seconds) * 1000
}
