import { AppError } from '../../common/errors'
import { printableJson } from '../../common/printable'
import { note, printJson, write } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

const decisions = [
  ['confirm', 'confirmed'],
  ['reject', 'rejected'],
  ['clear', null],
] as const

export async function run(input: CommandInput): Promise<void> {
  const decision = decisions.find(([option]) => input.text(option) !== undefined)
  await withCase(
    input.positionals[0] ?? '',
    async ({ client }) => {
      if (decision !== undefined) {
        const [eventId = '', traceId = '', spanId] = (input.text(decision[0]) ?? '').split('/')
        if (
          !/^\d{1,20}$/.test(eventId) ||
          !/^[0-9a-f]{32}$/.test(traceId) ||
          (spanId !== undefined && !/^[0-9a-f]{16}$/.test(spanId))
        )
          throw new AppError('usage', `--${decision[0]} takes EVENT/TRACE/SPAN, or EVENT/TRACE.`)
        await client.call('links.decide', { eventId, traceId, spanId: spanId ?? null, verdict: decision[1] })
        return printJson({ event: eventId, trace: traceId, span: spanId ?? null, verdict: decision[1] })
      }
      const { links, truncated } = await client.call('links.list', {
        where: input.text('where') ?? '',
        limit: input.number('limit', 1) ?? 1_000_000,
      })
      for (const link of links) await write(`${printableJson(link)}\n`)
      if (truncated) note('More links than the limit; narrow with --where.')
    },
    { actor: input.text('actor') },
  )
}
