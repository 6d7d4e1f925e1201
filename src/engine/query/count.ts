/** Counts: of a scope, by any field, of several fields at once, and the known values of one. */
import { z } from 'zod'
import type { Params, Result } from '../../contract'
import type { ValueCount } from '../../contract/shared'
import { type Sql, sql } from '../db/sql'
import type { Cell } from '../db/values'
import { type Grouping, groupingOf, unnested } from './columns'
import { json } from './eventJson'
import { type Asking, scopeWhere } from './scope'

type Counted = z.output<typeof ValueCount>

const CountRow = z.object({ n: z.number() })

export async function countEvents(asking: Asking, params: Params<'events.count'>): Promise<Result<'events.count'>> {
  const where = await scopeWhere(asking, params.scope)
  const grouping = params.by === undefined ? undefined : groupingOf(params.by)
  const total = await asking.db.get(CountRow, sql`SELECT count(*) AS n FROM access_event WHERE ${where}`, asking.signal)
  const count = total?.n ?? 0
  if (grouping === undefined) return { count, groups: [], truncated: false }
  const rows = await asking.db.rows(groupSql(grouping, where, params.limit + 1), asking.signal)
  return {
    count,
    groups: rows.slice(0, params.limit).map((row) => toCount(row, grouping)),
    truncated: rows.length > params.limit,
  }
}

/** Most first; equal counts by value, so that the order is total. */
function groupSql(grouping: Grouping, where: Sql, limit: number): Sql {
  return sql`
    SELECT v, count(*) AS n
    FROM (SELECT ${grouping.expression} AS v FROM access_event WHERE ${where})
    GROUP BY v
    ORDER BY n DESC, v NULLS LAST
    LIMIT ${limit}`
}

function toCount(row: Readonly<Record<string, Cell>>, grouping: Grouping): Counted {
  return { value: typed(row.v ?? null, grouping), count: Number(row.n) }
}

/** Facets travel as text through one UNION ALL; numbers and booleans get their type back. */
export function typed(value: Cell, grouping: Grouping): Counted['value'] {
  if (typeof value !== 'string') return json(value)
  if (grouping.type === 'boolean') return value === 'true'
  if (grouping.type === 'number' || grouping.type === 'duration') {
    const number = Number(value)
    return Number.isSafeInteger(number) || (!Number.isInteger(number) && Number.isFinite(number)) ? number : value
  }
  return value
}

export async function facets(asking: Asking, params: Params<'events.facets'>): Promise<Result<'events.facets'>> {
  const where = await scopeWhere(asking, params.scope)
  const groupings = params.fields.map(groupingOf)
  // A filter is run once, keeping the asked columns of its rows; without one each branch reads its own column only.
  const filtered = params.scope.filter.trim() !== ''
  const head = filtered
    ? sql`WITH matching AS MATERIALIZED (SELECT ${sql.join(
        groupings.map((grouping, index) => sql`${grouping.stored} AS ${sql.ident(`f${index}`)}`),
        ', ',
      )} FROM access_event WHERE ${where})`
    : sql.empty
  const valuesOf = (grouping: Grouping, index: number) => {
    if (!filtered) return sql`SELECT ${grouping.expression} AS v FROM access_event WHERE ${where}`
    const kept = sql.ident(`f${index}`)
    return sql`SELECT ${grouping.list ? unnested(kept) : kept} AS v FROM matching`
  }
  const matching =
    params.match === '' ? sql`TRUE` : sql`contains(lower(CAST(v AS VARCHAR)), lower(${params.match.toWellFormed()}))`
  const direction = params.order === 'rare' ? sql`ASC` : sql`DESC`
  const branches = groupings.map(
    (grouping, index) => sql`(
      SELECT ${index} AS field, CAST(v AS VARCHAR) AS v, count(*) AS n
      FROM (${valuesOf(grouping, index)})
      WHERE ${matching}
      GROUP BY v
      ORDER BY n ${direction}, v NULLS LAST
      LIMIT ${params.limit + 1})`,
  )
  const rows = await asking.db.rows(
    sql`${head} SELECT field, v, n FROM (${sql.join(branches, ' UNION ALL ')}) ORDER BY field, n ${direction}, v NULLS LAST`,
    asking.signal,
  )
  return params.fields.map((field, index) => {
    const own = rows.filter((row) => row.field === index)
    const grouping = groupings[index]
    return {
      field,
      values: grouping === undefined ? [] : own.slice(0, params.limit).map((row) => toCount(row, grouping)),
      truncated: own.length > params.limit,
    }
  })
}

/** Values that contain `prefix`, whatever its case: those that begin with it first, then the most frequent. */
export async function fieldValues(asking: Asking, params: Params<'fields.values'>): Promise<Result<'fields.values'>> {
  const grouping = groupingOf(params.field)
  const rows = await asking.db.rows(
    sql`
      SELECT v, count(*) AS n
      FROM (SELECT ${grouping.expression} AS v FROM access_event)
      WHERE v IS NOT NULL AND contains(lower(CAST(v AS VARCHAR)), lower(${params.prefix}))
      GROUP BY v
      ORDER BY starts_with(lower(CAST(v AS VARCHAR)), lower(${params.prefix})) DESC, n DESC, v
      LIMIT ${params.limit}`,
    asking.signal,
  )
  return rows.map((row) => toCount(row, grouping))
}
