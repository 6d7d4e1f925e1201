/** Span kinds and statuses in the spellings of OTLP (numbers, protobuf names), Jaeger and Zipkin (words). */
import type { SpanRow } from '../../db/rows'

const kinds: readonly SpanRow['kind'][] = ['unspecified', 'internal', 'server', 'client', 'producer', 'consumer']
const statuses: readonly SpanRow['status'][] = ['unset', 'ok', 'error']

/** 0–5, `SPAN_KIND_SERVER`, `SERVER`, `server`; anything else is `unspecified`. */
export function kindOf(value: unknown): SpanRow['kind'] {
  return pick(kinds, value, 'span_kind_') ?? 'unspecified'
}

/** 0–2, `STATUS_CODE_ERROR`, `ERROR`, `Error`; undefined where it is none of them. */
export function statusOf(value: unknown): SpanRow['status'] | undefined {
  return pick(statuses, value, 'status_code_')
}

function pick<T extends string>(names: readonly T[], value: unknown, prefix: string): T | undefined {
  if (typeof value === 'number') return names[value]
  if (typeof value !== 'string') return undefined
  if (/^\d$/.test(value)) return names[Number(value)]
  const word = value.toLowerCase()
  const bare = word.startsWith(prefix) ? word.slice(prefix.length) : word
  return names.find((name) => name === bare)
}
