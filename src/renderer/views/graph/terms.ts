/**
 * Nodes and edges as filter terms. The engine's node ids say what a node was grouped by: `actor:<actor_key>`,
 * `role:<effective_id or name>`, `service:<service, else source>`, `resource:<type>:<name, else key>`.
 */

import { resourceParts } from '../../../common/resourceParts'
import type { GraphEdge, GraphNode } from '../../../contract/traces'
import { fieldTerm, withTerm } from '../../state/filterText'

type Named = Pick<GraphNode, 'id' | 'kind' | 'label'>

/** The term that means this node, or undefined for one that stands for several. */
export function nodeTerm(node: Named, negated = false): string | undefined {
  const term = positiveTerm(node)
  if (term === undefined || !negated) return term
  return term.startsWith('-') ? `NOT (${term})` : `-${term}`
}

function positiveTerm(node: Named): string | undefined {
  const prefix = `${node.kind}:`
  if (!node.id.startsWith(prefix)) return undefined
  const key = node.id.slice(prefix.length)
  if (key === '(others)') return undefined
  switch (node.kind) {
    case 'actor':
      return key === '(unknown)' ? fieldTerm('actor_key', null) : fieldTerm('actor_key', key)
    case 'session':
      return fieldTerm('session_id', key)
    case 'role':
      return `(${fieldTerm('effective_id', key)} OR ${fieldTerm('effective_name', key)})`
    case 'service':
      return orElse('service', 'source', key)
    case 'resource':
      return resourceTerm(node)
    default:
      return undefined
  }
}

/** Either the first field has the value, or it is absent and the second one has it. */
function orElse(field: string, fallback: string, value: string): string {
  return `(${fieldTerm(field, value)} OR (${fieldTerm(field, null)} ${fieldTerm(fallback, value)}))`
}

function resourceTerm(node: Named): string | undefined {
  const parts = resourceParts(node)
  if (parts === undefined) return undefined
  return `(${fieldTerm('resource_type', parts.type === '' ? null : parts.type)} ${nameTerm(parts.name)})`
}

function nameTerm(value: string): string {
  return orElse('resource_name', 'resource_key', value)
}

/** The filter narrowed to accesses through both ends of an edge; undefined where an end stands for several. */
export function edgeFilter(
  filter: string,
  nodes: ReadonlyMap<string, GraphNode>,
  edge: Pick<GraphEdge, 'source' | 'target'>,
): string | undefined {
  let narrowed = filter
  for (const id of [edge.source, edge.target]) {
    const node = nodes.get(id)
    const term = node === undefined ? undefined : nodeTerm(node)
    if (term === undefined) return undefined
    narrowed = withTerm(narrowed, term)
  }
  return narrowed
}
