import { printJson, printLines } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  await withCase(input.positionals[0] ?? '', async ({ client }) => {
    const found = await client.call('auditGaps.list', {
      where: input.text('where') ?? '',
      limit: input.number('limit') ?? (input.json ? 1_000_000 : 100),
    })
    if (input.json) return printJson(found)
    await printLines([
      `${found.total} traced calls have no audit event.`,
      ...found.gaps.map(({ ts, trace_id, span_id, reason }) => `${ts}  ${trace_id}/${span_id}  ${reason}`),
      ...found.silences.map(({ text }) => text),
    ])
  })
}
