/** A region of the events against the rest: which values of which fields make the difference. */
import { z } from 'zod'
import { throwIfAborted } from '../../../common/errors'
import type { CallContext, Params, Result } from '../../../contract'
import type { Difference } from '../../../contract/contrast'
import { type Sql, sql } from '../../db/sql'
import { type Grouping, groupingOf, unnested } from '../columns'
import { typed } from '../count'
import { readsRecords } from '../readsRecords'
import { type Asking, all, scopeWhere } from '../scope'
import { eventFieldsToCompare, spanFieldsToCompare } from './fields'
import { chance, corrected } from './significance'

const Sizes = z.object({ inside: z.number(), outside: z.number() })
const Counted = z.object({
  field: z.number(),
  v: z.string().nullable(),
  inside: z.number(),
  outside: z.number(),
  inside_of: z.number(),
  outside_of: z.number(),
  compared: z.number(),
})
type Counted = z.output<typeof Counted>

/** The values of a field that differ most are looked at; the others count as compared. */
const perField = 60
/** What was seen once cannot tell anything. */
const fewest = 2
const significantBelow = 0.05

/** What is compared: `values` gives one row an event and value, with `inside`, `event_id` and `v`. */
interface Compared {
  readonly of: 'event' | 'span'
  readonly field: string
  readonly grouping?: Grouping
}

export async function contrast(
  asking: Asking,
  params: Params<'events.contrast'>,
  report: CallContext<'events.contrast'>['report'],
): Promise<Result<'events.contrast'>> {
  const region = sql`((${await scopeWhere(asking, params.region)}) IS TRUE)`
  const within =
    params.against === undefined ? sql`TRUE` : sql`(${region} OR (${await scopeWhere(asking, params.against)}))`
  const sizes = await asking.db.get(
    Sizes,
    sql`SELECT count(*) FILTER (WHERE i) AS inside, count(*) FILTER (WHERE NOT i) AS outside
      FROM (SELECT ${region} AS i FROM access_event WHERE ${within})`,
    asking.signal,
  )
  const { inside = 0, outside = 0 } = sizes ?? {}
  const nothing = { inside, outside, compared: 0, significant: 0, differences: [], truncated: false }
  if (inside === 0 || outside === 0) return nothing

  const fields = (params.fields ?? eventFieldsToCompare).map(
    (field): Compared => ({ of: 'event', field, grouping: groupingOf(field) }),
  )
  const spanFields = spanFieldsToCompare.map((field): Compared => ({ of: 'span', field }))
  const counted: { readonly what: Compared; readonly row: Counted }[] = []
  let compared = 0
  const take = (group: readonly Compared[], rows: readonly Counted[]) => {
    for (const [index, what] of group.entries()) {
      const own = rows.filter(({ field }) => field === index)
      compared += own[0]?.compared ?? 0
      counted.push(...own.map((row) => ({ what, row })))
    }
  }

  // A filter that reads the records is run once, keeping the columns; another one costs less than keeping them.
  const groups = readsRecords(all([region, within])) ? [fields] : fields.map((field) => [field])
  const steps = groups.length + 1
  for (const [index, group] of groups.entries()) {
    throwIfAborted(asking.signal)
    report({ field: group[0]?.field ?? '', done: index, total: steps })
    take(group, await asking.db.all(Counted, eventsSql(group, region, within, { inside, outside }), asking.signal))
  }
  report({ field: 'spans', done: steps - 1, total: steps })
  take(spanFields, await asking.db.all(Counted, spansSql(spanFields, region, within), asking.signal))
  return { inside, outside, compared, ...ranked(counted, compared, params.limit) }
}

function eventsSql(fields: readonly Compared[], region: Sql, within: Sql, sizes: z.output<typeof Sizes>): Sql {
  const kept = fields.map(({ grouping }, index) => sql`${grouping?.stored ?? sql`NULL`} AS ${sql.ident(`f${index}`)}`)
  const branches = fields.map(({ grouping }, index) => {
    const column = sql.ident(`f${index}`)
    const value = grouping?.list === true ? unnested(column) : column
    return branch(
      index,
      sql`SELECT CAST(v AS VARCHAR) AS v, count(*) FILTER (WHERE i) AS inside, count(*) FILTER (WHERE NOT i) AS outside
        FROM (SELECT i, ${value} AS v FROM marked) GROUP BY 1`,
      sql`${sizes.inside}::BIGINT`,
      sql`${sizes.outside}::BIGINT`,
    )
  })
  const materialized = fields.length > 1 ? sql`MATERIALIZED` : sql.empty
  return sql`
    WITH marked AS ${materialized} (SELECT ${region} AS i, ${sql.join(kept, ', ')} FROM access_event WHERE ${within})
    ${sql.join(branches, ' UNION ALL ')}`
}

/** Events that are linked to a span stand for themselves once, however many spans they are linked to. */
function spansSql(fields: readonly Compared[], region: Sql, within: Sql): Sql {
  const branches = fields.map(({ field }, index) =>
    branch(
      index,
      sql`SELECT CAST(${sql.ident(field)} AS VARCHAR) AS v, count(DISTINCT event_id) FILTER (WHERE i) AS inside,
          count(DISTINCT event_id) FILTER (WHERE NOT i) AS outside
        FROM linked GROUP BY 1`,
      sql`(SELECT count(DISTINCT event_id) FILTER (WHERE i) FROM linked)`,
      sql`(SELECT count(DISTINCT event_id) FILTER (WHERE NOT i) FROM linked)`,
    ),
  )
  return sql`
    WITH standing AS (SELECT event_id, trace_id, span_id FROM link
        WHERE span_id IS NOT NULL AND coalesce(verdict, '') <> 'rejected'),
      marked AS (SELECT event_id, ${region} AS i FROM access_event
        WHERE event_id IN (SELECT standing.event_id FROM standing) AND (${within})),
      linked AS MATERIALIZED (SELECT marked.event_id, marked.i,
          ${sql.join(
            fields.map(({ field }) => sql`s.${sql.ident(field)}`),
            ', ',
          )}
        FROM marked JOIN standing USING (event_id)
          JOIN span s ON s.trace_id = standing.trace_id AND s.span_id = standing.span_id)
    ${sql.join(branches, ' UNION ALL ')}`
}

function branch(index: number, counts: Sql, insideOf: Sql, outsideOf: Sql): Sql {
  return sql`(
    SELECT ${index} AS field, v, inside, outside, inside_of, outside_of, count(*) OVER () AS compared
    FROM (SELECT *, ${insideOf} AS inside_of, ${outsideOf} AS outside_of FROM (${counts}))
    WHERE inside + outside >= ${fewest} AND inside_of > 0 AND outside_of > 0
    QUALIFY count(*) OVER () > 1 OR inside + outside < inside_of + outside_of
    ORDER BY abs(inside / inside_of - outside / outside_of) DESC, v NULLS LAST
    LIMIT ${perField})`
}

function ranked(
  counted: readonly { readonly what: Compared; readonly row: Counted }[],
  compared: number,
  limit: number,
): Pick<Result<'events.contrast'>, 'significant' | 'differences' | 'truncated'> {
  const differences = counted
    .map(
      ({ what, row }): Difference => ({
        of: what.of,
        field: what.field,
        value: what.grouping === undefined ? row.v : typed(row.v, what.grouping),
        inside: row.inside,
        outside: row.outside,
        insideOf: row.inside_of,
        outsideOf: row.outside_of,
        shareDifference: row.inside / row.inside_of - row.outside / row.outside_of,
        p: corrected(
          chance({ inside: row.inside, insideOf: row.inside_of, outside: row.outside, outsideOf: row.outside_of }),
          compared,
        ),
      }),
    )
    .filter(({ shareDifference }) => shareDifference !== 0)
    .sort(
      (a, b) =>
        Number(b.p < significantBelow) - Number(a.p < significantBelow) ||
        Math.abs(b.shareDifference) - Math.abs(a.shareDifference) ||
        a.p - b.p ||
        compareText(a.field, b.field) ||
        compareText(String(a.value), String(b.value)),
    )
  return {
    significant: differences.filter(({ p }) => p < significantBelow).length,
    differences: differences.slice(0, limit),
    truncated: differences.length > limit,
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
