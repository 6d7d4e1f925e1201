import { describe, expect, it } from 'vitest'
import { playwrightTotals, sum, vitestTotals } from '../../../scripts/steps/totals.mjs'

describe('totals', () => {
  it('counts a test file that could not be loaded as one failure', () => {
    const results = {
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [
        { status: 'failed', assertionResults: [{}] },
        { status: 'failed', assertionResults: [] },
        { status: 'passed', assertionResults: [{}, {}, {}] },
      ],
    }
    expect(vitestTotals(results)).toEqual({ passed: 3, failed: 2, skipped: 3 })
  })

  it('counts a repeated test that passed as passed, and an error outside tests as a failure', () => {
    const stats = { expected: 5, flaky: 1, unexpected: 2, skipped: 4 }
    expect(playwrightTotals({ stats, errors: [{}] })).toEqual({ passed: 6, failed: 3, skipped: 4 })
  })

  it('adds up', () => {
    const one = { passed: 1, failed: 2, skipped: 3 }
    expect(sum([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 })
    expect(sum([])).toEqual({ passed: 0, failed: 0, skipped: 0 })
  })
})
