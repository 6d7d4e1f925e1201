import { describe, expect, it } from 'vitest'
import type { AccessGraph } from '../../../../../src/contract/traces'
import { edgeKey, neighbourhood, nodeFacts, reach } from '../../../../../src/renderer/drawing/graph/columns'
import { FORCE_TICKS, forceLayout } from '../../../../../src/renderer/drawing/graph/force'
import { layeredScene } from '../../../../../src/renderer/drawing/graph/layered'
import { deniedPx, ribbonPx } from '../../../../../src/renderer/drawing/graph/scene'

const node = (id: string, count = 1) => ({ id, kind: id.split(':')[0] ?? '', label: id.split(':')[1] ?? '', count })
const edge = (source: string, target: string, count = 1, denied = 0) => ({
  source,
  target,
  count,
  denied,
  firstTs: '2024-01-01T00:00:00Z',
  lastTs: '2024-01-02T00:00:00Z',
})

const crossed: AccessGraph = {
  nodes: ['actor:a', 'actor:b', 'service:s', 'service:t', 'resource:r'].map((id) => node(id, 5)),
  edges: [edge('actor:a', 'service:t', 9), edge('actor:b', 'service:s', 4, 4), edge('service:t', 'resource:r', 9, 2)],
  truncated: false,
}

describe('the layered layout', () => {
  it('puts columns from left to right by kind and leaves out those that are empty', () => {
    const scene = layeredScene(crossed)
    const x = new Map(scene.nodes.map((own) => [own.id, own.x]))
    expect(x.get('actor:a')).toBe(x.get('actor:b'))
    expect(x.get('actor:a')).toBeLessThan(x.get('service:s') ?? 0)
    expect(x.get('service:s')).toBeLessThan(x.get('resource:r') ?? 0)
    expect(scene.columns.map((column) => column.title)).toEqual(['Actors', 'Services', 'Resources'])
  })

  it('orders columns so that ribbons do not cross needlessly', () => {
    const y = new Map(layeredScene(crossed).nodes.map((own) => [own.id, own.y]))
    const actors = Math.sign((y.get('actor:a') ?? 0) - (y.get('actor:b') ?? 0))
    const services = Math.sign((y.get('service:t') ?? 0) - (y.get('service:s') ?? 0))
    expect(actors).toBe(services)
  })

  it('lets no two nodes of a column overlap', () => {
    const graph: AccessGraph = {
      nodes: Array.from({ length: 40 }, (_, at) => node(`${at % 2 === 0 ? 'actor' : 'resource'}:${at}`, at)),
      edges: Array.from({ length: 200 }, (_, at) =>
        edge(`actor:${(at * 6) % 40}`, `resource:${(at * 14 + 1) % 40}`, 1 + at),
      ),
      truncated: false,
    }
    const scene = layeredScene(graph)
    for (const a of scene.nodes) {
      for (const b of scene.nodes) {
        if (a === b || a.column !== b.column) continue
        expect(a.y + a.height <= b.y || b.y + b.height <= a.y).toBe(true)
      }
    }
  })

  it('gives the same picture for the same graph', () => {
    expect(layeredScene(crossed)).toEqual(layeredScene(crossed))
  })

  it('draws edges within a column and against the order as well, and none to nodes that are not there', () => {
    const graph: AccessGraph = {
      nodes: ['role:a', 'role:b', 'actor:x'].map((id) => node(id)),
      edges: [edge('role:a', 'role:b'), edge('role:a', 'role:a'), edge('role:b', 'actor:x'), edge('role:a', 'gone:1')],
      truncated: false,
    }
    const scene = layeredScene(graph)
    expect(scene.edges.map((own) => [own.source, own.target])).toEqual([
      ['role:a', 'role:b'],
      ['role:a', 'role:a'],
      ['role:b', 'actor:x'],
    ])
    for (const own of scene.edges) expect(own.path).toMatch(/^M[-\d.]+,[-\d.]+(C[-\d., ]+)+$/)
  })

  it('is an empty scene for an empty graph', () => {
    expect(layeredScene({ nodes: [], edges: [], truncated: false })).toMatchObject({ nodes: [], edges: [] })
  })
})

describe('ribbons', () => {
  it('grow with the logarithm of the count and show every denial', () => {
    expect(ribbonPx(1, 1_000_000)).toBeLessThan(ribbonPx(1_000, 1_000_000))
    expect(ribbonPx(1_000, 1_000_000)).toBeLessThan(ribbonPx(1_000_000, 1_000_000))
    expect(deniedPx(1_000_000, 1, 16)).toBe(1.5)
    expect(deniedPx(10, 10, 8)).toBe(8)
    expect(deniedPx(10, 0, 8)).toBe(0)
  })
})

describe('what belongs to a node', () => {
  it('counts a denial once although it passes the node in and out', () => {
    expect(nodeFacts(crossed).get('service:t')).toMatchObject({ denied: 2, firstTs: '2024-01-01T00:00:00Z' })
  })

  it('lights up what leads to it and what it leads to, not what only shares a neighbour', () => {
    const lit = reach(crossed, ['service:t'])
    expect([...lit.nodes].sort()).toEqual(['actor:a', 'resource:r', 'service:t'])
    expect(lit.edges.has(edgeKey({ source: 'actor:b', target: 'service:s' }))).toBe(false)
    expect([...neighbourhood(crossed, 'actor:b')]).toEqual(['actor:b', 'service:s'])
  })

  it('ends on graphs with cycles', () => {
    const cycle: AccessGraph = {
      nodes: [node('role:a'), node('role:b')],
      edges: [edge('role:a', 'role:b'), edge('role:b', 'role:a')],
      truncated: false,
    }
    expect(reach(cycle, ['role:a']).nodes.size).toBe(2)
  })
})

describe('the force layout', () => {
  it('gives the same picture for the same seed and another for another', () => {
    const run = (seed: number) => {
      const layout = forceLayout(crossed, seed)
      expect(layout.advance(FORCE_TICKS)).toBe(true)
      return layout.scene().nodes.map((own) => [own.x, own.y])
    }
    expect(run(1)).toEqual(run(1))
    expect(run(1)).not.toEqual(run(2))
  })

  it('can run in slices with the same end', () => {
    const whole = forceLayout(crossed)
    whole.advance(FORCE_TICKS)
    const sliced = forceLayout(crossed)
    while (!sliced.advance(7));
    expect(sliced.scene()).toEqual(whole.scene())
  })
})
