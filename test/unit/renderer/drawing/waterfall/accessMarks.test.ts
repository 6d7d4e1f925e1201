import { describe, expect, it } from 'vitest'
import type { LinkRow } from '../../../../../src/contract/traces'
import {
  accessEvents,
  eventsBySpan,
  markAt,
  placeMarks,
} from '../../../../../src/renderer/drawing/waterfall/accessMarks'
import { quietSpans, visibleRows } from '../../../../../src/renderer/drawing/waterfall/rows'
import { fullView } from '../../../../../src/renderer/drawing/waterfall/scale'
import { names, traceOf } from './traces'

const trace = traceOf([
  { id: 'root', from: 0, to: 100_000 },
  { id: 'db', parent: 'root', from: 20_000, to: 60_000, error: true },
  { id: 'ok', parent: 'root', from: 70_000, to: 80_000 },
  { id: 'inner', parent: 'ok', from: 71_000, to: 72_000 },
])
const startUs = Number(trace.startNs / 1000n)
const link = (eventId: string, spanIndex: number | null): LinkRow => ({
  event_id: eventId,
  trace_id: trace.traceId,
  span_id: spanIndex === null ? null : (trace.spans[spanIndex]?.span.span_id ?? null),
  level: 'certain',
  score: 20,
  probability: null,
  margin: null,
  rivals: 0,
  method: 'exact',
  verdict: null,
  evidence: [],
})
const event = (eventId: string, atUs: number) => ({ eventId, us: startUs + atUs, outcome: 'denied', title: eventId })

describe('times in whole seconds', () => {
  const view = fullView(trace.durationNs)
  const place = (atUs: number, precision: string) =>
    placeMarks(
      trace,
      trace.spans.map(({ index }) => index),
      accessEvents(trace, [link('1', 1)], [{ ...event('1', atUs), precision }]),
      view,
      1000,
    )[0]

  it('are a band of that second, with the mark where its span ran', () => {
    const mark = place(-400_000, 's')
    expect(mark?.beyond).toBeNull()
    expect(mark?.xPx).toBe(400)
    expect(mark?.band?.fromPx).toBeLessThan(0)
    expect(mark?.band?.toPx).toBeGreaterThan(1000)
  })

  it('say that they are beyond what is shown only where the whole second is', () => {
    expect(place(-1_000_200, 's')?.beyond).toBe('before')
    expect(place(5_000, 's')?.beyond).toBe('after')
  })

  it('are a point where the source is fine enough', () => {
    expect(place(30, 'us')).toMatchObject({ band: null, xPx: 300 })
  })
})

describe('audit events on a waterfall', () => {
  const events = accessEvents(
    trace,
    [link('1', 1), link('2', null), link('3', 3), link('gone', 1)],
    [event('1', 30), event('2', 50), event('3', 900)],
  )

  it('are drawn on their span, at their own time', () => {
    expect(events.map(({ eventId, atNs, spanIndex, toTrace }) => [eventId, atNs, spanIndex, toTrace])).toEqual([
      ['1', 30_000, 1, false],
      ['2', 50_000, 0, true],
      ['3', 900_000, 3, false],
    ])
    expect([...eventsBySpan(events).keys()]).toEqual([1, 0, 3])
  })

  it('stay in sight at the edge when their clock puts them outside', () => {
    const rows = visibleRows(trace, new Set())
    const marks = placeMarks(trace, rows, events, fullView(trace.durationNs), 1000)
    expect(marks.map(({ row, xPx, beyond }) => [row, xPx, beyond])).toEqual([
      [1, 300, null],
      [0, 500, null],
      [3, 993, 'after'],
    ])
  })

  it('move to the collapsed span that hides theirs', () => {
    const marks = placeMarks(trace, visibleRows(trace, new Set([2])), events, fullView(trace.durationNs), 1000)
    expect(marks[2]).toMatchObject({ row: 2, folded: true })
  })

  it('are found under the pointer, and nothing else is', () => {
    const marks = placeMarks(trace, visibleRows(trace, new Set()), events, fullView(trace.durationNs), 1000)
    expect(markAt(marks, 1, 305)?.event.eventId).toBe('1')
    expect(markAt(marks, 1, 320)).toBeUndefined()
    expect(markAt(marks, 2, 300)).toBeUndefined()
  })

  it('folds only spans below which nothing matters', () => {
    const quiet = quietSpans(trace, (index) => trace.spans[index]?.failed === true)
    expect(names(trace, [...quiet])).toEqual(['ok'])
  })
})
