import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { operationTimes, selfTimes } from '../../../../../src/renderer/drawing/waterfall/selfTime'
import { type SpanSpec, traceOf } from './traces'

describe('self time', () => {
  it('leaves out what children cover, once where they run side by side', () => {
    const trace = traceOf([
      { id: 'root', from: 0, to: 100 },
      { id: 'a', parent: 'root', from: 10, to: 50 },
      { id: 'b', parent: 'root', from: 30, to: 60 },
      { id: 'c', parent: 'root', from: 80, to: 90 },
    ])
    expect(selfTimes(trace)).toEqual([40, 40, 30, 10])
  })

  it('takes from a parent only what lies inside it', () => {
    const trace = traceOf([
      { id: 'root', from: 0, to: 100 },
      { id: 'late', parent: 'root', from: 90, to: 300 },
    ])
    expect(selfTimes(trace)).toEqual([90, 210])
  })

  it('is never negative and never more than the duration', () => {
    const span = fc.record({ from: fc.nat(1_000), length: fc.nat(1_000) })
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 20 }), (children) => {
        const specs: SpanSpec[] = [
          { id: 'root', from: 0, to: 700 },
          ...children.map(({ from, length }, at) => ({ id: `s${at}`, parent: 'root', from, to: from + length })),
        ]
        const [own = -1] = selfTimes(traceOf(specs))
        expect(own).toBeGreaterThanOrEqual(0)
        expect(own).toBeLessThanOrEqual(700)
      }),
    )
  })

  it('is added up by operation, most first, and leads to the slowest span', () => {
    const trace = traceOf([
      { id: 'root', from: 0, to: 100 },
      { id: 'q', parent: 'root', from: 0, to: 30, error: true },
      { id: 'q', parent: 'root', from: 30, to: 90 },
    ])
    const [first, second] = operationTimes(trace)
    expect(first).toMatchObject({ name: 'q', count: 2, failed: 1, selfNs: 90, longestNs: 60, slowest: 2 })
    expect(second).toMatchObject({ name: 'root', count: 1, selfNs: 10, totalNs: 100 })
  })
})
