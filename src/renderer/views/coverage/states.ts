import type { CoverageState } from '../../../contract/analyses'

interface StateWords {
  readonly state: Exclude<CoverageState, 'empty'>
  readonly word: string
  readonly means: string
}

/** What the states are called and mean, the best first. */
export const stateWords: readonly StateWords[] = [
  { state: 'covered', word: 'covered', means: 'Accesses, and traces that reach them, all kept' },
  { state: 'sampled', word: 'sampled', means: 'Accesses and traces, of which only a share is kept or linked' },
  { state: 'uncovered', word: 'uncovered', means: 'Accesses, and no trace that reaches them: nothing is claimed here' },
  {
    state: 'silent',
    word: 'silent',
    means: 'The source states nothing while calls that it usually records are traced',
  },
  { state: 'traced', word: 'spans only', means: 'Spans, and no access' },
]

export function meaningOf(state: CoverageState): string {
  return stateWords.find((words) => words.state === state)?.means ?? 'Neither accesses nor spans'
}

export function wordOf(state: CoverageState): string {
  return stateWords.find((words) => words.state === state)?.word ?? 'empty'
}
