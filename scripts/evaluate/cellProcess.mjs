/** One cell and seed as a process of its own: reads its options as JSON, prints the tally as JSON. */
import { linkedCase } from './caseOf.mjs'
import { tallyOf } from './tally.mjs'

const { facts } = linkedCase(JSON.parse(process.argv[2] ?? ''))
console.log(JSON.stringify(tallyOf(facts)))
