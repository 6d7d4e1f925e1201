/** The session that all JSON trace formats share: one record in, its spans out, one account for it. */
import type { JsonValue } from '../../../common/json'
import type { JsonContext, JsonSession, RecordAt, SessionOptions, Sink } from '../types'
import { finishSpan, type SpanDraft } from './draft'
import { withExactIntegers } from './exact'
import { Malformed } from './malformed'

/** Throws `Malformed`; usually one span, several where the record is a container or states both ends of a call. */
type SpanReader = (value: JsonValue, context: JsonContext) => readonly SpanDraft[]

export function openSpanSession(options: SessionOptions, read: SpanReader): JsonSession {
  return {
    record: (value, context, at) => emitSpans(options.sink, at, () => read(withExactIntegers(value, at), context)),
    end: () => undefined,
  }
}

/** Emits what `read` gives for the record at `at`; rejects the record where any of it cannot be used. */
export function emitSpans(sink: Sink, at: RecordAt, read: () => readonly SpanDraft[]): void {
  try {
    const rows = read().map(finishSpan)
    if (rows.length === 0) sink.skip(at, 'The record holds no spans.')
    else sink.emit(at, rows)
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    sink.reject(at, error.message)
  }
}
