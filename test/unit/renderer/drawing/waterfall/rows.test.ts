import { describe, expect, it } from 'vitest'
import { buildTrace } from '../../../../../src/renderer/drawing/waterfall/model'
import { revealed, rowOf, rowRange, scrollToRow, visibleRows } from '../../../../../src/renderer/drawing/waterfall/rows'
import { names, traceOf } from './traces'

const shop = traceOf([
  { id: 'root', from: 0, to: 100 },
  { id: 'auth', parent: 'root', from: 5, to: 20 },
  { id: 'token', parent: 'auth', from: 6, to: 15 },
  { id: 'pay', parent: 'root', from: 30, to: 90 },
  { id: 'stray', parent: 'gone', from: 40, to: 50 },
])

describe('the rows of a waterfall', () => {
  it('knows depth, size of the subtree and spans whose parent is missing', () => {
    expect(shop.spans.map(({ depth, below, orphan }) => [depth, below, orphan])).toEqual([
      [0, 3, false],
      [1, 1, false],
      [2, 0, false],
      [1, 0, false],
      [0, 0, true],
    ])
    expect(names(shop, shop.roots)).toEqual(['root', 'stray'])
  })

  it('hides what is inside collapsed spans, and no more', () => {
    expect(names(shop, visibleRows(shop, new Set()))).toEqual(['root', 'auth', 'token', 'pay', 'stray'])
    expect(names(shop, visibleRows(shop, new Set([1])))).toEqual(['root', 'auth', 'pay', 'stray'])
    expect(names(shop, visibleRows(shop, new Set([0, 1])))).toEqual(['root', 'stray'])
  })

  it('finds the row of a hidden span at its collapsed ancestor, and can reveal it', () => {
    const collapsed = new Set([1])
    expect(rowOf(shop, visibleRows(shop, collapsed), 2)).toBe(1)
    expect(rowOf(shop, visibleRows(shop, collapsed), 3)).toBe(2)
    expect(rowOf(shop, visibleRows(shop, revealed(shop, collapsed, 2)), 2)).toBe(2)
  })

  it('puts two spans with the same id at their own places in the tree', () => {
    const span = (id: string, parent: string | null, children: string[], from: number) => ({
      trace_id: 'a'.repeat(32),
      span_id: id.repeat(16),
      parent_span_id: parent === null ? null : parent.repeat(16),
      name: id,
      kind: 'client',
      service: null,
      start_ns: String(from),
      duration_ns: '10',
      status: 'unset',
      status_message: null,
      attributes: {},
      resource: {},
      children: children.map((child) => child.repeat(16)),
      events: [],
      span_events: [],
    })
    const trace = buildTrace({
      traceId: 'a'.repeat(32),
      spans: [span('a', null, ['b'], 0), span('b', 'a', ['b'], 1), span('b', 'a', ['c'], 2), span('c', 'b', [], 3)],
      services: [],
      startNs: '0',
      durationNs: '20',
    })
    expect(trace.spans.map((row) => [row.parent, row.depth, row.below])).toEqual([
      [-1, 0, 3],
      [0, 1, 2],
      [1, 2, 1],
      [2, 3, 0],
    ])
  })

  it('draws only rows that touch the viewport, with some to spare', () => {
    expect(rowRange(2200, 440, 22, 10_000, 4)).toEqual({ first: 96, end: 124 })
    expect(rowRange(0, 440, 22, 10, 4)).toEqual({ first: 0, end: 10 })
    expect(rowRange(999_999, 440, 22, 10, 4)).toEqual({ first: 10, end: 10 })
  })

  it('scrolls no further than a row needs', () => {
    expect(scrollToRow(5, 20, 0, 200)).toBe(0)
    expect(scrollToRow(10, 20, 0, 200)).toBe(20)
    expect(scrollToRow(2, 20, 100, 200)).toBe(40)
  })

  it('keeps nanoseconds apart that a double of the absolute time would merge', () => {
    const trace = traceOf([
      { id: 'a', from: 0, to: 3 },
      { id: 'b', parent: 'a', from: 1, to: 2 },
    ])
    expect(trace.spans.map((span) => [span.startNs, span.endNs])).toEqual([
      [0, 3],
      [1, 2],
    ])
  })
})
