/** One metric in, its points out, one account for it; the same for all formats of metrics. */
import { Malformed } from '../spans/malformed'
import type { RecordAt, Sink } from '../types'
import { finishMetric, type MetricDraft } from './draft'

/** Emits what `read` gives for the record at `at`; rejects the record where any of it cannot be used. */
export function emitMetrics(sink: Sink, at: RecordAt, read: () => readonly MetricDraft[]): void {
  try {
    const rows = read().flatMap(finishMetric)
    if (rows.length === 0) sink.skip(at, 'The metric holds no points.')
    else sink.emit(at, rows)
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    sink.reject(at, error.message)
  }
}
