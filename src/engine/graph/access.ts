/**
 * The access graph: actor → role (where rights of another identity were used) → service → resource, aggregated. Each
 * event is one path through it. What does not fit is folded into one node `(n others)` a kind, so that the counts of
 * each kind still add up to the events that have one.
 */
import { z } from 'zod'
import { formatInstant } from '../../common/time'
import type { Params } from '../../contract'
import type { AccessGraph, GraphEdge, GraphNode } from '../../contract/traces'
import { type Sql, sql } from '../db/sql'
import { type Asking, scopeWhere } from '../query/scope'

export const kinds = ['actor', 'role', 'service', 'resource'] as const
export type NodeKind = (typeof kinds)[number]

/** Share of the nodes that a kind gets; what one leaves over goes to the others. */
const shares: Readonly<Record<NodeKind, number>> = { actor: 0.3, role: 0.15, service: 0.15, resource: 0.4 }

const Node = z.object({
  kind: z.enum(kinds),
  key: z.string(),
  label: z.string(),
  n: z.number(),
  nodes: z.number(),
  total: z.number(),
})
const Edge = z.object({
  source: z.string(),
  target: z.string(),
  n: z.number(),
  denied: z.number(),
  first: z.coerce.number().nullable(),
  last: z.coerce.number().nullable(),
})

/** What a node is known by (its id without the kind) and called; NULL where an event has none of the kind. */
const nodeOf: Readonly<Record<NodeKind, { readonly key: Sql; readonly label: Sql }>> = {
  actor: {
    key: sql`coalesce(actor_key, '(unknown)')`,
    label: sql`coalesce(actor_name, actor_email, actor_id, actor_key, '(unknown)')`,
  },
  role: {
    // An identity that is the actor's own is no role.
    key: sql`CASE WHEN coalesce(effective_id, effective_name) IS DISTINCT FROM actor_id
        AND coalesce(effective_id, effective_name) IS DISTINCT FROM actor_name
        AND coalesce(effective_id, effective_name) IS DISTINCT FROM actor_key
      THEN coalesce(effective_id, effective_name) END`,
    label: sql`coalesce(effective_name, effective_id)`,
  },
  service: { key: sql`coalesce(service, source)`, label: sql`coalesce(service, source)` },
  resource: {
    key: sql`coalesce(resource_type, '') || ':' || coalesce(resource_name, resource_key)`,
    label: sql`coalesce(resource_type || ' ', '') || coalesce(resource_name, resource_key)`,
  },
}

const nodeId = (kind: NodeKind, key: string) => `${kind}:${key}`

/** At most `maxNodes` nodes, but always one for each kind that occurs; strongest edges first. */
export async function accessGraph(asking: Asking, params: Params<'graph.access'>): Promise<AccessGraph> {
  const where = await scopeWhere(asking, params.scope)
  const ranked = await asking.db.all(Node, nodesSql(where, params), asking.signal)
  const room = divide(new Map(ranked.map(({ kind, nodes }) => [kind, nodes])), params.maxNodes)
  const pinned = new Set(params.pinned)
  const nodes: GraphNode[] = []
  const kept: Record<NodeKind, string[]> = { actor: [], role: [], service: [], resource: [] }
  let truncated = false
  for (const kind of kinds) {
    const own = ranked.filter((node) => node.kind === kind)
    const first = own[0]
    if (first === undefined) continue
    const keep = own.filter(({ key }, index) => index < (room.get(kind) ?? 0) || pinned.has(nodeId(kind, key)))
    for (const { key, label, n } of keep) {
      nodes.push({ id: nodeId(kind, key), kind, label, count: n })
      kept[kind].push(key)
    }
    const others = first.nodes - keep.length
    if (others === 0) continue
    truncated = true
    const count = first.total - keep.reduce((sum, node) => sum + node.n, 0)
    nodes.push({ id: othersId(kind), kind, label: `(${others} others)`, count })
  }
  const edges = await asking.db.all(Edge, edgesSql(where, kept), asking.signal)
  return { nodes, edges: edges.map(toEdge), truncated }
}

/** The largest nodes of each kind, with how many there are and how many events they have together. */
function nodesSql(where: Sql, params: Params<'graph.access'>): Sql {
  const perKind = kinds.map((kind) => {
    const { key, label } = nodeOf[kind]
    const prefix = `${kind}:`
    const chosen = params.pinned.filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length))
    const rank = sql`row_number() OVER (ORDER BY list_contains(${sql.strings(chosen)}, key) DESC, n DESC, key)`
    return sql`
      SELECT ${kind} AS kind, key, label, n, count(*) OVER () AS nodes, (sum(n) OVER ())::BIGINT AS total, ${rank} AS place
      FROM (
        SELECT ${key} AS key, min(${label}) AS label, count(*) AS n FROM access_event
        WHERE ${where} AND (${key}) IS NOT NULL
        GROUP BY 1)
      QUALIFY place <= ${params.maxNodes}`
  })
  return sql`SELECT kind, key, label, n, nodes, total FROM (${sql.join(perKind, ' UNION ALL ')}) ORDER BY kind, place`
}

const othersId = (kind: NodeKind) => `${kind}:(others)`

/** Folds what was not kept before it is grouped, so that few groups are made; then sums each pair of neighbours. */
function edgesSql(where: Sql, kept: Readonly<Record<NodeKind, readonly string[]>>): Sql {
  const folded = kinds.map((kind) => {
    const { key } = nodeOf[kind]
    return sql`CASE WHEN (${key}) IS NULL THEN NULL
      WHEN (${key}) IN (SELECT unnest(${sql.strings(kept[kind])})) THEN ${`${kind}:`} || (${key})
      ELSE ${othersId(kind)} END AS ${sql.ident(kind)}`
  })
  const edge = (source: Sql, target: Sql, condition: Sql) =>
    sql`SELECT ${source} AS source, ${target} AS target, n, denied, first, last FROM path WHERE ${condition}`
  return sql`
    WITH path AS MATERIALIZED (
      SELECT ${sql.join(folded, ', ')}, count(*) AS n, count(*) FILTER (WHERE outcome = 'denied') AS denied,
        min(ts) AS first, max(ts) AS last
      FROM access_event
      WHERE ${where}
      GROUP BY 1, 2, 3, 4),
    edge AS (
      ${edge(sql`actor`, sql`coalesce("role", service)`, sql`TRUE`)}
      UNION ALL ${edge(sql`"role"`, sql`service`, sql`"role" IS NOT NULL`)}
      UNION ALL ${edge(sql`service`, sql`resource`, sql`resource IS NOT NULL`)}
    )
    SELECT source, target, sum(n)::BIGINT AS n, sum(denied)::BIGINT AS denied,
      epoch_us(min(first))::VARCHAR AS first, epoch_us(max(last))::VARCHAR AS last
    FROM edge
    GROUP BY source, target
    ORDER BY n DESC, source, target`
}

function toEdge(edge: z.output<typeof Edge>): GraphEdge {
  return {
    source: edge.source,
    target: edge.target,
    count: edge.n,
    denied: edge.denied,
    // Empty where no event of the edge has a time.
    firstTs: edge.first === null ? '' : formatInstant(edge.first),
    lastTs: edge.last === null ? '' : formatInstant(edge.last),
  }
}

/** How many nodes each kind may keep, besides its `(n others)`; unused room is given on, larger shares first. */
export function divide(present: ReadonlyMap<NodeKind, number>, maxNodes: number): Map<NodeKind, number> {
  const room = new Map<NodeKind, number>()
  const order = [...present.keys()].sort((a, b) => shares[b] - shares[a] || (a < b ? -1 : 1))
  let left = maxNodes
  for (const kind of order) {
    const share = Math.max(1, Math.floor(maxNodes * shares[kind]))
    const given = Math.min(present.get(kind) ?? 0, share)
    room.set(kind, given)
    left -= given
  }
  for (const kind of order) {
    const given = room.get(kind) ?? 0
    const more = Math.max(0, Math.min(left, (present.get(kind) ?? 0) - given))
    room.set(kind, given + more)
    left -= more
  }
  // Where nodes are folded, one place of the kind is taken by the node of the others.
  for (const kind of order) {
    const given = room.get(kind) ?? 0
    if (given < (present.get(kind) ?? 0)) room.set(kind, Math.max(0, given - 1))
  }
  return room
}
