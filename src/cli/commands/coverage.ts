import { printJson, printLines, table } from '../output'
import { scopeOf } from '../scopeOf'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  await withCase(input.positionals[0] ?? '', async ({ client }) => {
    const map = await client.call('coverage.map', {
      scope: await scopeOf(client, input.text('where')),
      buckets: input.number('buckets', 1) ?? 60,
    })
    if (input.json) return printJson(map)
    await printLines(
      table([
        ['kind', 'source', 'area', 'events', 'linked', 'spans', 'rate', 'states'],
        ...map.rows.map(({ kind, source, area, events, linked, spans, rate, cells }) => [
          kind,
          source ?? '-',
          area,
          events,
          linked,
          spans,
          rate === null ? '-' : `${(rate.value * 100).toFixed(1)} % ${rate.basis}`,
          [...new Set(cells.map(([, , , , state]) => state))].join(' '),
        ]),
      ]),
    )
    await printLines(map.silences.map(({ text }) => text))
  })
}
