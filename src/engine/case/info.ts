import { z } from 'zod'
import { formatShortest } from '../../common/time'
import type { CaseInfo, OpenCase } from '../../contract/case'
import type { CaseSession } from '../context'
import { sql } from '../db/sql'

const countedTables = [
  'access_event',
  'span',
  'span_event',
  'span_link',
  'log_record',
  'metric_series',
  'metric_point',
  'link',
  'source_file',
  'import_reject',
  'note',
] as const

/** Counts per table and source, time span, journal head. */
export async function caseInfo(session: CaseSession): Promise<CaseInfo> {
  const { db, meta, journal } = session
  const counts = sql.join(
    countedTables.map((name) => sql`SELECT ${name} AS name, count(*) AS n FROM ${sql.ident(name)}`),
    ' UNION ALL ',
  )
  const tables = await db.all(z.object({ name: z.string(), n: z.number() }), counts)
  const sources = await db.all(
    z.object({ source: z.string(), count: z.number() }),
    sql`
      SELECT source, count(*) AS count FROM access_event GROUP BY source
      UNION ALL SELECT 'trace', count(*) FROM span HAVING count(*) > 0
      ORDER BY count DESC, source`,
  )
  const span = await timeSpan(session, timedTables)
  return {
    id: meta.id,
    title: meta.title,
    created: meta.created,
    tables: Object.fromEntries(tables.map(({ name, n }) => [name, n])),
    sources,
    firstTs: span.fromUs === null ? null : formatShortest(span.fromUs),
    lastTs: span.toUs === null ? null : formatShortest(span.toUs),
    journal: { seq: journal.seq, head: journal.head },
  }
}

const Span = z.object({
  fromUs: z.coerce.number().nullable(),
  toUs: z.coerce.number().nullable(),
})

type TimedTable = 'access_event' | 'span' | 'log_record' | 'metric_point'
const timedTables: readonly TimedTable[] = ['access_event', 'span', 'log_record', 'metric_point']
/** What the views draw on the axis of time. */
const drawnTables: readonly TimedTable[] = ['access_event', 'span']

async function timeSpan(session: CaseSession, tables: readonly TimedTable[]): Promise<z.infer<typeof Span>> {
  const row = await session.db.get(
    Span,
    sql`
      SELECT epoch_us(min(ts)) AS "fromUs", epoch_us(max(ts)) AS "toUs"
      FROM (${sql.join(
        tables.map((table) => sql`SELECT ts FROM ${sql.ident(table)}`),
        ' UNION ALL ',
      )})`,
  )
  return row ?? { fromUs: null, toUs: null }
}

export async function describeOpenCase(session: CaseSession): Promise<OpenCase> {
  const span = await timeSpan(session, drawnTables)
  return {
    info: await caseInfo(session),
    span: span.fromUs === null || span.toUs === null ? null : { fromUs: span.fromUs, toUs: span.toUs },
    notices: [...session.notices],
  }
}
