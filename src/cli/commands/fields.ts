import { printJson, printLines, table } from '../output'
import { withEngine } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  await withEngine(async ({ client }) => {
    const fields = await client.call('fields.list', {})
    if (input.json) return printJson(fields)
    await printLines(
      table(fields.map(({ name, type, aliases, description }) => [name, type, aliases.join(','), description])),
    )
  })
}
