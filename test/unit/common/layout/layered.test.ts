import { describe, expect, it } from 'vitest'
import { type LayoutEdge, type LayoutNode, layeredLayout } from '../../../../src/common/layout/layered'

const options = { layerGap: 100, nodeGap: 10 }
const node = (id: string, layer: number, weight = 1): LayoutNode => ({ id, layer, weight })
const edge = (source: string, target: string, weight = 1): LayoutEdge => ({ source, target, weight })

function crossings(nodes: readonly LayoutNode[], edges: readonly LayoutEdge[]): number {
  const y = new Map(layeredLayout(nodes, edges, options).nodes.map((placed) => [placed.id, placed.y]))
  const at = (id: string) => y.get(id) ?? 0
  let count = 0
  for (const a of edges) for (const b of edges) if (at(a.source) < at(b.source) && at(a.target) > at(b.target)) count++
  return count
}

describe('the layered layout', () => {
  it('puts each layer in its column, with nodes apart', () => {
    const { nodes, width, height } = layeredLayout(
      [node('a', 0), node('b', 1), node('c', 1)],
      [edge('a', 'b')],
      options,
    )
    expect(nodes.map(({ id, x, y }) => [id, x, y])).toEqual([
      ['a', 0, 5],
      ['b', 100, 0],
      ['c', 100, 10],
    ])
    expect([width, height]).toEqual([100, 10])
  })

  it('removes crossings that can be removed', () => {
    const nodes = ['a', 'b', 'c', 'd'].flatMap((id, index) => [node(id, 0, index), node(id.toUpperCase(), 1, index)])
    expect(crossings(nodes, [edge('a', 'D'), edge('b', 'C'), edge('c', 'B'), edge('d', 'A')])).toBe(0)
  })

  it('does not depend on the order of nodes and edges', () => {
    const nodes = Array.from({ length: 30 }, (_, i) => node(`n${i}`, i % 3, (i * 7) % 5))
    const edges = Array.from({ length: 40 }, (_, i) =>
      edge(`n${(i * 3) % 30}`, `n${(i * 3 + 1 + 3 * (i % 4)) % 30}`, i % 6),
    )
    const byId = (all: readonly LayoutNode[], links: readonly LayoutEdge[]) => layeredLayout(all, links, options)
    expect(byId(nodes.toReversed(), edges.toReversed())).toEqual(byId(nodes, edges))
  })

  it('takes an empty graph and edges to nowhere', () => {
    expect(layeredLayout([], [edge('x', 'y')], options)).toEqual({ nodes: [], width: 0, height: 0 })
  })
})
