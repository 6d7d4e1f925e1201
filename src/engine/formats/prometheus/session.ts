/** A record is one sample with the metadata and comments right before it; each becomes a point. */

import { sampleValue } from '../metrics/decimal'
import { type ExemplarDraft, finishMetric, type PointDraft } from '../metrics/draft'
import { type Attributes, noAttributes, scalarText } from '../spans/attributes'
import { otlpId, SPAN_ID_DIGITS, TRACE_ID_DIGITS } from '../spans/ids'
import { Malformed } from '../spans/malformed'
import type { EmittedRow, SessionOptions, TextSession } from '../types'
import { Families } from './families'
import { type ExemplarLine, isComment, isEnd, metaLine, type SampleLine, sampleLine } from './line'
import { isOpenMetrics, sampleTime } from './times'

/**
 * Metadata begin a record and the sample after them belongs to it; a sample without begins one itself. So there are as
 * many records as samples.
 */
export function beginsRecord(): (line: string) => boolean {
  let afterComment = false
  return (line) => {
    if (line.trim() === '' || isEnd(line)) return false
    if (isComment(line)) {
      const begins = !afterComment
      afterComment = true
      return begins
    }
    const begins = !afterComment
    afterComment = false
    return begins
  }
}

export function openPrometheus({ sink }: SessionOptions, sample: readonly string[]): TextSession {
  const families = new Families()
  const openMetrics = isOpenMetrics(sample)
  return {
    record(text, at) {
      let found: SampleLine | undefined
      for (const line of text.split('\n')) {
        if (isComment(line)) {
          const known = metaLine(line)
          if (known !== undefined) families.note(known)
        } else if (line.trim() !== '') {
          found = sampleLine(line)
          if (found === undefined) return sink.reject(at, 'The line is no sample: a name, labels and a value.')
        }
      }
      if (found === undefined) return sink.skip(at, 'comments without a sample')
      try {
        sink.emit(at, rowsOf(found, families, openMetrics))
      } catch (error) {
        if (!(error instanceof Malformed)) throw error
        sink.reject(at, error.message)
      }
    },
    end: () => undefined,
  }
}

function rowsOf(sample: SampleLine, families: Families, openMetrics: boolean): readonly EmittedRow[] {
  const value = sampleValue(sample.value)
  if (value === undefined) throw new Malformed('The value of the sample is no number.')
  const family = families.of(sample.name)
  const point: PointDraft = {
    attributes: sample.labels,
    timeNs: sample.time === undefined ? undefined : timeOf(sample.time, openMetrics),
    startNs: undefined,
    value,
    count: undefined,
    sum: undefined,
    details: noAttributes,
    exemplars: sample.exemplar === undefined ? [] : [exemplarOf(sample.exemplar)],
  }
  return finishMetric({
    name: sample.name,
    unit: family.unit,
    description: family.help,
    kind: family.kind,
    temporality: undefined,
    monotonic: family.kind === 'counter' ? true : undefined,
    scopeName: '',
    scopeVersion: '',
    resource: noAttributes,
    points: [point],
  })
}

function timeOf(text: string, openMetrics: boolean): bigint {
  const ns = sampleTime(text, openMetrics)
  if (ns === undefined) throw new Malformed('The time of the sample is no number.')
  return ns
}

function exemplarOf(exemplar: ExemplarLine): ExemplarDraft {
  const value = sampleValue(exemplar.value)
  if (value === undefined) throw new Malformed('The value of the exemplar is no number.')
  return {
    value,
    timeNs: exemplar.time === undefined ? undefined : timeOf(exemplar.time, true),
    traceId: idOf(exemplar.labels, ['trace_id', 'traceID', 'traceId'], TRACE_ID_DIGITS),
    spanId: idOf(exemplar.labels, ['span_id', 'spanID', 'spanId'], SPAN_ID_DIGITS),
    attributes: exemplar.labels,
  }
}

function idOf(labels: Attributes, names: readonly string[], digits: number): string {
  for (const name of names) {
    const text = scalarText(labels.get(name))
    if (text !== undefined) return otlpId(text, digits)
  }
  return ''
}
