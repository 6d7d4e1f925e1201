import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeSpans } from '../../../../src/engine/traces/tree'

const span = (span_id: string, parent_span_id: string | null, start: number, kind = 'internal', service = 'a') => ({
  span_id,
  parent_span_id,
  kind,
  service,
  start_ns: String(start),
})
const shape = (spans: Parameters<typeof placeSpans>[0]) =>
  placeSpans(spans).map(({ span: { span_id, kind }, depth, children }) => [span_id, kind, depth, children.join()])

describe('the tree of a trace', () => {
  it('orders spans depth first, children by their start', () => {
    expect(shape([span('c', 'a', 3), span('b', 'a', 2), span('a', null, 1), span('d', 'b', 4)])).toEqual([
      ['a', 'internal', 0, 'b,c'],
      ['b', 'internal', 1, 'd'],
      ['d', 'internal', 2, ''],
      ['c', 'internal', 1, ''],
    ])
  })

  it('makes a span whose parent is missing a root', () => {
    expect(shape([span('a', 'gone', 1), span('b', null, 2)]).map((row) => row[2])).toEqual([0, 0])
  })

  it('cuts a cycle at its earliest span', () => {
    expect(shape([span('a', 'b', 2), span('b', 'a', 1), span('s', 's', 3)])).toEqual([
      ['s', 'internal', 0, ''],
      ['b', 'internal', 0, 'a'],
      ['a', 'internal', 1, ''],
    ])
  })

  it('puts the server half of a shared span below the client half, and its work below the server', () => {
    const spans = [
      span('r', null, 0, 'server', 'web'),
      span('x', 'r', 1, 'client', 'web'),
      span('x', 'r', 2, 'server', 'api'),
      span('w', 'x', 3, 'internal', 'api'),
    ]
    expect(shape(spans)).toEqual([
      ['r', 'server', 0, 'x'],
      ['x', 'client', 1, 'x'],
      ['x', 'server', 2, 'w'],
      ['w', 'internal', 3, ''],
    ])
  })

  it('keeps spans that repeat an id without reason as siblings', () => {
    expect(shape([span('a', null, 0), span('b', 'a', 1), span('b', 'a', 1), span('c', 'b', 2)])).toEqual([
      ['a', 'internal', 0, 'b,b'],
      ['b', 'internal', 1, 'c'],
      ['c', 'internal', 2, ''],
      ['b', 'internal', 1, ''],
    ])
  })

  it('walks a chain of a hundred thousand spans', () => {
    const chain = Array.from({ length: 100_000 }, (_, i) => span(String(i), i === 0 ? null : String(i - 1), i))
    expect(placeSpans(chain).at(-1)?.depth).toBe(99_999)
  })

  it('has every span exactly once, whatever the ids say', () => {
    const id = fc.constantFrom('a', 'b', 'c', 'd')
    const any = fc.record({
      span_id: id,
      parent_span_id: fc.option(id),
      kind: fc.constantFrom('client', 'server', 'producer', 'consumer', 'internal'),
      service: fc.constantFrom('x', 'y', null),
      start_ns: fc.nat(5).map(String),
    })
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (spans) => {
        const placed = placeSpans(spans)
        expect(new Set(placed.map((item) => item.span)).size).toBe(spans.length)
        expect(placed).toHaveLength(spans.length)
      }),
    )
  })
})
