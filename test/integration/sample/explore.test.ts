import { expect, it } from 'vitest'
import { sql } from '../../../src/engine/db/sql'
import { importSources } from '../../../src/engine/import/import'
import { tempCase } from '../../support/tempCase'

it('x', async () => {
  const temp = await tempCase()
  const result = await importSources(temp.session, { paths: ['resources/sample'] })
  console.log(JSON.stringify(result.totals), result.elapsedMs)
  for (const f of result.files) if (f.records.rejected > 0 || f.status !== 'imported') console.log(JSON.stringify(f))
  const show = async (q: ReturnType<typeof sql>) =>
    console.log((await temp.session.db.rows(q)).map((r) => Object.values(r).join(' | ')).join('\n'))
  await show(sql`SELECT source, outcome, count(*) FROM access_event GROUP BY ALL ORDER BY ALL`)
  await show(sql`SELECT count(*), count(DISTINCT trace_id), count(*) FILTER (status='error') FROM span`)
  await show(sql`SELECT service, count(*) FROM span GROUP BY ALL`)
  await show(sql`SELECT severity, count(*), any_value(body) FROM log_record GROUP BY ALL`)
  await show(
    sql`SELECT 'trace', count(*) FROM access_event e WHERE EXISTS (FROM span s WHERE s.trace_id=e.trace_id AND s.span_id=e.span_id)`,
  )
  await show(
    sql`SELECT 'aws', count(*) FROM access_event e WHERE source='cloudtrail' AND EXISTS (FROM span s WHERE s.aws_request_id=e.request_id)`,
  )
  await show(
    sql`SELECT 'audit', count(*) FROM access_event e WHERE EXISTS (FROM span s WHERE s.k8s_audit_id=e.request_id)`,
  )
  await show(
    sql`SELECT 'xreq', count(*) FROM access_event e WHERE source='pgaudit' AND EXISTS (FROM span s WHERE s.x_request_id=e.request_id)`,
  )
  await show(
    sql`SELECT ts, source, actor_key, action, outcome, outcome_code, policy_type, policy_effect, policy, resource_key, src_ip FROM access_event WHERE src_ip IN ('192.0.2.77','10.20.7.113') OR outcome='denied' ORDER BY ts, event_id`,
  )
  await show(
    sql`SELECT action, ts, duration_us, db_rows, left(db_statement,60) FROM access_event WHERE source='pgaudit' AND duration_us>1000000 and action<>'disconnection'`,
  )
  await show(sql`SELECT actor_key, actor_type, count(*) FROM access_event GROUP BY ALL ORDER BY 3 DESC`)
  await show(sql`SELECT flags, source, count(*) FROM access_event GROUP BY ALL ORDER BY 3 DESC`)
  await temp.remove()
  expect(1).toBe(1)
})
