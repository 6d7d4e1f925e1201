/**
 * `npm test`: the build and everything that `npm run check` does, the contract suite, and the end-to-end tests in a
 * real browser. Results are left in `test-results/`. The last line is `N passed, N failed`: tests, and one failure for
 * each step without tests (build, lint, types, layers, dead code) that failed.
 */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { printSummary, runSteps } from './steps/run.mjs'
import { browserTests, build, resultsFolder, staticSteps, vitest } from './steps/tools.mjs'
import { nothing, sum } from './steps/totals.mjs'

const startedAt = performance.now()
// The tests of hosts and worker threads run what was built, so they wait for it. Then one runner at a time: each fills
// the cores, and the browser's tests measure time.
const outcomes = [
  ...(await runSteps([build, ...staticSteps], 2)),
  ...(await runSteps([vitest(['unit', 'integration', 'contract'])], 1)),
  ...(await runSteps([browserTests], 1)),
]
printSummary(outcomes, startedAt)
const totals = sum(outcomes.map(({ totals: counted }) => counted ?? nothing))
writeFileSync(resolve(resultsFolder, 'totals.json'), `${JSON.stringify(totals)}\n`)
if (totals.skipped > 0) console.log(`${totals.skipped} skipped (each says why in test-results).`)
process.exitCode = totals.failed === 0 && totals.passed > 0 ? 0 : 1
console.log(`${totals.passed} passed, ${totals.failed} failed`)
