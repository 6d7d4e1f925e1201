import { printJson, printLines } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  await withCase(
    input.positionals[0] ?? '',
    async ({ client }) => {
      const { info } = await client.call('case.accept', {})
      await (input.json
        ? printJson({ id: info.id, title: info.title, journal: info.journal })
        : printLines([
            `“${info.title}” may be worked on here. ${info.journal.seq} records, head ${info.journal.head}.`,
          ]))
    },
    { actor: input.text('actor') },
  )
}
