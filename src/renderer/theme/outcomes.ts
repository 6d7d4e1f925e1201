import type { Outcome } from '../../contract/shared'

/** A mark drawn in a 16 by 16 box; see `shapePath`. */
export type OutcomeShape = 'disc' | 'cross' | 'triangle' | 'diamond' | 'square' | 'halfDisc' | 'ring'

export interface OutcomeStyle {
  readonly label: string
  /** One letter for narrow places and for print. */
  readonly letter: string
  readonly shape: OutcomeShape
  /** The CSS variable that holds the colour in both themes. */
  readonly cssVar: string
}

/** Colour is never the only sign: each outcome also has its own shape, letter and word. */
export const outcomeStyles: Readonly<Record<Outcome, OutcomeStyle>> = {
  success: { label: 'success', letter: 'S', shape: 'disc', cssVar: '--ct-outcome-success' },
  denied: { label: 'denied', letter: 'D', shape: 'cross', cssVar: '--ct-outcome-denied' },
  auth_failed: { label: 'auth failed', letter: 'A', shape: 'triangle', cssVar: '--ct-outcome-auth-failed' },
  throttled: { label: 'throttled', letter: 'T', shape: 'diamond', cssVar: '--ct-outcome-throttled' },
  failed: { label: 'failed', letter: 'F', shape: 'square', cssVar: '--ct-outcome-failed' },
  interrupted: { label: 'interrupted', letter: 'I', shape: 'halfDisc', cssVar: '--ct-outcome-interrupted' },
  unknown: { label: 'unknown', letter: 'U', shape: 'ring', cssVar: '--ct-outcome-unknown' },
}

const byName = new Map<unknown, Outcome>([
  ['success', 'success'],
  ['denied', 'denied'],
  ['auth_failed', 'auth_failed'],
  ['throttled', 'throttled'],
  ['failed', 'failed'],
  ['interrupted', 'interrupted'],
  ['unknown', 'unknown'],
])

/** The outcome named by a value from a row; anything else counts as unknown. */
export function asOutcome(value: unknown): Outcome {
  return byName.get(value) ?? 'unknown'
}

/** SVG path of the mark, centred on 8,8; `ring` and `halfDisc` need `fill-rule: evenodd`. Works as a Path2D too. */
export const shapePath: Readonly<Record<OutcomeShape, string>> = {
  disc: 'M8 3a5 5 0 1 1 0 10a5 5 0 1 1 0-10z',
  cross: 'M3 4.6 4.6 3 8 6.4 11.4 3 13 4.6 9.6 8 13 11.4 11.4 13 8 9.6 4.6 13 3 11.4 6.4 8z',
  triangle: 'M8 2.5 14 13 2 13z',
  diamond: 'M8 2 14 8 8 14 2 8z',
  square: 'M3 3h10v10H3z',
  halfDisc: 'M8 3a5 5 0 1 1 0 10a5 5 0 1 1 0-10zM8 4.6v6.8a3.4 3.4 0 0 0 0-6.8z',
  ring: 'M8 3a5 5 0 1 1 0 10a5 5 0 1 1 0-10zM8 4.8a3.2 3.2 0 1 0 0 6.4a3.2 3.2 0 1 0 0-6.4z',
}
