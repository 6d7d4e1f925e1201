import { describe, expect, it } from 'vitest'
import { finishSpan, type SpanDraft } from '../../../../../src/engine/formats/spans/draft'

const draft: SpanDraft = {
  traceId: '5b8efff798038103d269b633813fc60c',
  spanId: 'eee19b7ec3c1b174',
  parentSpanId: '',
  name: 'work',
  kind: 'server',
  startNs: 1_000n,
  endNs: 3_000n,
  status: 'unset',
  attributes: new Map([
    ['a', '1'],
    ['b', '2'],
  ]),
  resource: new Map([['service.name', 'shop']]),
  events: [],
  links: [],
}
const identity = (more: Partial<SpanDraft>) => finishSpan({ ...draft, ...more }).identity

describe('the identity of a span', () => {
  it('does not depend on the order of its attributes, nor on what renderings leave out', () => {
    const turned = new Map([...draft.attributes].reverse())
    expect(identity({ attributes: turned })).toBe(identity({}))
    expect(identity({ flags: 257, scopeName: 'lib' })).toBe(identity({}))
  })

  it.each<[string, Partial<SpanDraft>]>([
    ['kind', { kind: 'client' }],
    ['service', { resource: new Map() }],
    ['name', { name: 'other' }],
    ['start', { startNs: 1_001n }],
    ['end', { endNs: 3_001n }],
    ['status', { status: 'error' }],
    ['attributes', { attributes: new Map([['a', '1']]) }],
    ['events', { events: [{ name: 'e', timeNs: 1_500n, attributes: new Map() }] }],
  ])('tells spans of other %s apart', (_, more) => {
    expect(identity(more)).not.toBe(identity({}))
  })
})

describe('times of a span', () => {
  it('must fit a signed 64-bit number of nanoseconds', () => {
    expect(finishSpan({ ...draft, endNs: 2n ** 63n - 1n }).row.duration_ns).toBe(2n ** 63n - 1_001n)
    expect(() => finishSpan({ ...draft, endNs: 2n ** 63n })).toThrow('The end time is not within 1970 to 2262.')
    expect(() => finishSpan({ ...draft, startNs: -1n })).toThrow('The start time is not within 1970 to 2262.')
  })
})
