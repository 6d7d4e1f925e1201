import { printJson, printLines, table } from '../output'
import { withEngine } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  await withEngine(async ({ client }) => {
    const formats = await client.call('import.formats', {})
    if (input.json) return printJson(formats)
    await printLines(table(formats.map(({ id, title, containers }) => [id, title, containers.join('; ')])))
  })
}
