/**
 * `npm run check [-- STEP…]`: format and lint, types, layers, dead code, unit and integration tests. Every step runs,
 * also after one has failed, so that one run tells everything. A STEP is the name that is printed beside its time.
 */
import { printSummary, runSteps } from './steps/run.mjs'
import { staticSteps, vitest } from './steps/tools.mjs'

const startedAt = performance.now()
const wanted = process.argv.slice(2)
const tests = vitest(['unit', 'integration'])
const known = [...staticSteps, tests].map(({ name }) => name)
const unknown = wanted.filter((name) => !known.includes(name))
if (unknown.length > 0) {
  console.error(`There is no step “${unknown[0]}”. Steps: ${known.map((name) => `"${name}"`).join(', ')}.`)
  process.exit(2)
}
const chosen = ({ name = '' }) => wanted.length === 0 || wanted.includes(name)
// The test runner fills the cores by itself, so it comes after the rest.
const outcomes = [...(await runSteps(staticSteps.filter(chosen), 2)), ...(await runSteps([tests].filter(chosen), 1))]
printSummary(outcomes, startedAt)
process.exitCode = outcomes.every(({ ok }) => ok) ? 0 : 1
