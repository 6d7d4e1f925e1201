/** What targets are, in a few words, and whether the case holds them: many at a time, one question a kind. */
import { z } from 'zod'
import { AppError } from '../../common/errors'
import { formatShortest, parseInstant } from '../../common/time'
import type { NoteTarget } from '../../contract/notes'
import type { Described } from '../../contract/work'
import type { Database } from '../db/database'
import { type Sql, sql } from '../db/sql'
import { kinds as nodeKinds } from '../graph/access'
import { markId } from './acts'

const Row = z.object({ id: z.string(), title: z.string(), ts: z.string().nullable(), outcome: z.string().nullable() })
type Found = Omit<z.output<typeof Row>, 'id'>

/** `access_event` in few words: who did what to what. */
const eventTitle = sql`
  concat_ws(' ', coalesce("action", activity, class, 'event'), coalesce('by ' || coalesce(actor_name, actor_email, actor_id), ''),
    coalesce('on ' || coalesce(resource_name, resource_key), ''))`

const questions: Readonly<Partial<Record<NoteTarget['kind'], (ids: readonly string[]) => Sql>>> = {
  event: (ids) => sql`
    SELECT event_id::VARCHAR AS id, ${eventTitle} AS title, ts, outcome FROM access_event
    WHERE event_id IN (SELECT TRY_CAST(unnest(${sql.strings(ids.filter((id) => /^\d{1,20}$/.test(id)))}) AS UBIGINT))`,
  trace: (ids) => sql`
    SELECT trace_id AS id, 'trace: ' || arg_min(coalesce(service || ' ', '') || name, start_ns) AS title,
      make_timestamp(min(start_ns) // 1000) AS ts, NULL AS outcome
    FROM span WHERE trace_id IN (SELECT unnest(${sql.strings(ids)})) GROUP BY trace_id`,
  span: (ids) => sql`
    SELECT trace_id || '/' || span_id AS id, coalesce(service || ' ', '') || name AS title,
      make_timestamp(start_ns // 1000) AS ts, "status" AS outcome
    FROM span
    WHERE trace_id IN (SELECT split_part(unnest(${sql.strings(ids)}), '/', 1))
      AND trace_id || '/' || span_id IN (SELECT unnest(${sql.strings(ids)}))`,
  link: (ids) => sql`
    SELECT l.event_id::VARCHAR || '/' || l.trace_id || '/' || coalesce(l.span_id, '') AS id,
      'link (' || l."level" || '): ' || ${eventTitle} AS title, e.ts, e.outcome
    FROM link l JOIN access_event e USING (event_id)
    WHERE l.event_id IN (SELECT TRY_CAST(split_part(unnest(${sql.strings(ids)}), '/', 1) AS UBIGINT))
      AND l.event_id::VARCHAR || '/' || l.trace_id || '/' || coalesce(l.span_id, '') IN (SELECT unnest(${sql.strings(ids)}))`,
  actor: (ids) => sql`
    SELECT actor_key AS id, 'actor ' || min(coalesce(actor_name, actor_email, actor_id, actor_key)) AS title,
      min(ts) AS ts, NULL AS outcome
    FROM access_event WHERE actor_key IN (SELECT unnest(${sql.strings(ids)})) GROUP BY actor_key`,
  address: (ids) => sql`
    SELECT src_ip AS id, 'address ' || src_ip AS title, min(ts) AS ts, NULL AS outcome
    FROM access_event WHERE src_ip IN (SELECT unnest(${sql.strings(ids)})) GROUP BY src_ip`,
  resource: (ids) => sql`
    SELECT resource_key AS id, 'resource ' || min(coalesce(resource_name, resource_key)) AS title, min(ts) AS ts,
      NULL AS outcome
    FROM access_event WHERE resource_key IN (SELECT unnest(${sql.strings(ids)})) GROUP BY resource_key`,
}

/** In the order asked for; what is not in the case comes back as not known. */
export async function describe(
  db: Database,
  targets: readonly NoteTarget[],
  signal?: AbortSignal,
): Promise<Described[]> {
  const found = new Map<string, Found>()
  for (const [kind, question] of Object.entries(questions)) {
    const ids = [...new Set(targets.filter((target) => target.kind === kind).map(({ id }) => id))]
    if (ids.length === 0) continue
    for (const { id, ...rest } of await db.all(Row, question(ids), signal)) found.set(markId({ kind, id }), rest)
  }
  return targets.map((target) => {
    const row = found.get(markId(target)) ?? withoutRecords(target)
    const ts = row?.ts ?? null
    return {
      target,
      known: row !== undefined,
      title: row?.title ?? `${target.kind} ${target.id}`,
      ts: ts === null ? null : (instant(ts) ?? ts),
      outcome: row?.outcome ?? null,
    }
  })
}

/** Targets that are known by how they are written. */
function withoutRecords({ kind, id }: NoteTarget): Found | undefined {
  switch (kind) {
    case 'case':
      return { title: 'the case', ts: null, outcome: null }
    case 'time': {
      const range = /^(-?\d{1,18})-(-?\d{1,18})$/.exec(id)
      if (range === null) return undefined
      const [from = '', to = ''] = range.slice(1).map((us) => formatShortest(BigInt(us)))
      return { title: `${from} to ${to}`, ts: from, outcome: null }
    }
    case 'node':
      return isNode(id) ? { title: id, ts: null, outcome: null } : undefined
    case 'edge': {
      const ends = edgeEnds(id)
      return ends === undefined ? undefined : { title: ends.join(' to '), ts: null, outcome: null }
    }
    default:
      return undefined
  }
}

function isNode(id: string): boolean {
  return nodeKinds.some((kind) => id.startsWith(`${kind}:`) && id.length > kind.length + 1)
}

function edgeEnds(id: string): readonly [string, string] | undefined {
  try {
    const parsed = z.tuple([z.string(), z.string()]).safeParse(JSON.parse(id))
    return parsed.success && parsed.data.every(isNode) ? parsed.data : undefined
  } catch {
    return undefined
  }
}

function instant(ts: string): string | undefined {
  const parsed = parseInstant(ts)
  return parsed === undefined ? undefined : formatShortest(parsed.us)
}

const sentences: Readonly<Record<NoteTarget['kind'], string>> = {
  event: 'There is no event with this id in the case.',
  span: 'There is no span with this id in the case.',
  link: 'There is no such link in the case.',
  trace: 'There is no trace with this id in the case.',
  node: 'A node is written as the graph names it, such as actor:NAME.',
  edge: 'An edge is written as a JSON array of its two nodes.',
  time: 'A time range is written as FROM-TO in microseconds.',
  actor: 'There is no actor with this key in the case.',
  address: 'There is no event from this address in the case.',
  resource: 'There is no resource with this key in the case.',
  case: '',
}

/** Errors: `not-found`, `usage` for what is written wrongly. */
export async function checkTargets(db: Database, targets: readonly NoteTarget[]): Promise<void> {
  const unknown = (await describe(db, targets)).find(({ known }) => !known)
  if (unknown === undefined) return
  const { kind } = unknown.target
  throw new AppError(kind === 'time' || kind === 'node' || kind === 'edge' ? 'usage' : 'not-found', sentences[kind])
}
