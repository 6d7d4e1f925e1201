/** Runs steps, keeps what they say for the case that they fail, and tells how long each took. */
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { resultsFolder, root } from './tools.mjs'
import { nothing, playwrightTotals, vitestTotals } from './totals.mjs'

/**
 * @typedef {import('./tools.mjs').Step} Step
 * @typedef {import('./totals.mjs').Totals} Totals
 * @typedef {{ name: string, ok: boolean, seconds: number, totals: Totals | undefined }} Outcome
 */

/**
 * At most `width` steps at a time, in their order.
 * @param {readonly Step[]} steps
 * @param {number} width
 * @returns {Promise<Outcome[]>}
 */
export async function runSteps(steps, width) {
  mkdirSync(resultsFolder, { recursive: true })
  const waiting = [...steps]
  /** @type {Outcome[]} */
  const outcomes = []
  const lane = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) outcomes.push(await runStep(step))
  }
  await Promise.all(Array.from({ length: width }, lane))
  return outcomes
}

/**
 * @param {Step} step
 * @returns {Promise<Outcome>}
 */
async function runStep(step) {
  const startedAt = performance.now()
  if (step.results !== undefined) rmSync(step.results.file, { force: true })
  const { code, output } = await execute(step)
  const seconds = (performance.now() - startedAt) / 1000
  const counted = step.results === undefined ? undefined : readTotals(step.results)
  const failed = code !== 0 || (counted?.failed ?? 0) > 0
  // What ended badly without a failing test (a crash, a broken set-up, a finding of the linter) is one failure.
  const totals = failed && (counted?.failed ?? 0) === 0 ? { ...(counted ?? nothing), failed: 1 } : counted
  if (failed) console.log(output.trimEnd())
  const counts =
    counted === undefined ? '' : `  ${counted.passed} passed, ${counted.failed} failed, ${counted.skipped} skipped`
  console.log(`${failed ? 'FAILED' : 'ok    '}  ${step.name}  ${seconds.toFixed(1)} s${counts}`)
  return { name: step.name, ok: !failed, seconds, totals }
}

/**
 * @param {Step} step
 * @returns {Promise<{ code: number, output: string }>}
 */
function execute({ args, env }) {
  const child = spawn(process.execPath, [...args], {
    cwd: root,
    env: { ...process.env, FORCE_COLOR: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stop = () => child.kill()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  /** @type {Buffer[]} */
  const chunks = []
  child.stdout.on('data', (chunk) => chunks.push(chunk))
  child.stderr.on('data', (chunk) => chunks.push(chunk))
  return new Promise((done) => {
    child.on('error', (error) => done({ code: 1, output: error.message }))
    child.on('close', (code) => {
      process.off('SIGINT', stop)
      process.off('SIGTERM', stop)
      done({ code: code ?? 1, output: Buffer.concat(chunks).toString('utf8') })
    })
  })
}

/**
 * @param {NonNullable<Step['results']>} results
 * @returns {Totals}
 */
function readTotals({ kind, file }) {
  if (!existsSync(file)) return nothing
  const json = JSON.parse(readFileSync(file, 'utf8'))
  return kind === 'vitest' ? vitestTotals(json) : playwrightTotals(json)
}

/**
 * The lines at the end: what failed, or that nothing did.
 * @param {readonly Outcome[]} outcomes
 * @param {number} startedAtMs from `performance.now()`
 */
export function printSummary(outcomes, startedAtMs) {
  const bad = outcomes.filter(({ ok }) => !ok).map(({ name }) => name)
  const seconds = ((performance.now() - startedAtMs) / 1000).toFixed(1)
  console.log(bad.length === 0 ? `All ${outcomes.length} steps passed in ${seconds} s.` : `Failed: ${bad.join('; ')}.`)
}
