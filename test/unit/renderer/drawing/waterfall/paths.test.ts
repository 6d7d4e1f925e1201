import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { criticalPath } from '../../../../../src/renderer/drawing/waterfall/criticalPath'
import { errorPath, noErrorPath } from '../../../../../src/renderer/drawing/waterfall/errorPath'
import { names, type SpanSpec, traceOf } from './traces'

const pieces = (specs: readonly SpanSpec[]) => {
  const trace = traceOf(specs)
  return criticalPath(trace).map((piece) => [trace.spans[piece.index]?.span.name, piece.fromNs, piece.toNs])
}

describe('the critical path', () => {
  it('goes through the child that finished last at each moment', () => {
    expect(
      pieces([
        { id: 'root', from: 0, to: 100 },
        { id: 'a', parent: 'root', from: 10, to: 40 },
        { id: 'b', parent: 'root', from: 20, to: 80 },
        { id: 'c', parent: 'b', from: 30, to: 50 },
      ]),
    ).toEqual([
      ['root', 0, 20],
      ['b', 20, 30],
      ['c', 30, 50],
      ['b', 50, 80],
      ['root', 80, 100],
    ])
  })

  it('takes one child after another where they do not overlap', () => {
    expect(
      pieces([
        { id: 'root', from: 0, to: 60 },
        { id: 'a', parent: 'root', from: 0, to: 20 },
        { id: 'b', parent: 'root', from: 20, to: 60 },
      ]),
    ).toEqual([
      ['a', 0, 20],
      ['b', 20, 60],
    ])
  })

  it('does not wait for work that outlives its parent', () => {
    expect(
      pieces([
        { id: 'root', from: 0, to: 50 },
        { id: 'async', parent: 'root', from: 40, to: 500 },
      ]),
    ).toEqual([
      ['root', 0, 40],
      ['async', 40, 50],
    ])
  })

  it('adds up to the duration of the root whatever the tree', () => {
    const spec = fc.array(
      fc.tuple(fc.nat(1000), fc.integer({ min: 0, max: 1000 }), fc.integer({ min: 0, max: 1000 })),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(spec, (items) => {
        const all: SpanSpec[] = [{ id: 'r', from: 0, to: 1000 }]
        items.forEach(([parent, a, b], at) => {
          const under = all[parent % all.length]
          if (under) all.push({ id: `s${at}`, parent: under.id, from: Math.min(a, b), to: Math.max(a, b) })
        })
        const ordered: SpanSpec[] = []
        const visit = (span: SpanSpec) => {
          ordered.push(span)
          for (const child of all) if (child.parent === span.id) visit(child)
        }
        if (all[0]) visit(all[0])
        const path = criticalPath(traceOf(ordered))
        let at = 0
        for (const piece of path) {
          expect(piece.fromNs).toBe(at)
          at = piece.toNs
        }
        expect(at).toBe(1000)
      }),
    )
  })

  it('handles a chain of ten thousand spans', () => {
    const chain = Array.from({ length: 10_000 }, (_, at): SpanSpec => {
      const base = { id: `s${at}`, from: at, to: 30_000 - at }
      return at === 0 ? base : { ...base, parent: `s${at - 1}` }
    })
    const trace = traceOf(chain.slice(0, 2))
    expect(criticalPath(trace)).toHaveLength(3)
    const started = performance.now()
    const deep = {
      ...trace,
      spans: chain.map((spec, index) => ({
        ...(trace.spans[0] ?? expect.fail('no span')),
        index,
        parent: index - 1,
        startNs: spec.from,
        endNs: spec.to,
      })),
      roots: [0],
      childrenOf: chain.map((_, index) => (index + 1 < chain.length ? [index + 1] : [])),
    }
    expect(criticalPath(deep)).toHaveLength(19_999)
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})

describe('the error path', () => {
  it('leads from the root to what failed first', () => {
    const trace = traceOf([
      { id: 'root', from: 0, to: 100, error: true },
      { id: 'api', parent: 'root', from: 10, to: 90, error: true },
      { id: 'late', parent: 'api', from: 60, to: 80, error: true },
      { id: 'early', parent: 'api', from: 20, to: 30, error: true },
      { id: 'fine', parent: 'root', from: 91, to: 99 },
    ])
    const path = errorPath(trace)
    expect(names(trace, path.spans)).toEqual(['root', 'api', 'early'])
    expect(names(trace, path.origins)).toEqual(['early', 'late'])
    expect(names(trace, [path.reached])).toEqual(['root'])
  })

  it('says how far a failure was passed on when a caller swallowed it', () => {
    const trace = traceOf([
      { id: 'root', from: 0, to: 100 },
      { id: 'api', parent: 'root', from: 10, to: 90, error: true },
      { id: 'db', parent: 'api', from: 20, to: 30, error: true },
    ])
    const path = errorPath(trace)
    expect(names(trace, path.spans)).toEqual(['root', 'api', 'db'])
    expect(names(trace, [path.reached])).toEqual(['api'])
  })

  it('is empty when nothing failed', () => {
    expect(errorPath(traceOf([{ id: 'root', from: 0, to: 1 }]))).toEqual(noErrorPath)
  })
})
