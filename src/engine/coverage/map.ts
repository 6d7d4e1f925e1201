/** The coverage map: how many accesses, spans and links there are, per area of a source and per service, over time. */
import { z } from 'zod'
import type { Params } from '../../contract'
import type { CoverageMap, CoverageRow, CoverageState, Silence } from '../../contract/analyses'
import { sql } from '../db/sql'
import { buckets } from '../query/buckets'
import { type Asking, all, inWindow, scopeWhere } from '../query/scope'
import { areaOf, clientOf, judgedClasses, tied, tiedSpans } from './areas'
import { declaredRate, wilson } from './sampling'
import { listSilences } from './silences'

const Extent = z.object({ first: z.coerce.number().nullable(), last: z.coerce.number().nullable() })
const Cell = z.object({
  kind: z.enum(['area', 'service']),
  source: z.string().nullable(),
  area: z.string(),
  b: z.number(),
  events: z.number(),
  linked: z.number(),
  spans: z.number(),
})
const Row = z.object({
  kind: z.enum(['area', 'service']),
  source: z.string().nullable(),
  area: z.string(),
  services: z.array(z.string()),
  declared: z.number().nullable(),
  n: z.number(),
  tied: z.number(),
})

/** As good as everything: a span may be lost on the way. */
const fullShare = 0.99
/** Fewer accesses of traced programs say nothing of the rate. */
const leastForRate = 5

export async function coverageMap(asking: Asking, params: Params<'coverage.map'>): Promise<CoverageMap> {
  const { db, signal } = asking
  const where = await scopeWhere(asking, params.scope)
  const spanWhere = params.scope.window === undefined ? sql`TRUE` : inWindow(params.scope.window)
  const extent = await db.get(
    Extent,
    sql`
      SELECT epoch_us(min(ts))::VARCHAR AS first, epoch_us(max(ts))::VARCHAR AS last FROM (
        SELECT min(ts) AS ts FROM access_event WHERE ${where} UNION ALL SELECT max(ts) FROM access_event WHERE ${where}
        UNION ALL SELECT min(ts) FROM span WHERE ${spanWhere} UNION ALL SELECT max(ts) FROM span WHERE ${spanWhere})`,
    signal,
  )
  if (extent?.first == null || extent.last === null)
    return { startUs: 0, widthUs: 1, buckets: 0, rows: [], silences: [], truncated: false }
  const range = buckets(extent.first, extent.last, params.buckets)
  const bucket = sql`((epoch_us(ts) - ${BigInt(range.startUs)}::BIGINT) // ${BigInt(range.widthUs)}::BIGINT)::INTEGER`
  const common = sql`
    tie AS MATERIALIZED (${tied}),
    base AS MATERIALIZED (
      SELECT e.event_id, e.source, ${areaOf} AS area, coalesce(e.actor_key, '') AS actor, ${clientOf} AS client,
        coalesce(t.sure, false) AS sure, ${bucket} AS b
      FROM access_event e LEFT JOIN tie t ON t.event_id = e.event_id
      WHERE ${all([judgedClasses, sql`ts IS NOT NULL`, where])}
    ),
    pair AS MATERIALIZED (
      SELECT DISTINCT b.source, b.area, coalesce(s.service, '') AS service, s.row_id
      FROM (${tiedSpans}) t
      JOIN base b ON b.event_id = t.event_id
      JOIN span s ON s.trace_id = t.trace_id AND (t.span_id IS NULL OR s.span_id = t.span_id)
    ),
    reach AS MATERIALIZED (SELECT DISTINCT source, area, service FROM pair),
    seen AS MATERIALIZED (
      SELECT coalesce(service, '') AS service, ${bucket} AS b, count(*) AS spans, min(${declaredRate}) AS rate,
        count(*) FILTER (row_id IN (SELECT row_id FROM pair)) AS linked
      FROM span WHERE ${spanWhere} GROUP BY 1, 2
    )`
  const rows = await db.all(
    Row,
    sql`
      WITH ${common},
      client AS (
        SELECT source, area, count(*) AS n, count(*) FILTER (sure) AS tied FROM base GROUP BY source, area, actor, client
      ),
      traced AS (
        SELECT source, area, coalesce(sum(n) FILTER (tied > 0), 0)::BIGINT AS n, sum(tied)::BIGINT AS tied
        FROM client GROUP BY source, area
      ),
      stated AS (SELECT service, min(rate) AS rate FROM seen GROUP BY service)
      SELECT 'area' AS kind, t.source, t.area,
        coalesce(list_sort(list(r.service) FILTER (r.service <> '')), []) AS services, min(d.rate)::DOUBLE AS declared, t.n, t.tied
      FROM traced t
      LEFT JOIN reach r ON r.source = t.source AND r.area = t.area
      LEFT JOIN stated d ON d.service = r.service
      GROUP BY t.source, t.area, t.n, t.tied
      UNION ALL
      SELECT 'service', NULL, service, [], rate::DOUBLE, 0, 0 FROM stated
      ORDER BY kind, source, area`,
    signal,
  )
  const cells = await db.all(
    Cell,
    sql`
      WITH ${common},
      own AS (SELECT source, area, b, count(*) AS events, count(*) FILTER (sure) AS linked FROM base GROUP BY ALL),
      near AS (
        SELECT r.source, r.area, s.b, sum(s.spans)::BIGINT AS spans FROM reach r JOIN seen s ON s.service = r.service GROUP BY ALL
      )
      SELECT 'area' AS kind, coalesce(o.source, n.source) AS source, coalesce(o.area, n.area) AS area, coalesce(o.b, n.b) AS b,
        coalesce(o.events, 0) AS events, coalesce(o.linked, 0) AS linked, coalesce(n.spans, 0) AS spans
      FROM own o FULL JOIN near n ON n.source = o.source AND n.area = o.area AND n.b = o.b
      UNION ALL
      SELECT 'service', NULL, service, b, 0, linked, spans FROM seen
      ORDER BY kind, source, area, b`,
    signal,
  )
  const silences = await listSilences(asking)
  const made = rows.map((row) => toRow(row, cells, silences, range))
  made.sort((a, b) =>
    a.kind === b.kind ? b.linked - a.linked || b.events - a.events || b.spans - a.spans : a.kind < b.kind ? -1 : 1,
  )
  const kept = [...made.filter(({ kind }) => kind === 'area'), ...made.filter(({ kind }) => kind === 'service')]
  return {
    startUs: range.startUs,
    widthUs: range.widthUs,
    buckets: range.count,
    rows: kept.slice(0, params.maxRows),
    silences: silences.filter(
      ({ fromUs, toUs }) => toUs > range.startUs && fromUs < range.startUs + range.count * range.widthUs,
    ),
    truncated: kept.length > params.maxRows,
  }
}

type CellRow = z.output<typeof Cell>

function toRow(
  row: z.output<typeof Row>,
  cells: readonly CellRow[],
  silences: readonly Silence[],
  range: { readonly startUs: number; readonly widthUs: number },
): CoverageRow {
  const own = cells.filter(({ kind, source, area }) => kind === row.kind && source === row.source && area === row.area)
  const sum = (of: (cell: CellRow) => number) => own.reduce((total, cell) => total + of(cell), 0)
  const rate = rateOf(row)
  const full = rate !== null && rate.value >= fullShare
  const silent = (b: number) =>
    silences.some(
      ({ source, fromUs, toUs, expected }) =>
        source === row.source &&
        expected >= 1 &&
        fromUs <= range.startUs + b * range.widthUs &&
        toUs >= range.startUs + (b + 1) * range.widthUs,
    )
  return {
    kind: row.kind,
    source: row.source,
    area: row.area === '' ? '(no service)' : row.area,
    events: sum(({ events }) => events),
    linked: sum(({ linked }) => linked),
    spans: sum(({ spans }) => spans),
    services: row.services,
    rate,
    declared: row.declared,
    cells: own.map(({ b, events, linked, spans }) => [
      b,
      events,
      linked,
      spans,
      row.kind === 'service' ? 'traced' : stateOf(events, spans, full, silent(b)),
    ]),
  }
}

function stateOf(events: number, spans: number, full: boolean, silent: boolean): CoverageState {
  if (events === 0) return spans === 0 ? 'empty' : silent ? 'silent' : 'traced'
  if (spans === 0) return 'uncovered'
  return full ? 'covered' : 'sampled'
}

function rateOf({ kind, declared, n, tied: hits }: z.output<typeof Row>): CoverageRow['rate'] {
  if (kind === 'area' && n >= leastForRate) return { value: hits / n, ...wilson(hits, n), basis: 'estimated', n }
  return declared === null ? null : { value: declared, low: declared, high: declared, basis: 'declared', n: 0 }
}
