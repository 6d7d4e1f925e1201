/** Text in the records themselves, searched slice by slice so that the first hits come long before the last. */
import { z } from 'zod'
import { throwIfAborted } from '../../../common/errors'
import type { CallContext, Params, Result } from '../../../contract'
import type { SearchHit } from '../../../contract/search'
import { Outcome } from '../../../contract/shared'
import { type Sql, sql } from '../../db/sql'
import { readsRecords } from '../readsRecords'
import { type Asking, all, scopeWhere } from '../scope'
import { newestFirst } from './slices'

const aroundCharacters = 80

const Count = z.object({ n: z.number() })
const Found = z.object({
  event_id: z.string(),
  us: z.coerce.number().nullable(),
  source: z.string(),
  action: z.string().nullable(),
  actor: z.string().nullable(),
  outcome: Outcome,
  before: z.string(),
  match: z.string(),
  after: z.string(),
})

/** Where only the window narrows, the rows are counted without reading anything; a filter that reads records runs once. */
export async function searchRecords(
  asking: Asking,
  params: Params<'events.search'>,
  report: CallContext<'events.search'>['report'],
): Promise<Result<'events.search'>> {
  const text = params.text.toWellFormed()
  const { limit } = params
  const scoped = await scopeWhere(asking, params.scope)
  const outer = readsRecords(scoped) ? await scopeWhere(asking, { ...params.scope, filter: '' }) : scoped
  const counted = (where: Sql) =>
    asking.db
      .get(Count, sql`SELECT count(*) AS n FROM access_event WHERE ${where}`, asking.signal)
      .then((row) => row?.n ?? 0)
  const total = await counted(outer)
  let searched = 0
  let found = 0
  if (total === 0) return { searched, total, found, truncated: false }
  for (const { condition, fromUs } of await newestFirst(asking, outer, total)) {
    throwIfAborted(asking.signal)
    const left = limit - found
    const rows = await asking.db.all(
      Found,
      sliceSql(all([condition, sql`(${scoped})`]), { ...params, text, limit: left + 1 }),
      asking.signal,
    )
    const hits = rows.slice(0, left).map(toHit)
    found += hits.length
    // A slice that was cut short does not count as searched.
    if (rows.length > left) {
      report({ searched, total, downToUs: hits.at(-1)?.tsUs ?? null, hits })
      return { searched, total, found, truncated: true }
    }
    searched += await counted(all([condition, sql`(${outer})`]))
    report({ searched, total, downToUs: fromUs, hits })
  }
  return { searched, total, found, truncated: false }

  function toHit(row: z.output<typeof Found>): SearchHit {
    const { event_id, us, source, action, actor, outcome, before, match, after } = row
    return {
      eventId: event_id,
      tsUs: us,
      source,
      action,
      actor,
      outcome,
      before,
      match: match === '' ? text : match,
      after,
    }
  }
}

/** The rows are found by their records alone; the text around the place is cut out for the hits only. */
function sliceSql(where: Sql, { text, caseSensitive, limit }: Params<'events.search'>): Sql {
  const matches = caseSensitive ? sql`contains(raw, ${text})` : sql`regexp_matches(raw, regexp_escape(${text}), 'i')`
  const at = caseSensitive ? sql`instr(raw, ${text})` : sql`instr(lower(raw), lower(${text}))`
  return sql`
    WITH found AS (
      SELECT event_id, seq, ts, source, action, coalesce(actor_name, actor_id, actor_key) AS actor, outcome, raw,
        greatest(${at}, 1) AS "at"
      FROM access_event
      WHERE rowid IN (SELECT rowid FROM access_event WHERE ${where} AND ${matches} ORDER BY ts DESC, seq DESC LIMIT ${limit})
    )
    SELECT CAST(event_id AS VARCHAR) AS event_id, epoch_us(ts) AS us, source, action, actor, outcome,
      substr(raw, greatest(1, "at" - ${aroundCharacters}), least("at" - 1, ${aroundCharacters})) AS "before",
      substr(raw, "at", ${[...text].length}) AS "match",
      substr(raw, "at" + ${[...text].length}, ${aroundCharacters * 2}) AS "after"
    FROM found
    ORDER BY ts DESC, seq DESC`
}
