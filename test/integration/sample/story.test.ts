import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sql, sql } from '../../../src/engine/db/sql'
import { importSources } from '../../../src/engine/import/import'
import { computeLinks } from '../../../src/engine/links/handlers'
import { type TempCase, tempCase } from '../../support/tempCase'

const root = resolve(import.meta.dirname, '../../..')
const description = readFileSync(resolve(root, 'docs/sample.md'), 'utf8')

/** The number that docs/sample.md states in the row of this name. */
function stated(name: string): number {
  const row = description.split('\n').find((line) => line.startsWith(`| ${name} |`))
  return Number(row?.split('|')[2]?.trim().replaceAll(',', ''))
}

const intruder = '192.0.2.77'
const debugPod = '10.20.7.113'

describe('the sample incident', () => {
  let temp: TempCase
  let totals: Awaited<ReturnType<typeof importSources>>
  let links: Awaited<ReturnType<typeof computeLinks>>
  beforeAll(async () => {
    temp = await tempCase()
    totals = await importSources(temp.session, { paths: [resolve(root, 'resources/sample')] })
    links = await computeLinks(temp.session.db)
  }, 240_000)
  afterAll(() => temp.remove())

  const rows = async (query: Sql) => (await temp.session.db.rows(query)).map((row) => Object.values(row))
  const count = async (query: Sql) => Number((await rows(query))[0]?.[0])

  it('is read whole: nothing rejected, nothing twice, and the counts are those of its description', async () => {
    expect(totals.files.filter(({ status }) => status !== 'imported')).toEqual([])
    expect(totals.totals).toMatchObject({
      files: stated('files'),
      read: stated('records read'),
      skipped: stated('earlier stages skipped'),
      duplicate: 0,
      rejected: 0,
      access_event: stated('access events'),
      span: stated('spans'),
    })
    expect(await rows(sql`SELECT source, count(*)::INTEGER FROM access_event GROUP BY source ORDER BY source`)).toEqual(
      [
        ['cloudtrail', stated('CloudTrail calls')],
        ['k8s_audit', stated('Kubernetes requests')],
        ['pgaudit', stated('PostgreSQL events')],
      ],
    )
    expect(
      await rows(sql`SELECT count(DISTINCT trace_id)::INTEGER, count(DISTINCT service)::INTEGER FROM span`),
    ).toEqual([[stated('traces'), 5]])
    expect(
      await count(
        sql`SELECT count(*) FROM access_event WHERE flags IS NOT NULL AND list_contains(flags, 'clock_suspect')`,
      ),
    ).toBe(0)
  })

  it('links by four kinds of identifiers, each to the span that made the call', async () => {
    // Beside them, what shares no identifier is linked by its score; the story states the exact ones.
    expect(await count(sql`SELECT count(*) FROM link WHERE starts_with("method", 'exact')`)).toBe(stated('links'))
    expect(links.links.certain + links.links.strong).toBeGreaterThanOrEqual(stated('links'))
    const kinds = await rows(sql`
      SELECT CASE WHEN e.trace_source = 'sqlcommenter' THEN 'trace context' WHEN e.source = 'cloudtrail' THEN 'AWS request id'
        WHEN e.source = 'k8s_audit' THEN 'Kubernetes audit id' ELSE 'x-request-id' END AS kind, count(*)::INTEGER
      FROM link l JOIN access_event e USING (event_id) WHERE starts_with(l.method, 'exact') GROUP BY ALL ORDER BY kind`)
    expect(kinds).toEqual(
      ['AWS request id', 'Kubernetes audit id', 'trace context', 'x-request-id'].map((kind) => [
        kind,
        stated(`by ${kind}`),
      ]),
    )
    expect(
      await count(sql`
        SELECT count(*) FROM link l JOIN access_event e USING (event_id) JOIN span s ON s.trace_id = l.trace_id AND s.span_id = l.span_id
        WHERE e.ts < s.ts - INTERVAL 1 SECOND OR e.ts > make_timestamp((s.start_ns + s.duration_ns) // 1000) + INTERVAL 1 SECOND`),
    ).toBe(0)
  })

  it('shows the key of the pipelines used from a new address with a new tool', async () => {
    expect(
      await rows(sql`
        SELECT src_ip, ua_family, min(ts) FROM access_event
        WHERE credential_id = 'AKIACIDEPLOY7EXAMPLE' AND ts < TIMESTAMP '2026-03-17 11:00:00'
        GROUP BY ALL ORDER BY 3`),
    ).toEqual([
      ['203.0.113.40', 'aws-cli', expect.stringContaining('2026-03-17T07:18:05')],
      [intruder, 'Boto3', expect.stringContaining('2026-03-17T10:14:07')],
    ])
  })

  it('hands the deploy role to the intruder by a call whose key all later calls carry', async () => {
    expect(
      await rows(sql`
        SELECT a.ts, count(*)::INTEGER, count(DISTINCT b.src_ip)::INTEGER FROM access_event a
        JOIN access_event b ON b.credential_id = list_filter(a.correlation_ids, lambda x: x.kind = 'aws_issued_key')[1]."value"
        WHERE a.action = 'AssumeRole' AND a.outcome = 'success' AND a.src_ip = ${intruder} AND b.source = 'cloudtrail'
          AND b.src_ip IS NOT NULL
        GROUP BY a.ts`),
    ).toEqual([[expect.stringContaining('10:21:12'), 23, 1]])
  })

  it('refuses in all three systems, naming the kind of policy where the source does', async () => {
    expect(
      await rows(sql`
        SELECT source, coalesce(policy_type, '-'), policy_effect, count(*)::INTEGER FROM access_event
        WHERE outcome = 'denied' AND src_ip IN (${intruder}, ${debugPod}) GROUP BY ALL ORDER BY ALL`),
    ).toEqual([
      ['cloudtrail', 'identity-based', 'explicit_deny', 2],
      ['cloudtrail', 'identity-based', 'implicit_deny', 16],
      ['cloudtrail', 'resource-based', 'explicit_deny', 2],
      ['cloudtrail', 'resource-based', 'implicit_deny', 1],
      ['cloudtrail', 'service control', 'explicit_deny', 1],
      ['k8s_audit', '-', 'implicit_deny', 8],
      ['pgaudit', 'pg_hba', 'implicit_deny', 1],
      ['pgaudit', 'privilege', 'implicit_deny', 3],
    ])
  })

  it('has the policy changes between the refusals and the reads that they allow', async () => {
    expect(
      await rows(sql`
        SELECT source, action, outcome, min(ts) FROM access_event
        WHERE src_ip = ${intruder} AND (action IN ('PutRolePolicy', 'AttachRolePolicy', 'GetSecretValue')
          OR (source = 'k8s_audit' AND resource_type IN ('clusterrolebindings', 'secrets')))
          AND ts < TIMESTAMP '2026-03-17 11:00:00'
        GROUP BY ALL ORDER BY 4`),
    ).toEqual([
      ['cloudtrail', 'GetSecretValue', 'denied', expect.stringContaining('10:22:48')],
      ['k8s_audit', 'list', 'denied', expect.stringContaining('10:28:04')],
      ['k8s_audit', 'get', 'denied', expect.stringContaining('10:28:')],
      ['cloudtrail', 'PutRolePolicy', 'success', expect.stringContaining('10:34:41')],
      ['cloudtrail', 'AttachRolePolicy', 'success', expect.stringContaining('10:35:02')],
      ['k8s_audit', 'create', 'success', expect.stringContaining('10:36:05')],
      ['k8s_audit', 'list', 'success', expect.stringContaining('10:36:31')],
      ['k8s_audit', 'get', 'success', expect.stringContaining('10:36:58')],
      ['cloudtrail', 'GetSecretValue', 'success', expect.stringContaining('10:38:12')],
    ])
    expect(
      await count(sql`SELECT count(*) FROM access_event WHERE policy = 'deploy-diagnostics' AND outcome = 'success'`),
    ).toBe(8)
  })

  it('reads the database out of band: the application role, a foreign pod, no trace', async () => {
    expect(
      await rows(sql`
        SELECT actor_name, user_agent, count(*)::INTEGER, count(trace_id)::INTEGER, count(request_id)::INTEGER,
          sum(db_rows)::INTEGER
        FROM access_event WHERE source = 'pgaudit' AND src_ip = ${debugPod} AND class = 'query' AND outcome = 'success'
        GROUP BY ALL`),
    ).toEqual([['orders_app', 'psql', 6, 0, 0, 114_417]])
    expect(
      await count(sql`SELECT count(*) FROM link JOIN access_event e USING (event_id) WHERE e.src_ip = ${debugPod}`),
    ).toBe(0)
    expect(
      await rows(sql`
        SELECT DISTINCT src_ip, user_agent, trace_id IS NULL FROM access_event
        WHERE actor_name = 'orders_app' AND class = 'query' AND src_ip <> ${debugPod} ORDER BY src_ip`),
    ).toEqual([
      ['10.20.4.21', 'orders-api', false],
      ['10.20.5.34', 'orders-api', false],
    ])
    expect(
      await count(sql`SELECT count(*) FROM access_event WHERE source = 'k8s_audit' AND contains(raw, ${debugPod})`),
    ).toBe(1)
  })

  it('reads in bulk through the export, with traces: one slow page, one that fails', async () => {
    expect(
      await rows(sql`
        SELECT user_id, client_address, count(*)::INTEGER, count(*) FILTER (status = 'error')::INTEGER,
          count(*) FILTER (duration_ns > 9_000_000_000 AND status <> 'error')::INTEGER
        FROM span WHERE http_route = '/customers/export' GROUP BY ALL`),
    ).toEqual([['support-agent-07@example.com', intruder, 26, 1, 1]])
    expect(
      await rows(sql`
        SELECT e.outcome, e.outcome_code, count(*)::INTEGER, sum(e.db_rows)::INTEGER FROM access_event e
        JOIN link l USING (event_id)
        JOIN span s ON s.trace_id = l.trace_id AND s.http_route = '/customers/export'
        WHERE e.source = 'pgaudit' GROUP BY ALL ORDER BY 3 DESC`),
    ).toEqual([
      ['success', null, 25, 12_500],
      ['failed', '57014', 1, null],
    ])
    expect(
      await count(sql`
        SELECT count(*) FROM access_event e JOIN link l USING (event_id)
        WHERE e.action = 'PutObject' AND contains(e.resource_key, 'shop-support-exports/2026/03/17/export-')`),
    ).toBe(25)
  })

  it('ends with the rights taken back and the last tries refused', async () => {
    expect(
      await rows(sql`
        SELECT source, outcome, count(*)::INTEGER FROM access_event
        WHERE src_ip = ${intruder} AND ts > TIMESTAMP '2026-03-17 11:45:00' GROUP BY ALL ORDER BY ALL`),
    ).toEqual([
      ['cloudtrail', 'auth_failed', 1],
      ['cloudtrail', 'denied', 2],
      ['k8s_audit', 'denied', 1],
    ])
  })

  it('holds an ordinary refusal too: a report between two changes, with a trace and its ticket', async () => {
    expect(
      await rows(sql`
        SELECT e.source, count(*)::INTEGER, min(s.status), max(s.status) FROM access_event e
        JOIN link l USING (event_id) JOIN span s ON s.trace_id = l.trace_id AND s.span_id = l.span_id
        WHERE e.outcome = 'denied' GROUP BY ALL ORDER BY ALL`),
    ).toEqual([
      ['cloudtrail', 4, 'error', 'error'],
      ['pgaudit', 3, 'error', 'error'],
    ])
    expect(
      await rows(
        sql`SELECT activity, ticket_ids FROM access_event WHERE class = 'iam' AND actor_name = 'dba_admin' ORDER BY ts`,
      ),
    ).toEqual([
      ['revoke', ['CHG-2207']],
      ['grant', ['CHG-2207']],
    ])
  })
})
