import { describe, expect, it } from 'vitest'
import { edgeEnds, edgeText, selectedTargets } from '../../../../src/renderer/casework/targets'
import { createSelectionStore } from '../../../../src/renderer/state/selection'

describe('what is selected, as targets', () => {
  it('is nothing, one thing, or the chosen events', () => {
    const store = createSelectionStore()
    const targets = () => selectedTargets(store.getState())
    expect(targets()).toEqual([])
    store.getState().pickEvent('7')
    expect(targets()).toEqual([{ kind: 'event', id: '7' }])
    store.getState().choose(new Set(['7', '8']))
    expect(targets()).toEqual([
      { kind: 'event', id: '7' },
      { kind: 'event', id: '8' },
    ])
    store.getState().pickSpan('t', 's')
    expect(targets()).toEqual([{ kind: 'span', id: 't/s' }])
    store.getState().pickEdge('actor:a', 'service:b')
    expect(targets()).toEqual([{ kind: 'edge', id: '["actor:a","service:b"]' }])
  })

  it('ends the choice of several when an event outside of it is picked, and keeps it for one inside', () => {
    const store = createSelectionStore()
    store.getState().pickEvent('7')
    store.getState().choose(new Set(['7', '8']))
    store.getState().pickEvent('8')
    expect(store.getState().chosen.size).toBe(2)
    store.getState().pickEvent('9')
    expect(store.getState().chosen.size).toBe(0)
  })

  it('shows the ends of an edge, and what is no edge as it is', () => {
    expect(edgeText('["actor:a","service:b"]')).toBe('actor:a → service:b')
    expect(edgeText('[1,2]')).toBe('[1,2]')
    expect(edgeEnds('{')).toBeUndefined()
  })
})
