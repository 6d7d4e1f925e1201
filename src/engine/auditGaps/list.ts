/** The mirror of an access out of band: a traced call that should have left an event and did not. */
import { z } from 'zod'
import type { Params, Result } from '../../contract'
import type { AuditGap } from '../../contract/analyses'
import { auditedSpans } from '../coverage/auditedSpans'
import { listSilences, silence } from '../coverage/silences'
import { slices } from '../coverage/slices'
import { sql } from '../db/sql'
import { compileChecked } from '../query/filter/compile'
import { spanFields } from '../query/filter/spanFields'
import type { Asking } from '../query/scope'

const GapRow = z.object({
  trace_id: z.string(),
  span_id: z.string(),
  ts: z.string(),
  us: z.coerce.number(),
  service: z.string().nullable(),
  name: z.string(),
  kind: z.enum(['database', 'kubernetes', 'cloud', 'route']),
  source: z.string(),
  status: z.string(),
  what: z.string().nullable(),
  area: z.string(),
  alike: z.number(),
  alike_linked: z.number(),
  share: z.number(),
  silent: z.boolean(),
  total: z.number(),
})

/** `where` narrows spans, in the filter language of spans. Errors: `filter.invalid`. */
export async function listAuditGaps(
  asking: Asking,
  params: Params<'auditGaps.list'>,
): Promise<Result<'auditGaps.list'>> {
  const range = await slices(asking)
  if (range === undefined) return { gaps: [], total: 0, silences: [], truncated: false }
  const nowUs = BigInt(asking.now.getTime()) * 1000n
  const where =
    params.where.trim() === ''
      ? sql`TRUE`
      : (await compileChecked(asking.db, params.where, spanFields, nowUs, asking.signal)).where
  const rows = await asking.db.all(
    GapRow,
    sql`
      WITH ${silence}, ${auditedSpans}
      SELECT a.trace_id, a.span_id, strftime(a.ts, '%Y-%m-%dT%H:%M:%S.%fZ') AS ts, epoch_us(a.ts)::VARCHAR AS us,
        nullif(a.service, '') AS service, a.name, a.kind, a.source, s.status,
        coalesce(s.db_statement, s.cloud_resource, s.http_method || ' ' || coalesce(s.url_path, s.http_route)) AS what,
        coalesce(nullif(a.target, ''), a.kind) AS area, a.alike, a.alike_linked, a.share, a.silent,
        count(*) OVER () AS total
      FROM audited a JOIN (SELECT * FROM span WHERE ${where}) s ON s.row_id = a.row_id
      WHERE NOT a.linked
      ORDER BY a.ts, a.row_id
      LIMIT ${Math.max(1, params.limit)}`,
    asking.signal,
  )
  const gaps = rows
    .slice(0, params.limit)
    .map(({ us, area, share, total: _, alike_linked: alikeLinked, ...row }): AuditGap => {
      const fromUs = range.startUs + Math.floor((us - range.startUs) / range.widthUs) * range.widthUs
      return {
        ...row,
        alikeLinked,
        cell: { source: row.source, area, fromUs, toUs: fromUs + range.widthUs },
        reason: `${alikeLinked} of ${row.alike} spans alike (${row.name} of ${row.service ?? 'no service'}) have an event of ${row.source} – ${percent(share)} while the source speaks – and this one has none. ${
          row.silent ? 'It lies in a silence of the source.' : 'The source has events before and after it.'
        }`,
      }
    })
  const total = rows[0]?.total ?? 0
  return { gaps, total, silences: await listSilences(asking), truncated: gaps.length < total }
}

const percent = (share: number) => `${(share * 100).toFixed(share > 0.99 && share < 1 ? 1 : 0)} %`
