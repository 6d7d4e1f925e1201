/** One record in, its rows out, one account for it; the same for JSON and protobuf. */
import { Malformed } from '../../spans/malformed'
import type { RecordAt, Sink } from '../../types'
import { finishLog, type LogDraft } from './draft'

/** Emits what `read` gives for the record at `at`; rejects the record where any of it cannot be used. */
export function emitLogs(sink: Sink, at: RecordAt, read: () => readonly LogDraft[]): void {
  try {
    const rows = read().flatMap(finishLog)
    if (rows.length === 0) sink.skip(at, 'The record holds no log records.')
    else sink.emit(at, rows)
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    sink.reject(at, error.message)
  }
}
