import { printable, printableJson } from '../../common/printable'
import { abortOnInterrupt, clearStatus, note, status, write } from '../output'
import { scopeOf } from '../scopeOf'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const [path = '', text = ''] = input.positionals
  const signal = abortOnInterrupt()
  await withCase(path, async ({ client }) => {
    // Lines go out as they come; each waits for the one before, so that a slow reader gets them in order.
    let printing = Promise.resolve()
    const result = await client.call(
      'events.search',
      {
        scope: await scopeOf(client, input.text('where')),
        text,
        caseSensitive: input.flag('case-sensitive'),
        limit: input.number('limit', 1) ?? 1_000,
      },
      {
        signal,
        onProgress({ searched, total, hits }) {
          status(`${searched} of ${total} records searched`)
          if (hits.length === 0) return
          const lines = hits.map((hit) => {
            if (input.json) return printableJson(hit)
            const time = hit.tsUs === null ? '-' : new Date(hit.tsUs / 1000).toISOString()
            return printable(`${hit.eventId}  ${time}  ${hit.before}${hit.match}${hit.after}`.replace(/\s+/g, ' '))
          })
          printing = printing.then(() => write(`${lines.join('\n')}\n`))
        },
      },
    )
    await printing
    clearStatus()
    const { found, searched, total, truncated } = result
    note(`${found} found, ${searched} of ${total} records searched.${truncated ? ' There are more; see --limit.' : ''}`)
  })
}
