import { AppError } from '../../common/errors'
import { printJson, printLines } from '../output'
import { withCase } from '../session'
import type { CommandInput } from '../words'

export async function run(input: CommandInput): Promise<void> {
  const [path = '', given = ''] = input.positionals
  const traceId = given.toLowerCase()
  if (!/^[0-9a-f]{32}$/.test(traceId)) throw new AppError('usage', 'A trace id has 32 hex digits.')
  await withCase(path, async ({ client }) => {
    const trace = await client.call('traces.get', { traceId })
    if (input.json) return printJson(trace)
    const depth = new Map<string, number>()
    const lines = trace.spans.map((span) => {
      const level = depth.get(span.parent_span_id ?? '') ?? -1
      depth.set(span.span_id, level + 1)
      const ms = (Number(BigInt(span.duration_ns)) / 1e6).toFixed(3)
      const events = span.events.length === 0 ? '' : `  ← ${span.events.length} audit events`
      return `${'  '.repeat(level + 1)}${span.service ?? '-'} ${span.name}  ${ms} ms  ${span.status}${events}`
    })
    await printLines(lines)
  })
}
