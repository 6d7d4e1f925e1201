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

const Ranked = z.object({ kind: z.enum(kinds), id: z.string(), label: z.string(), n: z.number() })
const Total = z.object({ kind: z.enum(kinds), nodes: z.number(), n: z.number() })
const Edge = z.object({
  source: z.string(),
  target: z.string(),
  n: z.number(),
  denied: z.number(),
  first: z.coerce.number().nullable(),
  last: z.coerce.number().nullable(),
})

/** One row a distinct path: ids and labels per kind (NULL where the path has none), counts and times. */
function pathsSql(where: Sql): Sql {
  const role = sql`coalesce(effective_id, effective_name)`
  const own = sql`[coalesce(actor_id, ''), coalesce(actor_name, ''), coalesce(actor_key, '')]`
  return sql`
    SELECT actor, min(actor_name) AS actor_label, "role", min(role_name) AS role_label, service,
      min(service_name) AS service_label, resource, min(resource_name) AS resource_label,
      count(*) AS n, count(*) FILTER (WHERE outcome = 'denied') AS denied, min(ts) AS first, max(ts) AS last
    FROM (
      SELECT 'actor:' || coalesce(actor_key, '(unknown)') AS actor,
        coalesce(actor_name, actor_email, actor_id, actor_key, '(unknown)') AS actor_name,
        CASE WHEN NOT list_contains(${own}, ${role}) THEN 'role:' || ${role} END AS "role",
        coalesce(effective_name, effective_id) AS role_name,
        'service:' || coalesce(service, source) AS service,
        coalesce(service, source) AS service_name,
        CASE WHEN coalesce(resource_name, resource_key) IS NOT NULL
          THEN 'resource:' || coalesce(resource_type, '') || ':' || coalesce(resource_name, resource_key) END AS resource,
        coalesce(resource_type || ' ', '') || coalesce(resource_name, resource_key) AS resource_name,
        outcome, ts
      FROM access_event
      WHERE ${where})
    GROUP BY actor, "role", service, resource`
}

/** At most `maxNodes` nodes, but always one for each kind that occurs; strongest edges first. */
export async function accessGraph(asking: Asking, params: Params<'graph.access'>): Promise<AccessGraph> {
  const paths = pathsSql(await scopeWhere(asking, params.scope))
  const perKind = kinds.map(
    (
      kind,
    ) => sql`SELECT ${kind} AS kind, ${sql.ident(kind)} AS id, min(${sql.ident(`${kind}_label`)}) AS label, sum(n)::BIGINT AS n
      FROM path WHERE ${sql.ident(kind)} IS NOT NULL GROUP BY id`,
  )
  const all = sql`WITH path AS MATERIALIZED (${paths}), node AS (${sql.join(perKind, ' UNION ALL ')})`
  const totals = await asking.db.all(
    Total,
    sql`${all} SELECT kind, count(*) AS nodes, sum(n)::BIGINT AS n FROM node GROUP BY kind`,
    asking.signal,
  )
  const ranked = await asking.db.all(
    Ranked,
    sql`${all} SELECT kind, id, label, n FROM node
      QUALIFY row_number() OVER (PARTITION BY kind ORDER BY list_contains(${sql.strings(params.pinned)}, id) DESC, n DESC, id)
        <= ${params.maxNodes}
      ORDER BY kind, list_contains(${sql.strings(params.pinned)}, id) DESC, n DESC, id`,
    asking.signal,
  )
  const room = divide(new Map(totals.map((total) => [total.kind, total.nodes])), params.maxNodes)
  const nodes: GraphNode[] = []
  const kept: string[] = []
  let truncated = false
  for (const kind of kinds) {
    const total = totals.find((item) => item.kind === kind)
    if (total === undefined) continue
    const pinned = new Set(params.pinned)
    const own = ranked.filter((node) => node.kind === kind)
    const keep = own.filter((node, index) => index < (room.get(kind) ?? 0) || pinned.has(node.id))
    for (const node of keep) {
      nodes.push({ id: node.id, kind, label: node.label, count: node.n })
      kept.push(node.id)
    }
    const others = total.nodes - keep.length
    if (others === 0) continue
    truncated = true
    const count = total.n - keep.reduce((sum, node) => sum + node.n, 0)
    nodes.push({ id: othersId(kind), kind, label: `(${others} others)`, count })
  }
  const edges = await asking.db.all(Edge, edgesSql(paths, kept), asking.signal)
  return { nodes, edges: edges.map(toEdge), truncated }
}

const othersId = (kind: NodeKind) => `${kind}:(others)`

/** Folds ids that were not kept, then sums each pair of neighbours on the paths. */
function edgesSql(paths: Sql, kept: readonly string[]): Sql {
  const folded = kinds.map(
    (kind) => sql`CASE WHEN ${sql.ident(kind)} IS NULL OR ${sql.ident(kind)} IN (FROM kept) THEN ${sql.ident(kind)}
      ELSE ${othersId(kind)} END AS ${sql.ident(kind)}`,
  )
  const edge = (source: Sql, target: Sql, condition: Sql) =>
    sql`SELECT ${source} AS source, ${target} AS target, n, denied, first, last FROM folded WHERE ${condition}`
  return sql`
    WITH kept AS (SELECT unnest(from_json(${JSON.stringify(kept)}, '["VARCHAR"]')) AS id),
    folded AS MATERIALIZED (SELECT ${sql.join(folded, ', ')}, n, denied, first, last FROM (${paths})),
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
