import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sql } from '../../../src/engine/db/sql'
import { importSources } from '../../../src/engine/import/import'
import { computeLinks } from '../../../src/engine/links/handlers'
import { listLinks } from '../../../src/engine/links/list'
import { getTrace } from '../../../src/engine/traces/getTrace'
import { hasSharedData, sharedData, sharedDataNotice } from '../../support/sharedData'
import { type TempCase, tempCase } from '../../support/tempCase'

describe.skipIf(!hasSharedData)(`links and traces of real exports${sharedDataNotice}`, () => {
  let temp: TempCase
  beforeEach(async () => {
    temp = await tempCase()
  })
  afterEach(() => temp.remove())

  const asking = () => ({ db: temp.session.db, now: new Date() })
  const joint = (log: string) =>
    importSources(temp.session, {
      paths: [log, 'orders-api.otlp.json', 'web-frontend.otlp.json'].map((name) =>
        sharedData('joint-postgres-otlp', name),
      ),
    })

  it.each(['postgresql.csv', 'postgresql.json'])('links each statement of %s to the span that ran it', async (log) => {
    await joint(log)
    const result = await computeLinks(temp.session.db)
    const exact = await temp.session.db.rows(sql`
      SELECT "level", count(*) AS n, count(DISTINCT span_id) AS spans FROM link WHERE starts_with("method", 'exact') GROUP BY ALL`)
    expect(exact).toEqual([{ level: 'certain', n: result.links.certain, spans: 136 }])
    const denied = await listLinks(asking(), { where: 'outcome:denied', limit: 1000 })
    expect(new Set(denied.links.map((link) => link.span_id)).size).toBe(12)
    const wrong = await temp.session.db.rows(sql`
      SELECT count(*) AS n FROM link l JOIN access_event e ON e.event_id = l.event_id
      WHERE l.trace_id <> e.trace_id OR l.span_id <> e.span_id`)
    expect(wrong).toEqual([{ n: 0 }])
  })

  it('links the injected statements, whose comment carries no trace, to the spans that ran them', async () => {
    await joint('postgresql.csv')
    await computeLinks(temp.session.db)
    const scored = await temp.session.db.rows(sql`
      SELECT l."level", count(*) AS n, count(DISTINCT l.span_id) AS spans,
        count(*) FILTER (WHERE contains(e.db_statement, 'union select') AND contains(s.db_statement, 'union select')) AS injected
      FROM link l JOIN access_event e USING (event_id) JOIN span s ON s.trace_id = l.trace_id AND s.span_id = l.span_id
      WHERE NOT starts_with(l."method", 'exact') GROUP BY ALL`)
    expect(scored).toEqual([{ level: 'strong', n: 6, spans: 6, injected: 6 }])
  })

  it('has every span of a trace with shared ids once, the server below its client', async () => {
    await importSources(temp.session, { paths: [sharedData('traces', 'zipkin', 'zipkin-lens', 'yelp.json')] })
    const [row] = await temp.session.db.rows(sql`SELECT any_value(trace_id) AS id, count(*) AS n FROM span`)
    const tree = await getTrace(temp.session.db, String(row?.id))
    expect(tree.spans).toHaveLength(Number(row?.n))
    const depths = new Map<string, (number | undefined)[]>()
    for (const span of tree.spans) depths.set(span.span_id, [...(depths.get(span.span_id) ?? []), span.depth])
    const shared = [...depths.values()].filter((own) => own.length > 1)
    // A fourth span is marked as shared, but its client is not in the file.
    expect(shared).toHaveLength(3)
    for (const [client = 0, server] of shared) expect(server).toBe(client + 1)
  })
})
