/** Left to right: who, as whom, through which service, to what. Kinds that are not known come last. */
import type { AccessGraph, GraphNode } from '../../../contract/traces'

export const kindColumns: readonly (readonly string[])[] = [['actor'], ['session', 'role'], ['service'], ['resource']]

export const kindTitles = ['Actors', 'Sessions and roles', 'Services', 'Resources', 'Others'] as const

export function columnOf(kind: string): number {
  const column = kindColumns.findIndex((kinds) => kinds.includes(kind))
  return column < 0 ? kindColumns.length : column
}

export interface NodeFacts {
  readonly node: GraphNode
  readonly column: number
  readonly denied: number
  readonly firstTs: string | null
  readonly lastTs: string | null
}

/** Nodes with what their edges say. An access passes a node in and out, so the larger side counts, not the sum. */
export function nodeFacts(graph: AccessGraph): ReadonlyMap<string, NodeFacts> {
  const facts = new Map<
    string,
    { node: GraphNode; into: number; out: number; first: string | null; last: string | null }
  >()
  for (const node of graph.nodes) facts.set(node.id, { node, into: 0, out: 0, first: null, last: null })
  for (const edge of graph.edges) {
    const ends = [
      { own: facts.get(edge.source), out: edge.denied, into: 0 },
      { own: facts.get(edge.target), out: 0, into: edge.denied },
    ]
    for (const { own, into, out } of ends) {
      if (own === undefined) continue
      own.into += into
      own.out += out
      if (edge.firstTs !== '' && (own.first === null || edge.firstTs < own.first)) own.first = edge.firstTs
      if (edge.lastTs !== '' && (own.last === null || edge.lastTs > own.last)) own.last = edge.lastTs
    }
  }
  return new Map(
    [...facts].map(([id, { node, into, out, first, last }]) => [
      id,
      { node, column: columnOf(node.kind), denied: Math.max(into, out), firstTs: first, lastTs: last },
    ]),
  )
}

/** The node itself and all that share an edge with it. */
export function neighbourhood(graph: AccessGraph, nodeId: string): ReadonlySet<string> {
  const near = new Set([nodeId])
  for (const edge of graph.edges) {
    if (edge.source === nodeId) near.add(edge.target)
    if (edge.target === nodeId) near.add(edge.source)
  }
  return near
}

export interface Reach {
  readonly nodes: ReadonlySet<string>
  /** Keys of the edges, as `edgeKey` gives them. */
  readonly edges: ReadonlySet<string>
}

/** Everything upstream and downstream: who could have come through this node, and what was reached from it. */
export function reach(graph: AccessGraph, nodeIds: readonly string[]): Reach {
  const nodes = new Set(nodeIds)
  const edges = new Set<string>()
  const follow = (from: 'source' | 'target', to: 'source' | 'target') => {
    const seen = new Set(nodeIds)
    const queue = [...nodeIds]
    for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
      for (const edge of graph.edges) {
        if (edge[from] !== id) continue
        edges.add(edgeKey(edge))
        nodes.add(edge[to])
        if (seen.has(edge[to])) continue
        seen.add(edge[to])
        queue.push(edge[to])
      }
    }
  }
  follow('source', 'target')
  follow('target', 'source')
  return { nodes, edges }
}

export function edgeKey(edge: { readonly source: string; readonly target: string }): string {
  return JSON.stringify([edge.source, edge.target])
}
