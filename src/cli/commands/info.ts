import { printJson, printLines, table } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  await withCase(input.positionals[0] ?? '', async ({ client }) => {
    const info = await client.call('case.info', {})
    if (input.json) return printJson(info)
    await printLines([
      `${info.title}  (${info.id}, created ${info.created})`,
      `${info.firstTs ?? '-'} … ${info.lastTs ?? '-'}`,
      ...table([
        ...Object.entries(info.tables),
        ...info.sources.map(({ source, count }) => [`source ${source}`, count] as const),
      ]),
      `journal: ${info.journal.seq} records, head ${info.journal.head}`,
    ])
  })
}
