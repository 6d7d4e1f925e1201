import { AppError } from '../../common/errors'
import { printJson, printLines } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const source = input.text('set')
  const offset = input.text('offset')
  if (source !== undefined && (offset === undefined || !/^-?\d{1,8}(?:\.\d{1,3})?$/.test(offset)))
    throw new AppError('usage', '--set SOURCE takes --offset MILLISECONDS.')
  await withCase(
    input.positionals[0] ?? '',
    async ({ client }) => {
      if (source !== undefined)
        await client.call('clocks.set', {
          source,
          service: input.text('service') ?? null,
          offsetUs: Math.round(Number(offset) * 1000),
          enabled: !input.flag('off'),
        })
      const result = await client.call('clocks.list', {})
      if (input.json) return printJson(result)
      await printLines(result.clocks.map(({ text }) => text))
    },
    { actor: input.text('actor') },
  )
}
