import { describe, expect, it } from 'vitest'
import type { PathStep } from '../../../../../src/contract/analyses'
import { columnsOf, layoutDenial } from '../../../../../src/renderer/drawing/path/denialLayout'

const steps = (...kinds: PathStep['kind'][]) => kinds.map((kind) => ({ kind }))

describe('layoutDenial', () => {
  it('takes what is missing before the session as the way in, and after it as the request', () => {
    expect(columnsOf(steps('missing', 'session', 'change', 'missing', 'span', 'denial'))).toEqual([
      'who',
      'who',
      'change',
      'request',
      'request',
      'refusal',
    ])
  })

  it('lets every column end right above the refusal and runs into it', () => {
    const layout = layoutDenial(steps('identity', 'role', 'session', 'change', 'span', 'span', 'denial'), 900)
    const refusal = layout.steps[6]
    const last = [2, 3, 5].map((index) => layout.steps[index]?.y)
    expect(new Set(last).size).toBe(1)
    expect(layout.edges.filter(({ to }) => to === 6).map(({ from }) => from)).toEqual([2, 3, 5])
    expect(refusal?.width).toBe(900)
    expect(layout.heightPx).toBe((refusal?.y ?? 0) + (refusal?.height ?? 0))
  })

  it('draws steps of one place nowhere on top of each other', () => {
    const { steps: placed } = layoutDenial(steps('missing', 'session', 'missing', 'span', 'span', 'denial'), 600)
    const places = placed.map(({ x, y }) => `${x}/${y}`)
    expect(new Set(places).size).toBe(places.length)
  })

  it('marks an edge as broken where one of its ends is not in the case', () => {
    const { edges } = layoutDenial(steps('missing', 'session', 'denial'), 600)
    expect(edges.map(({ broken }) => broken)).toEqual([true, false])
  })
})
