import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sql } from '../../src/engine/db/sql'
import { importSources } from '../../src/engine/import/import'
import { type EventTruth, type Generated, generated } from '../support/generated'
import { type TempCase, tempCase } from '../support/tempCase'

const Event = z.object({
  name: z.string(),
  record_no: z.coerce.number(),
  source: z.string(),
  source_event_id: z.string().nullable(),
  outcome: z.string(),
  span: z.string().nullable(),
})

const variants = [
  { scenario: 'ids-some-wrong', axes: {} },
  { scenario: 'whole-seconds,dropped-audit,ids-none', axes: { 'pg-format': 'json' } },
  { scenario: 'hardest', axes: { 'pg-format': 'stderr', metrics: 'prometheus' } },
  { scenario: 'person-actor,retries,jitter,sampling-10', axes: { precision: 'ms' } },
] as const

describe.each(variants)('a generated workload, imported: $scenario $axes', ({ scenario, axes }) => {
  let workload: Generated
  let temp: TempCase
  let totals: Awaited<ReturnType<typeof importSources>>
  let events: readonly z.infer<typeof Event>[]

  beforeAll(async () => {
    workload = generated({ seed: 17, scale: 2_500, scenario, axes: { incidents: '2', ...axes } })
    temp = await tempCase()
    totals = await importSources(temp.session, { paths: [workload.exports] })
    const rows = await temp.session.db.rows(sql`
      SELECT f.name, e.record_no, e.source, e.source_event_id, e.outcome, e.trace_id || '/' || e.span_id AS span
      FROM access_event e JOIN source_file f USING (import_id)`)
    events = rows.map((row) => Event.parse(row))
  })
  afterAll(async () => {
    await temp.remove()
    workload.remove()
  })

  it('loses nothing and has nothing twice', () => {
    expect(totals.files.filter(({ status }) => status !== 'imported')).toEqual([])
    expect(totals.totals).toMatchObject({ files: workload.summary.files.length, rejected: 0, duplicate: 0, skipped: 0 })
  })

  it('has as many events of each source, and as many spans of each service, as the truth says', async () => {
    const count = async (column: 'source' | 'service', table: 'access_event' | 'span') => {
      const rows = await temp.session.db.rows(sql`
        SELECT ${sql.ident(column)} AS name, count(*)::INTEGER AS count FROM ${sql.ident(table)} GROUP BY 1`)
      return Object.fromEntries(rows.map((row) => [String(row.name), Number(row.count)]))
    }
    expect(await count('source', 'access_event')).toEqual(workload.summary.counts.events)
    expect(await count('service', 'span')).toEqual(workload.summary.counts.spans)
  })

  it('is found in the truth, record by record, and by its id where the source has one', () => {
    const rows = new Map(workload.events.map((row) => [`${row.file} ${row.record}`, row]))
    const found = events.map((event) => [event, rows.get(`${event.name} ${event.record_no}`)] as const)
    expect(found.filter(([event, row]) => row?.source !== event.source)).toEqual([])
    const stated = found.filter(([event]) => event.source_event_id !== null)
    expect(stated.filter(([event, row]) => row?.id !== event.source_event_id)).toEqual([])
    const nameless = new Set(found.filter(([event]) => event.source_event_id === null).map(([event]) => event.source))
    const withoutIds =
      'pg-format' in axes && axes['pg-format'] === 'stderr' ? ['http_access', 'pgaudit'] : ['http_access']
    expect(nameless).toEqual(new Set(withoutIds))
    expect(found.filter(([event, row]) => row?.outcome !== undefined && row.outcome !== event.outcome)).toEqual([])
  })

  it('names the span in its records exactly where the id was kept or is wrong', () => {
    const byPlace = new Map(events.map((event) => [`${event.name} ${event.record_no}`, event]))
    const statements = workload.events.filter(({ what, ids }) => what === 'statement' && ids !== undefined)
    const wrong = statements.filter(
      (row) => !traceFits(row, byPlace.get(`${row.file} ${row.record}`)?.span ?? undefined),
    )
    expect(wrong).toEqual([])
  })
})

/** A wrong context can be that of an earlier operation of the same trace; that of a lost span is not in the truth. */
function traceFits({ ids, trace_id, span_id }: EventTruth, stated: string | undefined): boolean {
  if (ids === 'removed') return stated === undefined
  return stated !== undefined && (span_id === undefined || (stated === `${trace_id}/${span_id}`) === (ids === 'kept'))
}
