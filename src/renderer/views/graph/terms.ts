/** Nodes and edges as filter terms. Node ids are `<kind>:<key>`; the key is what the field of that kind holds. */
import type { GraphEdge, GraphNode } from '../../../contract/traces'
import { fieldTerm, withTerm } from '../../state/filterText'

const fieldOfKind: ReadonlyMap<string, string> = new Map([
  ['actor', 'actor_key'],
  ['role', 'effective_id'],
  ['session', 'session_id'],
  ['service', 'service'],
  ['resource', 'resource_key'],
])

/** The term that means this node, or undefined for one that stands for several. */
export function nodeTerm(node: Pick<GraphNode, 'id' | 'kind'>, negated = false): string | undefined {
  const field = fieldOfKind.get(node.kind)
  const colon = node.id.indexOf(':')
  if (field === undefined || colon < 0) return undefined
  return fieldTerm(field, node.id.slice(colon + 1), negated)
}

/** The filter narrowed to accesses through both ends of an edge; undefined where an end stands for several. */
export function edgeFilter(
  filter: string,
  nodes: ReadonlyMap<string, GraphNode>,
  edge: Pick<GraphEdge, 'source' | 'target'>,
): string | undefined {
  const terms = [edge.source, edge.target].map((id) => {
    const node = nodes.get(id)
    return node === undefined ? undefined : nodeTerm(node)
  })
  let narrowed = filter
  for (const term of terms) {
    if (term === undefined) return undefined
    narrowed = withTerm(narrowed, term)
  }
  return narrowed
}
