import { formatShortest } from '../../common/time'
import { printJson, printLines, table } from '../output'
import { scopeOf } from '../scopeOf'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const by = input.text('by')
  await withCase(input.positionals[0] ?? '', async ({ client }) => {
    const result = await client.call('events.histogram', {
      scope: await scopeOf(client, input.text('where')),
      buckets: input.number('buckets', 1) ?? 50,
      ...(by === undefined ? {} : { by }),
    })
    if (input.json) return printJson(result)
    await printLines(table(result.startUs.map((us, at) => [formatShortest(us), result.count[at] ?? 0])))
  })
}
