import { AppError } from '../../common/errors'
import { abortOnInterrupt, note, printJson, printLines, table } from '../output'
import { scopeOf } from '../scopeOf'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const where = input.text('where')
  const against = input.text('against')
  const fields = input
    .text('fields')
    ?.split(',')
    .map((field) => field.trim())
  if (where === undefined || where.trim() === '')
    throw new AppError('usage', 'contrast needs --where: the events to be set against the others.')
  const signal = abortOnInterrupt()
  await withCase(input.positionals[0] ?? '', async ({ client }) => {
    const result = await client.call(
      'events.contrast',
      {
        region: await scopeOf(client, where),
        limit: input.number('limit', 1) ?? 40,
        ...(against === undefined ? {} : { against: await scopeOf(client, against) }),
        ...(fields === undefined ? {} : { fields }),
      },
      { signal },
    )
    if (input.json) return printJson(result)
    const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`
    await printLines(
      table([
        ['field', 'value', 'here', 'n', 'elsewhere', 'n', 'difference', 'p'],
        ...result.differences.map((one) => [
          one.of === 'span' ? `span ${one.field}` : one.field,
          one.value === null ? '-' : String(one.value),
          percent(one.inside, one.insideOf),
          one.inside,
          percent(one.outside, one.outsideOf),
          one.outside,
          `${one.shareDifference > 0 ? '+' : ''}${(one.shareDifference * 100).toFixed(1)}`,
          one.p < 0.001 ? '< 0.001' : one.p.toFixed(3),
        ]),
      ]),
    )
    note(
      `${result.inside} events against ${result.outside}; ${result.compared} values compared, ${result.significant} differ by more than chance.`,
    )
  })
}
