import { printableJson } from '../../common/printable'
import { note, write } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  await withCase(input.positionals[0] ?? '', async ({ client }) => {
    const { spans, truncated } = await client.call('spans.list', {
      where: input.text('where') ?? '',
      limit: input.number('limit', 1) ?? 1_000_000,
    })
    for (const span of spans) await write(`${printableJson(span)}\n`)
    if (truncated) note('More spans than the limit; narrow with --where.')
  })
}
