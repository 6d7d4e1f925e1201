/** Writes the table of probabilities that the engine reads, from links of the fitting seeds. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { isotonic, smoothed } from './isotonic.mjs'

const file = resolve(import.meta.dirname, '../../src/engine/links/fuzzy/calibrationTable.json')
/** Nothing counted makes a link a fact. */
const rounded = (/** @type {number} */ value) => Math.min(0.999, Math.round(value * 1000) / 1000)

/** @param {import('./tally.mjs').Tally} tally @param {readonly number[]} seeds */
export function fitCalibration(tally, seeds) {
  const unsettled = rounded(smoothed(tally.support.unsettled ?? { links: 0, right: 0 }))
  const shares = isotonic(tally.support).map(
    ({ from, share }, index) => `    [${index === 0 ? 0 : from}, ${rounded(share)}]`,
  )
  writeFileSync(
    file,
    `{\n  "fittedOn": [${seeds.join(', ')}],\n  "unsettled": ${unsettled},\n  "shares": [\n${shares.join(',\n')}\n  ]\n}\n`,
  )
}
