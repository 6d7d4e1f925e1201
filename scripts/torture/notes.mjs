/** Kills while notes are added: none that was acknowledged is lost or doubled, and `verify` is clean. */
import { join, resolve } from 'node:path'
import { program, randomOf } from './program.mjs'

/**
 * @param {{ rounds: number, seed: number, say: (text: string) => void }} options
 * @returns {Promise<number>} failures
 */
export async function tortureNotes({ rounds, seed, say }) {
  const { root, run, breakOff, remove } = program()
  const random = randomOf(seed)
  const folder = join(root, 'notes.case')
  /**
   * @param {string} text
   * @param {number} delayMs
   */
  const add = (text, delayMs) => breakOff(delayMs, 'note', folder, 'add', '--case', '--text', text, '--json')
  const created = run('import', folder, resolve(import.meta.dirname, '../../package.json'))
  if (created.code !== 3) throw new Error(`The case could not be made: ${created.err}`)
  const { tookMs } = await add('the first note', Number.POSITIVE_INFINITY)
  /** @type {Map<string, string>} */
  const acknowledged = new Map()
  let killed = 0
  let failures = 0
  for (let round = 1; round <= rounds; round++) {
    const text = `note ${round}`
    const result = await add(text, random() * tookMs * 1.1)
    if (result.killed) killed++
    const id = /"id":"([^"]+)"/.exec(result.out)?.[1]
    if (id !== undefined) acknowledged.set(id, text)
    const verified = run('verify', folder, '--json')
    const listed = run('note', folder, 'list', '--json')
    /** @type {{ id: string, text: string }[]} */
    const notes = listed.code === 0 ? JSON.parse(listed.out) : []
    const lost = [...acknowledged].filter(
      ([key, said]) => notes.filter((note) => note.id === key && note.text === said).length !== 1,
    )
    const texts = notes.map((note) => note.text)
    const doubled = texts.length !== new Set(texts).size
    if (verified.code !== 0 || listed.code !== 0 || lost.length > 0 || doubled) {
      failures++
      say(
        `round ${round}: verify ${verified.code}, list ${listed.code}, ${lost.length} lost, doubled ${doubled}\n${verified.out}${verified.err}${listed.err}`,
      )
    }
  }
  remove()
  say(`notes: ${rounds} rounds, ${killed} killed, ${acknowledged.size} acknowledged, ${failures} failures\n`)
  return failures
}
