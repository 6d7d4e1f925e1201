/** Accesses with their verdicts, and the groups that are out of band, each with its figures and its sentence. */
import { z } from 'zod'
import type { Params, Result } from '../../contract'
import type { BandGroup, JudgedEvent } from '../../contract/analyses'
import { slices } from '../coverage/slices'
import { type Sql, sql } from '../db/sql'
import type { Buckets } from '../query/buckets'
import { type Asking, scopeWhere } from '../query/scope'
import { stamp } from '../query/stamp'
import { judgement } from './judge'
import { groupText, reasonText } from './words'

type Listed = Result<'outOfBand.list'>

const us = z.coerce.number()
const GroupRow = z.object({
  candidate: z.coerce.string(),
  basis: z.enum(['identity', 'resource']),
  source: z.string(),
  area: z.string(),
  grp: z.string().nullable(),
  actor: z.string().nullable(),
  actor_key: z.string().nullable(),
  client: z.string().nullable(),
  place: z.string().nullable(),
  session: z.string().nullable(),
  resources: z.array(z.string()),
  tickets: z.array(z.string()),
  n: z.number(),
  out_of_band: z.number(),
  denied: z.number(),
  rows: z.number().nullable(),
  first: us,
  last: us,
  units: z.number(),
  open: z.number(),
  others: z.number(),
  others_linked: z.number(),
  others_named: z.number(),
  declared: z.number(),
  p: z.number(),
  tail: z.number(),
})
export type GroupRow = z.output<typeof GroupRow>

const EventRow = z.object({
  event_id: z.string(),
  us: us.nullable(),
  ts: z.string().nullable(),
  verdict: z.enum(['explained', 'explainable', 'out_of_coverage', 'out_of_band']),
  source: z.string(),
  area: z.string(),
  resource: z.string().nullable(),
  action: z.string().nullable(),
  outcome: z.string(),
  actor: z.string().nullable(),
  address: z.string().nullable(),
  client: z.string().nullable(),
  candidate: z.coerce.string().nullable(),
  slice: z.coerce.number().nullable(),
  likely: z.boolean(),
  named: z.boolean(),
  present: z.boolean(),
  area_linked: z.number(),
  client_linked: z.number(),
})
export type EventRow = z.output<typeof EventRow>

const Count = z.object({
  verdict: z.enum(['explained', 'explainable', 'out_of_coverage', 'out_of_band']),
  n: z.number(),
})

const maxGroups = 1_000

export async function listOutOfBand(asking: Asking, params: Params<'outOfBand.list'>): Promise<Listed> {
  const counts = { explained: 0, explainable: 0, out_of_coverage: 0, out_of_band: 0 }
  const range = await slices(asking)
  if (range === undefined) return { counts, groups: [], events: [], truncated: false }
  const common = judgement(range)
  const chosen = sql`event_id IN (SELECT event_id FROM access_event WHERE ${await scopeWhere(asking, { filter: params.where })})`
  const narrowed = params.where.trim() === '' ? sql`TRUE` : chosen
  for (const { verdict, n } of await asking.db.all(
    Count,
    sql`WITH ${common} SELECT verdict, count(*) AS n FROM judged WHERE ${narrowed} GROUP BY verdict`,
    asking.signal,
  ))
    counts[verdict] = n
  const found =
    counts.out_of_band === 0 ? [] : await asking.db.all(GroupRow, groupsSql(common, narrowed), asking.signal)
  const groups = found.map((row) => toGroup(row, range))
  const texts = new Map(groups.map((group) => [group.id, group.text]))
  const events =
    params.limit === 0 || params.verdicts.every((verdict) => counts[verdict] === 0)
      ? []
      : await asking.db.all(EventRow, eventsSql(common, narrowed, params), asking.signal)
  const wanted = params.verdicts.reduce((sum, verdict) => sum + counts[verdict], 0)
  return {
    counts,
    groups,
    events: events.map((row) => toEvent(row, range, texts)),
    truncated: events.length < wanted || found.length === maxGroups,
  }
}

/** Identities that break their own habit first, then by what they got. */
function groupsSql(common: Sql, narrowed: Sql): Sql {
  return sql`
    WITH ${common},
    band AS (SELECT * FROM judged WHERE verdict = 'out_of_band' AND ${narrowed}),
    summed AS (
      SELECT b.candidate, count(*) AS out_of_band, count(*) FILTER (e.outcome = 'denied') AS denied,
        sum(e.db_rows)::DOUBLE AS rows, min(e.ts) AS first, max(e.ts) AS last,
        any_value(coalesce(e.actor_name, e.actor_email, e.actor_id)) AS actor_label,
        coalesce(list(DISTINCT coalesce(e.resource_name, e.resource_key)) FILTER (coalesce(e.resource_name, e.resource_key) IS NOT NULL), []) AS resources,
        coalesce(list_distinct(flatten(list(e.ticket_ids) FILTER (e.ticket_ids IS NOT NULL))), []) AS tickets
      FROM band b JOIN access_event e ON e.event_id = b.event_id
      GROUP BY b.candidate
    ),
    held AS (SELECT candidate, count(*) AS n FROM member GROUP BY candidate)
    SELECT s.candidate::VARCHAR AS candidate, c.basis, c.source, c.area, c.grp, s.actor_label AS actor,
      nullif(c.actor, '') AS actor_key, nullif(c.client, '') AS client, nullif(c.place, '') AS place, c.session,
      list_sort(s.resources)[:20] AS resources, list_sort(s.tickets) AS tickets, h.n, s.out_of_band, s.denied, s.rows,
      epoch_us(s.first)::VARCHAR AS first, epoch_us(s.last)::VARCHAR AS last, c.units, c.open, c.others, c.others_linked,
      c.others_named, c.declared, c.p, c.tail
    FROM summed s JOIN claim c ON c.candidate = s.candidate JOIN held h ON h.candidate = s.candidate
    ORDER BY c.basis, len(s.tickets) > 0, coalesce(s.rows, 0) DESC, s.out_of_band DESC, s.first, c.candidate
    LIMIT ${maxGroups}`
}

function eventsSql(common: Sql, narrowed: Sql, params: Params<'outOfBand.list'>): Sql {
  return sql`
    WITH ${common}
    SELECT j.event_id::VARCHAR AS event_id, epoch_us(e.ts)::VARCHAR AS us,
      ${stamp(sql`e.ts`, sql`e.ts_precision`)} AS ts, j.verdict, j.source, j.area,
      coalesce(e.resource_name, e.resource_key) AS resource, e.action, e.outcome,
      coalesce(e.actor_name, e.actor_email, e.actor_id, e.actor_key) AS actor, coalesce(e.src_ip, e.src_host) AS address,
      coalesce(e.ua_family, e.user_agent) AS client, j.candidate::VARCHAR AS candidate, j.slice::VARCHAR AS slice,
      j.likely, j.named, j.present, j.area_linked, j.client_linked
    FROM (SELECT * FROM judged
      WHERE list_contains(${sql.strings(params.verdicts)}, verdict) AND ${narrowed}) j
    JOIN access_event e ON e.event_id = j.event_id
    ORDER BY e.ts NULLS LAST, e.seq
    LIMIT ${params.limit}`
}

function toGroup(row: GroupRow, range: Buckets): BandGroup {
  const sliceOf = (at: number) => Math.floor((at - range.startUs) / range.widthUs)
  const plain = {
    id: row.candidate,
    basis: row.basis,
    source: row.source,
    area: row.area,
    resources: row.resources,
    actor: row.actor ?? row.actor_key,
    actorKey: row.actor_key,
    client: row.client,
    address: row.place,
    session: row.session,
    outOfBand: row.out_of_band,
    events: row.n,
    denied: row.denied,
    rows: row.rows,
    tickets: row.tickets,
    fromUs: row.first,
    toUs: row.last,
    units: row.units,
    unlinkedUnits: row.open,
    comparedWith: row.others,
    comparedLinked: row.others_linked,
    comparedNamed: row.others_named,
    expectedShare: row.p,
    tail: row.tail,
    cell: {
      source: row.source,
      area: row.area,
      fromUs: range.startUs + sliceOf(row.first) * range.widthUs,
      toUs: range.startUs + (sliceOf(row.last) + 1) * range.widthUs,
    },
  }
  return { ...plain, text: groupText(plain) }
}

function toEvent(row: EventRow, range: Buckets, groups: ReadonlyMap<string, string>): JudgedEvent {
  const { event_id, ts, verdict, source, area, resource, action, outcome, actor, address, client } = row
  const fromUs = row.slice === null ? undefined : range.startUs + row.slice * range.widthUs
  return {
    event_id,
    ts,
    verdict,
    source,
    area,
    resource,
    action,
    outcome,
    actor,
    address,
    client,
    group: row.candidate,
    cell: fromUs === undefined ? null : { source, area, fromUs, toUs: fromUs + range.widthUs },
    reason: reasonText(row, row.candidate === null ? undefined : groups.get(row.candidate)),
  }
}
