/**
 * Kills the program at random moments while it adds notes, and checks after each kill that no acknowledged note is lost
 * or doubled and that `verify` is clean.
 *
 *   node scripts/torture.mjs [--rounds 200] [--seed 1]
 */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
})
const rounds = Number(values.rounds)
const cli = resolve(import.meta.dirname, '../out/cli/index.js')
const root = mkdtempSync(join(tmpdir(), 'crosstrail-torture-'))
const folder = join(root, 'torture.case')
const env = { ...process.env, CROSSTRAIL_DATA: join(root, 'data') }

let state = Number(values.seed) >>> 0
/** Mulberry32: a seed gives the same moments again. */
function random() {
  state = (state + 0x6d2b79f5) >>> 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
}

/** @param {string[]} words */
function run(...words) {
  const result = spawnSync(process.execPath, [cli, ...words], { env, encoding: 'utf8' })
  return { code: result.status, out: result.stdout, err: result.stderr }
}

/**
 * Starts an addition, kills it after `delayMs` (never when Infinity); resolves with what was acknowledged.
 * @param {string} text
 * @param {number} delayMs
 * @returns {Promise<{ id: string | undefined, killed: boolean, tookMs: number }>}
 */
function addNote(text, delayMs) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [cli, 'note', folder, 'add', '--case', '--text', text, '--json'], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let out = ''
    child.stdout.on('data', (chunk) => {
      out += chunk
    })
    const timer = Number.isFinite(delayMs) ? setTimeout(() => child.kill('SIGKILL'), delayMs) : undefined
    const startedAt = performance.now()
    child.on('close', (_code, signal) => {
      clearTimeout(timer)
      const match = /"id":"([^"]+)"/.exec(out)
      done({ id: match?.[1], killed: signal === 'SIGKILL', tookMs: performance.now() - startedAt })
    })
  })
}

const created = run('import', folder, resolve(import.meta.dirname, '../package.json'))
if (created.code !== 3) throw new Error(`The case could not be made: ${created.err}`)
const { tookMs } = await addNote('the first note', Number.POSITIVE_INFINITY)
/** @type {Map<string, string>} */
const acknowledged = new Map()
let killed = 0
let failures = 0
for (let round = 1; round <= rounds; round++) {
  const text = `note ${round}`
  const result = await addNote(text, random() * tookMs * 1.1)
  if (result.killed) killed++
  if (result.id !== undefined) acknowledged.set(result.id, text)
  const verified = run('verify', folder, '--json')
  const listed = run('note', folder, 'list', '--json')
  /** @type {{ id: string, text: string }[]} */
  const notes = listed.code === 0 ? JSON.parse(listed.out) : []
  const lost = [...acknowledged].filter(
    ([id, said]) => notes.filter((note) => note.id === id && note.text === said).length !== 1,
  )
  const texts = notes.map((note) => note.text)
  const doubled = texts.length !== new Set(texts).size
  if (verified.code !== 0 || listed.code !== 0 || lost.length > 0 || doubled) {
    failures++
    process.stdout.write(
      `round ${round}: verify ${verified.code}, list ${listed.code}, ${lost.length} lost, doubled ${doubled}\n${verified.out}${verified.err}${listed.err}`,
    )
  }
}
rmSync(root, { recursive: true, force: true })
process.stdout.write(`${rounds} rounds, ${killed} killed, ${acknowledged.size} acknowledged, ${failures} failures\n`)
process.exitCode = failures === 0 ? 0 : 1
