import { printJson, printLines, table } from '../output'
import { scopeOf } from '../scopeOf'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const by = input.text('by')
  await withCase(input.positionals[0] ?? '', async ({ client }) => {
    const { count, groups } = await client.call('events.count', {
      scope: await scopeOf(client, input.text('where')),
      limit: input.number('limit', 1) ?? 10_000,
      ...(by === undefined ? {} : { by }),
    })
    if (by === undefined) return input.json ? printJson({ count }) : printLines([String(count)])
    if (input.json) return printJson(groups)
    await printLines(table(groups.map(({ value, count: n }) => [n, value === null ? '-' : String(value)])))
  })
}
