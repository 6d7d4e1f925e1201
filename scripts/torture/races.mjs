/** Two openers of one case at the same time: one of them works, the other is told, and nothing is lost or doubled. */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { program, randomOf } from './program.mjs'

/**
 * @param {{ rounds: number, seed: number, say: (text: string) => void }} options
 * @returns {Promise<number>} failures
 */
export async function tortureRaces({ rounds, seed, say }) {
  const { root, run, breakOff, remove } = program()
  const random = randomOf(seed)
  const folder = join(root, 'raced.case')
  const created = run('import', folder, resolve(import.meta.dirname, '../../package.json'))
  if (created.code !== 3) throw new Error(`The case could not be made: ${created.err}`)
  const acknowledged = new Set()
  let both = 0
  let held = 0
  let failures = 0
  for (let round = 1; round <= rounds; round++) {
    // Every third time the lock of somebody who died lies there.
    if (round % 3 === 0)
      writeFileSync(
        join(folder, 'lock'),
        JSON.stringify({
          actor: 'gone',
          since: '2026-01-01T00:00:00Z',
          pid: 2 ** 22 - 3,
          processStart: '1',
          token: 'x',
        }),
      )
    const ran = await Promise.all(
      ['a', 'b'].map(async (who) => {
        if (who === 'b') await new Promise((go) => setTimeout(go, random() * 60))
        return breakOff(
          Number.POSITIVE_INFINITY,
          'note',
          folder,
          'add',
          '--case',
          '--text',
          `${round} ${who}`,
          '--json',
        )
      }),
    )
    const codes = ran.map(({ code }) => code)
    if (codes.every((code) => code === 0)) both++
    held += codes.filter((code) => code === 5).length
    for (const [index, { code }] of ran.entries()) if (code === 0) acknowledged.add(`${round} ${'ab'[index]}`)
    const verified = run('verify', folder, '--json')
    /** @type {{ text: string }[]} */
    const notes = JSON.parse(run('note', folder, 'list', '--json').out)
    const texts = notes.map(({ text }) => text)
    const same = texts.length === acknowledged.size && texts.every((text) => acknowledged.has(text))
    if (codes.some((code) => code !== 0 && code !== 5) || !codes.includes(0) || verified.code !== 0 || !same) {
      failures++
      say(
        `round ${round}: exit codes ${codes}, verify ${verified.code}, ${texts.length} of ${acknowledged.size} notes\n`,
      )
    }
  }
  remove()
  say(
    `races: ${rounds} rounds, ${held} openers told that the case is held, ${both} after one another, ${failures} failures\n`,
  )
  return failures
}
