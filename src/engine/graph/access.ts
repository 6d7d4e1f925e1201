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
  p0: z.string(),
  p1: z.string(),
  label: z.string(),
  n: z.number(),
  nodes: z.number(),
  total: z.number(),
})
/** Places in the lists of kept nodes, from 1; 0 for the node of the others; NULL where a path has no node of the kind. */
const Edge = z.object({
  source_kind: z.enum(kinds),
  source: z.number(),
  target_kind: z.enum(kinds),
  target: z.number(),
  n: z.number(),
  denied: z.number(),
  first: z.coerce.number().nullable(),
  last: z.coerce.number().nullable(),
})

/** The two parts of a node's key, p1 empty where a kind has one; joined by `keyOf`. */
interface Parts {
  readonly p0: string
  readonly p1: string
}

/**
 * Which columns tell the nodes of a kind apart, and how a node is called. They are grouped and joined as they stand in
 * the table: texts put together for each event cost more than all the rest. p0 is NULL where an event has no such node.
 */
const nodeOf: Readonly<Record<NodeKind, { readonly p0: Sql; readonly p1?: Sql; readonly label?: Sql }>> = {
  actor: {
    p0: sql`coalesce(actor_key, '(unknown)')`,
    label: sql`coalesce(actor_name, actor_email, actor_id, actor_key, '(unknown)')`,
  },
  role: {
    // An identity that is the actor's own is no role.
    p0: sql`CASE WHEN coalesce(effective_id, effective_name) IS DISTINCT FROM actor_id
        AND coalesce(effective_id, effective_name) IS DISTINCT FROM actor_name
        AND coalesce(effective_id, effective_name) IS DISTINCT FROM actor_key
      THEN coalesce(effective_id, effective_name) END`,
    label: sql`coalesce(effective_name, effective_id)`,
  },
  service: { p0: sql`coalesce(service, source)` },
  resource: { p0: sql`coalesce(resource_name, resource_key)`, p1: sql`coalesce(resource_type, '')` },
}

const keyOf = (kind: NodeKind, { p0, p1 }: Parts) => (kind === 'resource' ? `${p1}:${p0}` : p0)
const nodeId = (kind: NodeKind, parts: Parts) => `${kind}:${keyOf(kind, parts)}`

/** At most `maxNodes` nodes, but always one for each kind that occurs; strongest edges first. */
export async function accessGraph(asking: Asking, params: Params<'graph.access'>): Promise<AccessGraph> {
  const where = await scopeWhere(asking, params.scope)
  const ranked = await asking.db.all(Node, nodesSql(where, params), asking.signal)
  const room = divide(new Map(ranked.map(({ kind, nodes }) => [kind, nodes])), params.maxNodes)
  const pinned = new Set(params.pinned)
  const nodes = new Map<string, GraphNode>()
  const kept: Record<NodeKind, Parts[]> = { actor: [], role: [], service: [], resource: [] }
  let truncated = false
  for (const kind of kinds) {
    const own = ranked.filter((node) => node.kind === kind)
    const first = own[0]
    if (first === undefined) continue
    const keep = own.filter((node, index) => index < (room.get(kind) ?? 0) || pinned.has(nodeId(kind, node)))
    for (const node of keep) {
      kept[kind].push(node)
      const id = nodeId(kind, node)
      // Two resources may read the same: type `a:b` named `c`, type `a` named `b:c`. They are one node.
      nodes.set(id, { id, kind, label: node.label, count: (nodes.get(id)?.count ?? 0) + node.n })
    }
    const others = first.nodes - keep.length
    if (others === 0) continue
    truncated = true
    const count = first.total - keep.reduce((sum, node) => sum + node.n, 0)
    nodes.set(othersId(kind), { id: othersId(kind), kind, label: `(${others} others)`, count })
  }
  const edges = await asking.db.all(Edge, edgesSql(where, kept), asking.signal)
  return { nodes: [...nodes.values()], edges: toEdges(edges, kept), truncated }
}

/**
 * The largest nodes of each kind, with how many there are and how many events they have together. The sums are made
 * beside the groups: a window over all groups would sort and copy each of them.
 */
function nodesSql(where: Sql, params: Params<'graph.access'>): Sql {
  const groups = kinds.map((kind) => {
    const { p0, p1, label } = nodeOf[kind]
    return sql`${sql.ident(`all_${kind}`)} AS MATERIALIZED (
      SELECT ${p0} AS p0, ${p1 ?? sql`''`} AS p1, ${label === undefined ? sql`NULL` : sql`min(${label})`} AS label,
        count(*) AS n
      FROM access_event
      WHERE ${where} AND (${p0}) IS NOT NULL
      GROUP BY 1, 2)`
  })
  const largest = kinds.map((kind) => {
    const prefix = `${kind}:`
    const chosen = params.pinned.filter((id) => id.startsWith(prefix)).map((id) => id.slice(prefix.length))
    const key = kind === 'resource' ? sql`p1 || ':' || p0` : sql`p0`
    const isChosen = chosen.length === 0 ? sql`FALSE` : sql`list_contains(${sql.strings(chosen)}, ${key})`
    const group = sql.ident(`all_${kind}`)
    return sql`(
      SELECT ${kind} AS kind, p0, p1, coalesce(label, CASE WHEN p1 = '' THEN p0 ELSE p1 || ' ' || p0 END) AS label, n,
        (SELECT count(*) FROM ${group}) AS nodes, (SELECT sum(n)::BIGINT FROM ${group}) AS total,
        ${isChosen} AS chosen
      FROM ${group}
      ORDER BY chosen DESC, n DESC, p1, p0
      LIMIT ${params.maxNodes})`
  })
  return sql`
    WITH ${sql.join(groups, ', ')}
    SELECT kind, p0, p1, label, n, nodes, total FROM (${sql.join(largest, ' UNION ALL ')})
    ORDER BY kind, chosen DESC, n DESC, p1, p0`
}

const othersId = (kind: NodeKind) => `${kind}:(others)`

/** Folds what was not kept before it is grouped, so that few groups are made; then sums each pair of neighbours. */
function edgesSql(where: Sql, kept: Readonly<Record<NodeKind, readonly Parts[]>>): Sql {
  const keptOf = kinds.map((kind) => {
    const list = (part: 'p0' | 'p1') => sql.strings(kept[kind].map((parts) => parts[part]))
    return sql`${sql.ident(`kept_${kind}`)} AS MATERIALIZED (
      SELECT unnest(${list('p0')}) AS p0, unnest(${list('p1')}) AS p1, unnest(range(1, ${kept[kind].length + 1})) AS place)`
  })
  const joins = kinds.map((kind) => {
    const { p0, p1 } = nodeOf[kind]
    const table = sql.ident(`kept_${kind}`)
    const second = p1 === undefined ? sql`` : sql` AND ${table}.p1 = ${p1}`
    return sql`LEFT JOIN ${table} ON ${table}.p0 = ${p0}${second}`
  })
  const places = kinds.map((kind) => {
    const { p0 } = nodeOf[kind]
    const place = sql`coalesce(${sql.ident(`kept_${kind}`)}.place, 0)`
    return sql`CASE WHEN (${p0}) IS NOT NULL THEN ${place} END AS ${sql.ident(kind)}`
  })
  const edge = (source: NodeKind, target: NodeKind, condition: Sql) => sql`
      SELECT ${source} AS source_kind, ${sql.ident(source)} AS source, ${target} AS target_kind,
        ${sql.ident(target)} AS target, n, denied, first, last
      FROM path WHERE ${condition}`
  return sql`
    WITH ${sql.join(keptOf, ', ')},
    path AS MATERIALIZED (
      SELECT ${sql.join(places, ', ')}, count(*) AS n, count(*) FILTER (WHERE outcome = 'denied') AS denied,
        min(ts) AS first, max(ts) AS last
      FROM access_event ${sql.join(joins, ' ')}
      WHERE ${where}
      GROUP BY 1, 2, 3, 4),
    edge AS (
      ${edge('actor', 'role', sql`"role" IS NOT NULL`)}
      UNION ALL ${edge('actor', 'service', sql`"role" IS NULL`)}
      UNION ALL ${edge('role', 'service', sql`"role" IS NOT NULL`)}
      UNION ALL ${edge('service', 'resource', sql`resource IS NOT NULL`)}
    )
    SELECT source_kind, source, target_kind, target, sum(n)::BIGINT AS n, sum(denied)::BIGINT AS denied,
      epoch_us(min(first))::VARCHAR AS first, epoch_us(max(last))::VARCHAR AS last
    FROM edge
    GROUP BY ALL
    ORDER BY n DESC, source_kind, source, target_kind, target`
}

/** Strongest first; nodes that read the same share their edges. */
function toEdges(
  rows: readonly z.output<typeof Edge>[],
  kept: Readonly<Record<NodeKind, readonly Parts[]>>,
): GraphEdge[] {
  const idOf = (kind: NodeKind, place: number) => {
    const parts = kept[kind][place - 1]
    return parts === undefined ? othersId(kind) : nodeId(kind, parts)
  }
  const edges = new Map<string, GraphEdge>()
  for (const row of rows) {
    const edge = toEdge(row, idOf(row.source_kind, row.source), idOf(row.target_kind, row.target))
    const id = JSON.stringify([edge.source, edge.target])
    const same = edges.get(id)
    edges.set(id, same === undefined ? edge : bothOf(same, edge))
  }
  return [...edges.values()].sort((a, b) => b.count - a.count || order(a.source, b.source) || order(a.target, b.target))
}

function toEdge(row: z.output<typeof Edge>, source: string, target: string): GraphEdge {
  return {
    source,
    target,
    count: row.n,
    denied: row.denied,
    // Empty where no event of the edge has a time.
    firstTs: row.first === null ? '' : formatInstant(row.first),
    lastTs: row.last === null ? '' : formatInstant(row.last),
  }
}

/** Two edges between nodes that read the same, as one. */
function bothOf(a: GraphEdge, b: GraphEdge): GraphEdge {
  const first = [a.firstTs, b.firstTs].filter((ts) => ts !== '').sort()
  const last = [a.lastTs, b.lastTs].filter((ts) => ts !== '').sort()
  return {
    ...a,
    count: a.count + b.count,
    denied: a.denied + b.denied,
    firstTs: first[0] ?? '',
    lastTs: last.at(-1) ?? '',
  }
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)

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
