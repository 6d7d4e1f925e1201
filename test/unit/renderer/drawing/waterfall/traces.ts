import { buildTrace, type SourceSpan, type TraceModel } from '../../../../../src/renderer/drawing/waterfall/model'

export interface SpanSpec {
  readonly id: string
  readonly parent?: string
  readonly from: number
  readonly to: number
  readonly error?: boolean
}

const hex = (id: string) =>
  Array.from(id, (char) => char.charCodeAt(0).toString(16).padStart(2, '0'))
    .join('')
    .padStart(16, '0')
    .slice(0, 16)

/** A trace of spans named by short ids with times in nanoseconds, given depth first. */
export function traceOf(specs: readonly SpanSpec[], startNs = 1_700_000_000_000_000_000n): TraceModel {
  const spans = specs.map(
    (spec): SourceSpan => ({
      trace_id: '0'.repeat(31).concat('1'),
      span_id: hex(spec.id),
      parent_span_id: spec.parent === undefined ? null : hex(spec.parent),
      name: spec.id,
      kind: 'internal',
      service: 'shop',
      start_ns: String(startNs + BigInt(spec.from)),
      duration_ns: String(spec.to - spec.from),
      status: spec.error === true ? 'error' : 'unset',
      status_message: null,
      attributes: {},
      resource: {},
      children: specs.filter((other) => other.parent === spec.id).map((other) => hex(other.id)),
      events: [],
      span_events: [],
    }),
  )
  const last = Math.max(...specs.map((spec) => spec.to))
  return buildTrace({
    traceId: '0'.repeat(31).concat('1'),
    spans,
    services: ['shop'],
    startNs: String(startNs),
    durationNs: String(last),
  })
}

export const names = (trace: TraceModel, indexes: readonly number[]) =>
  indexes.map((index) => trace.spans[index]?.span.name)
