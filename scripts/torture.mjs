/**
 * Kills the program at random moments and looks at what is left.
 *
 *   node scripts/torture.mjs [--only notes|imports] [--rounds N] [--seed 1] [--size 1]
 *
 * Without `--rounds` notes are killed 200 times and imports 100 times. `--size` scales the evidence of the imports.
 */
import { parseArgs } from 'node:util'
import { tortureImports } from './torture/imports.mjs'
import { tortureNotes } from './torture/notes.mjs'

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    rounds: { type: 'string' },
    seed: { type: 'string', default: '1' },
    size: { type: 'string', default: '1' },
  },
})
if (values.only !== undefined && values.only !== 'notes' && values.only !== 'imports')
  throw new Error('--only takes notes or imports.')
const seed = Number(values.seed)
const say = (/** @type {string} */ text) => process.stdout.write(text)
let failures = 0
if (values.only !== 'imports') failures += await tortureNotes({ rounds: Number(values.rounds ?? 200), seed, say })
if (values.only !== 'notes')
  failures += await tortureImports({ rounds: Number(values.rounds ?? 100), seed, size: Number(values.size), say })
process.exitCode = failures === 0 ? 0 : 1
