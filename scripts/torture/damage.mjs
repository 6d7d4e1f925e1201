/**
 * Damages every file of a case: flips, cuts, zeros, tails, deletion, at places all over it. After each the program ends by
 * itself with an exit code of its own; where `verify` says that all is well, the case answers as before; `rebuild` mends the
 * database, and says so where it cannot.
 */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeEvidence } from './evidence.mjs'
import { program, randomOf } from './program.mjs'

const kinds = /** @type {const} */ (['flip', 'cut', 'zeros', 'tail', 'delete'])

/**
 * @param {{ rounds: number, seed: number, size: number, say: (text: string) => void }} options
 * @returns {Promise<number>} failures
 */
export async function tortureDamage({ rounds, seed, size, say }) {
  const { root, run, remove } = program()
  const random = randomOf(seed)
  const evidence = join(root, 'evidence')
  writeEvidence(evidence, size)
  // A file that is refused is not copied: after a rebuild its account says another reason.
  rmSync(join(evidence, 'readme.txt'))
  const whole = join(root, 'whole.case')
  const made = run('import', whole, evidence, '--copy')
  if (made.code !== 0) throw new Error(`The case could not be made: ${made.err}`)
  for (const text of ['first', 'second', 'third']) run('note', whole, 'add', '--case', '--text', text)
  // The originals go, so that what cannot be mended from the copies is not mended.
  rmSync(evidence, { recursive: true })
  const answers = (/** @type {string} */ folder) =>
    [
      ['events', folder, '--raw'],
      ['links', folder],
      ['note', folder, 'list', '--json'],
      ['sources', folder, '--json'],
    ].map((words) => run(...words).out)
  const expected = answers(whole)
  if (expected.some((text) => text.length < 10)) throw new Error('The undamaged case answers nothing.')
  const files = /** @type {string[]} */ (readdirSync(whole, { recursive: true }))
    .filter((name) => name !== 'evidence' && !name.startsWith('.duckdb-temp') && name !== 'lock')
    .sort()
  const copies = files.filter((name) => name.startsWith('evidence/'))
  // Most of the rounds go to what matters most; the copies share one turn.
  const turns = [
    'evidence.duckdb',
    'journal.jsonl',
    'evidence.duckdb',
    'case.json',
    'journal.jsonl',
    'copy',
    'local.json',
  ]

  const folder = join(root, 'damaged.case')
  let found = 0
  let harmless = 0
  let mended = 0
  let failures = 0
  for (let round = 0; round < rounds; round++) {
    rmSync(folder, { recursive: true, force: true })
    cpSync(whole, folder, { recursive: true })
    const turn = turns[round % turns.length] ?? 'case.json'
    const name = turn === 'copy' ? (copies[Math.floor(random() * copies.length)] ?? 'case.json') : turn
    const kind = kinds[Math.floor(random() * kinds.length)] ?? 'flip'
    const told = damage(join(folder, name), kind, random)
    /** @param {string} text */
    const fail = (text) => {
      failures++
      say(`round ${round + 1}, ${kind} in ${name} (${told}): ${text}\n`)
    }
    const verified = run('verify', folder, '--json')
    if (![0, 3, 4, 6].includes(verified.code ?? -1)) fail(`verify ended with ${verified.code}: ${verified.err}`)
    if (verified.code === 0) {
      harmless++
      const now = answers(folder)
      const other = now.findIndex((text, index) => text !== expected[index])
      // A last record that lost its end is set aside, which the opening says.
      const said = verified.err.includes('set aside') || readdirSync(folder).includes('journal.torn')
      if (other !== -1 && !(name === 'journal.jsonl' && said))
        fail(`verify is content, but answer ${other} is another one`)
    } else found++
    const rebuilt = run('rebuild', folder, '--json')
    if (![0, 3, 4, 6].includes(rebuilt.code ?? -1)) fail(`rebuild ended with ${rebuilt.code}: ${rebuilt.err}`)
    if (name === 'evidence.duckdb' || name === 'local.json') {
      const after = run('verify', folder, '--json')
      const now = answers(folder)
      if (rebuilt.code !== 0 || after.code !== 0)
        fail(`rebuild ${rebuilt.code}, then verify ${after.code}: ${rebuilt.err}${after.out}`)
      else if (now.some((text, index) => text !== expected[index])) fail('the rebuilt case answers otherwise')
      else mended++
    } else if (rebuilt.code !== 0 && rebuilt.err.trim() === '') fail('rebuild does not say why')
  }
  remove()
  say(
    `damage: ${rounds} rounds, ${found} found by verify, ${harmless} without effect or set aside and said, ${mended} databases mended, ${failures} failures\n`,
  )
  return failures
}

/**
 * @param {string} path
 * @param {(typeof kinds)[number]} kind
 * @param {() => number} random
 */
function damage(path, kind, random) {
  const bytes = readFileSync(path)
  const at = Math.floor(random() * bytes.length)
  const length = 1 + Math.floor(random() * 5000)
  switch (kind) {
    case 'flip':
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8))
      writeFileSync(path, bytes)
      return `byte ${at}`
    case 'cut':
      writeFileSync(path, bytes.subarray(0, at))
      return `at ${at}`
    case 'zeros':
      writeFileSync(path, bytes.fill(0, at, Math.min(bytes.length, at + length)))
      return `${length} from ${at}`
    case 'tail':
      writeFileSync(path, Buffer.concat([bytes, Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)))]))
      return `${length} bytes`
    case 'delete':
      rmSync(path)
      return 'gone'
  }
}
