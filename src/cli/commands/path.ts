import { AppError } from '../../common/errors'
import { printJson, printLines, table } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const [path = '', eventId = ''] = input.positionals
  if (!/^\d{1,20}$/.test(eventId)) throw new AppError('usage', 'An event id is a number of at most 20 digits.')
  await withCase(path, async ({ client }) => {
    const found = await client.call('denial.path', { eventId })
    if (input.json) return printJson(found)
    const { sameActor, sameResource, before, after } = found.siblings
    await printLines([
      found.summary,
      '',
      ...table(found.steps.map(({ kind, ts, title, text }) => [kind, ts ?? '-', title, text])),
      '',
      ...[before, after, sameActor, sameResource].map(({ text }) => text),
      ...found.missing,
    ])
  })
}
