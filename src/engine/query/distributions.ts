/**
 * How the values of a number or time field spread over the events of a scope: bins sized to a small drawing. Every
 * event that has the field is in exactly one bin; the others are counted as absent.
 */
import { z } from 'zod'
import { AppError } from '../../common/errors'
import type { Params, Result } from '../../contract'
import { type Sql, sql } from '../db/sql'
import { buckets } from './buckets'
import { eventFields } from './filter/eventFields'
import { findField } from './filter/field'
import { type Asking, scopeWhere } from './scope'

const RangeRow = z.object({ low: z.coerce.number().nullable(), high: z.coerce.number().nullable(), absent: z.number() })
const BinRow = z.object({ b: z.number(), n: z.number() })

/** A range over this many times its low end is drawn in logarithmic bins: most durations would share one bin else. */
const LOG_FROM = 1_000

/** Errors: `filter.invalid` for a field that is no whole number, duration or time. */
export async function distributions(
  asking: Asking,
  params: Params<'events.distributions'>,
): Promise<Result<'events.distributions'>> {
  const where = await scopeWhere(asking, params.scope)
  return Promise.all(params.fields.map((field) => distribution(asking, field, where, params.bins)))
}

async function distribution(
  asking: Asking,
  field: string,
  where: Sql,
  most: number,
): Promise<Result<'events.distributions'>[number]> {
  const { time, value } = measured(field)
  const range = await asking.db.get(
    RangeRow,
    sql`
      SELECT min(v)::VARCHAR AS low, max(v)::VARCHAR AS high, count(*) - count(v) AS absent
      FROM (SELECT ${value} AS v FROM access_event WHERE ${where})`,
    asking.signal,
  )
  const absent = range?.absent ?? 0
  if (range?.low == null || range.high === null) return { field, scale: 'linear', edges: [], count: [], absent }
  const { scale, edges, bin } = time ? timeBins(range.low, range.high, most) : numberBins(range.low, range.high, most)
  const rows = await asking.db.all(
    BinRow,
    sql`
      SELECT ${bin} AS b, count(*) AS n
      FROM (SELECT ${value} AS v FROM access_event WHERE ${where})
      WHERE v IS NOT NULL
      GROUP BY b
      ORDER BY b`,
    asking.signal,
  )
  const count = new Array<number>(edges.length - 1).fill(0)
  for (const { b, n } of rows) {
    count[b] = n
  }
  return { field, scale, edges: [...edges], count, absent }
}

function measured(name: string): { readonly time: boolean; readonly value: Sql } {
  const field = findField(eventFields, name)
  const column = field?.columns[0]
  const whole = field?.type === 'number' || field?.type === 'duration'
  if (field === undefined || column === undefined || field.list !== undefined || !(whole || field.type === 'time'))
    throw new AppError('filter.invalid', `“${name}” is no field of numbers or times.`, {
      position: 0,
      suggestion: null,
    })
  const stored = sql.ident(column)
  return field.type === 'time'
    ? { time: true, value: sql`epoch_us(${stored})` }
    : { time: false, value: sql`CAST(floor(CAST(${stored} AS DOUBLE)) AS BIGINT)` }
}

interface Bins {
  readonly scale: 'linear' | 'log'
  /** One more than bins; bin `i` holds `edges[i] <= v < edges[i + 1]`. */
  readonly edges: readonly number[]
  /** The bin of `v`. */
  readonly bin: Sql
}

function timeBins(low: number, high: number, most: number): Bins {
  const { startUs, widthUs, count } = buckets(low, high, most)
  return even(startUs, widthUs, count)
}

function even(start: number, width: number, count: number): Bins {
  return {
    scale: 'linear',
    edges: Array.from({ length: count + 1 }, (_, index) => start + index * width),
    bin: sql`(v - ${BigInt(start)}::BIGINT) // ${BigInt(width)}::BIGINT`,
  }
}

/** Widths of 1, 2 or 5 times a power of ten; over wide ranges edges at such numbers, closer together near zero. */
function numberBins(low: number, high: number, most: number): Bins {
  if (low < 0 || high < LOG_FROM * Math.max(1, low)) {
    const { start, width, count } = roundBins(low, high, most)
    return even(start, width, count)
  }
  const edges = low < 1 ? [0] : []
  for (let decade = 1; (edges.at(-1) ?? 0) <= high; decade *= 10)
    for (const step of [1, 2, 5]) if ((edges.at(-1) ?? 0) <= high) edges.push(step * decade)
  while (edges[1] !== undefined && edges[1] <= low) edges.shift()
  const kept = thinned(edges, most)
  const cases = kept.slice(1, -1).map((edge, index) => sql`WHEN v < ${BigInt(edge)}::BIGINT THEN ${index}`)
  const last = kept.length - 2
  return {
    scale: 'log',
    edges: kept,
    bin: cases.length === 0 ? sql`0` : sql`CASE ${sql.join(cases, ' ')} ELSE ${last} END`,
  }
}

interface EvenBins {
  readonly start: number
  readonly width: number
  readonly count: number
}

function roundBins(low: number, high: number, most: number): EvenBins {
  for (let decade = 1; ; decade *= 10)
    for (const step of [1, 2, 5]) {
      const width = step * decade
      const start = Math.floor(low / width) * width
      const count = Math.floor((high - start) / width) + 1
      if (count <= most) return { start, width, count }
    }
}

/** Every n-th edge, both ends kept, so that at most `most` bins remain. */
function thinned(edges: readonly number[], most: number): readonly number[] {
  const every = Math.ceil((edges.length - 1) / most)
  return edges.filter((_, index) => index % every === 0 || index === edges.length - 1)
}
