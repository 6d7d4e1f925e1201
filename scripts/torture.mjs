/**
 * Kills the program at random moments, damages its files, lets two of it race, and looks at what is left.
 *
 *   node scripts/torture.mjs [--only notes|imports|damage|races] [--rounds N] [--seed 1] [--size 1]
 *
 * Without `--rounds`: 200 kills of notes, 100 of imports, 60 damages, 100 races. `--size` scales the evidence.
 */
import { parseArgs } from 'node:util'
import { tortureDamage } from './torture/damage.mjs'
import { tortureImports } from './torture/imports.mjs'
import { tortureNotes } from './torture/notes.mjs'
import { tortureRaces } from './torture/races.mjs'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string' },
    seed: { type: 'string', default: '1' },
    size: { type: 'string', default: '1' },
  },
})
const seed = Number(values.seed)
const size = Number(values.size)
const say = (/** @type {string} */ text) => process.stdout.write(text)
/** @type {Record<string, { rounds: number, run: (rounds: number) => Promise<number> }>} */
const kinds = {
  notes: { rounds: 200, run: (rounds) => tortureNotes({ rounds, seed, say }) },
  imports: { rounds: 100, run: (rounds) => tortureImports({ rounds, seed, size, say }) },
  damage: { rounds: 60, run: (rounds) => tortureDamage({ rounds, seed, size: size * 0.02, say }) },
  races: { rounds: 100, run: (rounds) => tortureRaces({ rounds, seed, say }) },
}
if (values.only !== undefined && kinds[values.only] === undefined)
  throw new Error(`--only takes one of ${Object.keys(kinds).join(', ')}.`)
let failures = 0
for (const [name, { rounds, run }] of Object.entries(kinds))
  if (values.only === undefined || values.only === name) failures += await run(Number(values.rounds ?? rounds))
process.exitCode = failures === 0 ? 0 : 1
