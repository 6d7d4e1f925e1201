/** Trace context as HTTP headers carry it, brought to lower-case hex of 32 and 16 digits. */

export interface HeaderTrace {
  readonly traceId: string
  readonly spanId?: string
  /** Name of the header that it came by. */
  readonly from: string
}

const zeros = /^0+$/

/** W3C `traceparent`: version ff, all-zero ids and extra parts of version 00 are invalid. */
export function traceparent(value: string): HeaderTrace | undefined {
  const match = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/i.exec(value.slice(0, 500))
  if (match === null) return undefined
  const [, version = '', trace = '', span = '', rest] = match
  if (version.toLowerCase() === 'ff' || (version === '00' && rest !== undefined)) return undefined
  return zeros.test(span) ? undefined : context(trace, span, 'traceparent')
}

/** `Root=1-<8 hex>-<24 hex>;Parent=<16 hex>;Sampled=1`, in any order; a load balancer puts its own `Self` in front. */
export function amznTrace(value: string): HeaderTrace | undefined {
  const text = value.slice(0, 500)
  const root = /(?:^|[;,\s])Root=1-([0-9a-f]{8})-([0-9a-f]{24})(?![0-9a-f])/i.exec(text)
  if (root === null) return undefined
  const parent = /(?:^|[;,\s])Parent=([0-9a-f]{16})(?![0-9a-f])/i.exec(text)?.[1]
  return context(`${root[1]}${root[2]}`, parent, 'x-amzn-trace-id')
}

/** Zipkin's single header: `<trace>-<span>[-<flag>[-<parent>]]`, the trace of 64 or 128 bits. */
export function b3Single(value: string): HeaderTrace | undefined {
  const match = /^([0-9a-f]{32}|[0-9a-f]{16})-([0-9a-f]{16})(?:-[01d](?:-[0-9a-f]{16})?)?$/i.exec(value)
  return match === null ? undefined : context(match[1] ?? '', match[2], 'b3')
}

/** Jaeger's own header: `<trace>:<span>:<parent>:<flags>`, leading zeros left out, `:` often URL-encoded. */
export function uberTrace(value: string): HeaderTrace | undefined {
  const match = /^([0-9a-f]{1,32}):([0-9a-f]{1,16}):[0-9a-f]{1,16}:[0-9a-f]{1,2}$/i.exec(
    value.slice(0, 200).replace(/%3A/gi, ':'),
  )
  return match === null ? undefined : context(match[1] ?? '', match[2]?.padStart(16, '0'), 'uber-trace-id')
}

/** Ids in fields of their own (`trace_id`, `x-b3-traceid`): 64 bits are padded, dashes of a UUID are left out. */
export function plainTrace(trace: string, span: string | undefined, from: string): HeaderTrace | undefined {
  const id = trace.replaceAll('-', '')
  if (!/^(?:[0-9a-f]{16}|[0-9a-f]{32})$/i.test(id)) return undefined
  return context(id, span, from)
}

/** The first of the header forms that the text is; for a value whose header is not named. */
export function anyTraceHeader(value: string): HeaderTrace | undefined {
  return traceparent(value) ?? amznTrace(value) ?? b3Single(value) ?? uberTrace(value)
}

function context(trace: string, span: string | undefined, from: string): HeaderTrace | undefined {
  if (zeros.test(trace)) return undefined
  const spanId =
    span !== undefined && /^[0-9a-f]{16}$/i.test(span) && !zeros.test(span) ? span.toLowerCase() : undefined
  const traceId = trace.toLowerCase().padStart(32, '0')
  return spanId === undefined ? { traceId, from } : { traceId, spanId, from }
}
