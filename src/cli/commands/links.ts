import { printableJson } from '../../common/printable'
import { note, write } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  await withCase(input.positionals[0] ?? '', async ({ client }) => {
    const { links, truncated } = await client.call('links.list', {
      where: input.text('where') ?? '',
      limit: input.number('limit', 1) ?? 1_000_000,
    })
    for (const link of links) await write(`${printableJson(link)}\n`)
    if (truncated) note('More links than the limit; narrow with --where.')
  })
}
