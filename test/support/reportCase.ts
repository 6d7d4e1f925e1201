/** A small case for reports: two files, four access events, one trace, links with evidence, notes, a reject. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Journal } from '../../src/engine/case/journal'
import type { CaseSession } from '../../src/engine/context'
import type { Database } from '../../src/engine/db/database'
import { type Sql, sql } from '../../src/engine/db/sql'
import type { ReportLayout } from '../../src/engine/report/model'
import { memoryDatabase } from './memoryDatabase'

export const resourcesFolder = resolve(import.meta.dirname, '../../resources')

export interface ReportCase {
  readonly session: CaseSession
  readonly folder: string
  run(query: Sql): Promise<void>
  close(): Promise<void>
}

/** A case without records. Close it after the test. */
export async function emptyCase(title = 'Orders incident'): Promise<ReportCase> {
  const folder = await mkdtemp(join(tmpdir(), 'crosstrail-report-test-'))
  const db: Database = await memoryDatabase()
  const { journal } = await Journal.open({
    path: join(folder, 'journal.jsonl'),
    actor: 'analyst',
    tool: 'crosstrail/test',
    now: () => new Date('2026-01-03T09:00:00.000Z'),
  })
  await journal.append('case.create', { title })
  return {
    folder,
    session: {
      folder,
      meta: {
        format: 1,
        id: '3f6c0f52-8a1b-4c7e-9d20-5b1e6a7c8d90',
        title,
        created: '2026-01-03T09:00:00.000Z',
        tool: 'crosstrail/test',
      },
      db,
      journal,
      actor: 'analyst',
      notices: [],
    },
    run: (query) => db.write((writer) => writer.run(query)),
    close: async () => {
      await db.close()
      await journal.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

export interface EventSeed {
  readonly id: string
  readonly ts: string | null
  readonly action: string
  readonly outcome: string
  readonly actor?: string
  readonly ip?: string
  readonly resource?: string
  readonly agent?: string
  readonly reason?: string
  readonly raw?: string
  readonly precision?: string
}

export async function insertEvent(report: ReportCase, seed: EventSeed, recordNo: number): Promise<void> {
  const raw = seed.raw ?? JSON.stringify({ eventName: seed.action, user: seed.actor ?? null, ip: seed.ip ?? null })
  await report.run(sql`
    INSERT INTO access_event BY NAME
    SELECT CAST(${seed.id} AS UBIGINT) AS event_id, ${recordNo} AS seq, 1 AS import_id, ${recordNo} AS record_no,
      ${recordNo} AS line, ${recordNo * 400} AS byte_offset, 380 AS byte_length, 'aws' AS source,
      CAST(${seed.ts} AS TIMESTAMP) AS ts, ${seed.precision ?? 's'} AS ts_precision, 'api' AS class,
      'read' AS activity, ${seed.action} AS action, 's3' AS service, ${seed.outcome} AS outcome,
      ${seed.outcome === 'denied' ? 'AccessDenied' : null} AS outcome_code, ${seed.reason ?? null} AS outcome_reason,
      ${seed.actor ?? null} AS actor_key, ${seed.actor ?? null} AS actor_name, 'user' AS actor_type,
      ${seed.ip ?? null} AS src_ip, ${seed.agent ?? null} AS user_agent, ${seed.resource ?? null} AS resource_key,
      CAST(${recordNo} AS UBIGINT) AS dup_key, ${raw} AS raw`)
}

export async function insertNote(
  report: ReportCase,
  id: string,
  target: { readonly kind: string; readonly id: string },
  text: string,
  tags: readonly string[] = [],
): Promise<void> {
  const at = '2026-01-03T10:00:00.000Z'
  await report.run(sql`
    INSERT INTO note VALUES (${id}, ${target.kind}, ${target.id}, ${text}, ${sql.strings(tags)}, 'analyst', ${at}, ${at},
      false)`)
}

export const traceId = '4bf92f3577b34da6a3ce929d0e0e4736'
export const deniedEvent = '17446744073709551001'

/** The case that most tests use. */
export async function ordersCase(): Promise<ReportCase> {
  const report = await emptyCase()
  const file = (id: number, name: string, format: string, status: string, kept: number, rejected: number) => sql`
    INSERT INTO source_file VALUES (${id}, 1, ${name}, ${id.toString(16).repeat(64).slice(0, 64)}, ${48_211 * id},
      ${sql.strings([format])}, ${status}, ${kept + rejected}, ${kept}, 0, 0, ${rejected},
      ${format === 'cloudtrail' ? kept : 0}, ${format === 'otlp' ? kept : 0}, 0, 0,
      TIMESTAMP '2026-01-02 03:04:05', TIMESTAMP '2026-01-02 03:09:00',
      ${sql.strings(rejected > 0 ? ['record larger than 16 MiB'] : [])}, '{}', 'crosstrail/test', NULL)`
  await report.run(file(1, 'trail/2026-01-02.json.gz', 'cloudtrail', 'partial', 4, 2))
  await report.run(file(2, 'spans.jsonl', 'otlp', 'imported', 3, 0))
  await report.run(sql`INSERT INTO import_reject VALUES (1, 1, NULL, 7, 2800, 120, 'The record is no JSON object.')`)
  await report.run(sql`INSERT INTO import_reject VALUES (1, 2, NULL, 9, 3600, 90, 'The record is no JSON object.')`)
  const events: EventSeed[] = [
    {
      id: '17446744073709551000',
      ts: '2026-01-02 03:04:05',
      action: 'ListBuckets',
      outcome: 'success',
      actor: 'carol',
    },
    {
      id: deniedEvent,
      ts: '2026-01-02 03:04:09',
      action: 'GetObject',
      outcome: 'denied',
      actor: 'arn:aws:iam::123456789012:user/alice',
      ip: '203.0.113.7',
      resource: 'arn:aws:s3:::orders-export/2026/01/customers.parquet',
      agent: 'aws-cli/2.15 Python/3.11 https://evil.example.com/',
      reason: 'no identity-based policy allows the s3:GetObject action',
    },
    {
      id: '17446744073709551002',
      ts: '2026-01-02 03:09:00',
      action: 'ConsoleLogin',
      outcome: 'auth_failed',
      ip: '2001:db8::7',
    },
    { id: '42', ts: null, action: 'AssumeRole', outcome: 'success', actor: 'carol' },
  ]
  for (const [index, event] of events.entries()) await insertEvent(report, event, index + 1)
  const span = (
    id: string,
    parent: string | null,
    name: string,
    service: string,
    startMs: number,
    status: string,
  ) => sql`
    INSERT INTO span BY NAME
    SELECT CAST(${startMs + 1} AS UBIGINT) AS row_id, ${startMs + 1} AS seq, 2 AS import_id, ${startMs + 1} AS record_no,
      1 AS line, 0 AS byte_offset, 100 AS byte_length, ${traceId} AS trace_id, ${id} AS span_id,
      ${parent} AS parent_span_id, ${name} AS name, 'server' AS kind, ${service} AS service,
      1767323049000000000 + ${startMs} * 1000000 AS start_ns, 42500000 - ${startMs} * 100000 AS duration_ns,
      TIMESTAMP '2026-01-02 03:04:09' AS ts, ${status} AS status,
      ${status === 'error' ? 'access denied' : null} AS status_message, CAST(${startMs + 1} AS UBIGINT) AS dup_key`
  await report.run(span('00f067aa0ba902b7', null, 'GET /export', 'gateway', 0, 'error'))
  await report.run(span('00f067aa0ba902b8', '00f067aa0ba902b7', 'read object', 'exporter', 5, 'error'))
  await report.run(span('00f067aa0ba902b9', '00f067aa0ba902b7', 'check session', 'auth', 1, 'ok'))
  await report.run(sql`
    INSERT INTO link (link_id, event_id, trace_id, span_id, "level", score, probability, margin, rivals, "method", verdict)
    VALUES (7, CAST(${deniedEvent} AS UBIGINT), ${traceId}, '00f067aa0ba902b8', 'strong', 12.5, 0.98,
      3.25, 1, 'request id', NULL)`)
  await report.run(sql`
    INSERT INTO link_evidence VALUES
      (7, 1, 'request_id', 'R1', 'R1', 12.0, 'The request id R1 is equal.'),
      (7, 2, 'time', NULL, NULL, 0.5, 'The event falls inside the span.')`)
  await insertNote(report, 'n1', { kind: 'event', id: deniedEvent }, 'First try to read the export.\nSee the policy.', [
    'initial-access',
  ])
  await insertNote(report, 'n2', { kind: 'case', id: '' }, 'Scope agreed with the data owner.')
  return report
}

/** Times and options that tests share. */
export const reportAt = '2026-01-04T12:00:00Z'

export const plainLayout: ReportLayout = {
  sections: null,
  appendix: 'full',
  classification: '',
  author: '',
  paper: 'a4',
  language: 'en',
}
