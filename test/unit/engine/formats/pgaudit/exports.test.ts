import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { pgaudit } from '../../../../../src/engine/formats/pgaudit'
import { type Driven, driveCsv, driveJsonText, driveText, recordsOf } from '../../../../support/formatDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'
import { splitCsv } from './support'

const read = (name: string) => {
  const bytes = readFileSync(sharedData('postgresql', name))
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}
const complete = (driven: Driven) => {
  expect(driven.rejects).toEqual([])
  expect(driven.accounted.size).toBe(driven.read)
  expect([...driven.accounted.values()].every((times) => times === 1)).toBe(true)
  expect(driven.rows.every((item) => item.table === 'span' || item.row.ts !== undefined)).toBe(true)
  return driven
}

describe.skipIf(!hasSharedData)(`logs of real servers${sharedDataNotice}`, () => {
  it.each([
    ['elastic/test-postgresql-10-default.log', 7, 2],
    ['elastic/test-postgresql-10-min-duration-statement.log', 6, 0],
    ['elastic/test-postgresql-11-4.log', 29, 2],
    ['elastic/test-postgresql-12-default.log', 10, 0],
    ['elastic/test-postgresql-12-min-duration-statement.log', 10, 2],
    ['elastic/test-postgresql-9-6-multi-core.log', 8, 3],
    ['elastic/test-postgresql-9-6-new-timestamp.log', 5, 2],
    ['elastic/test-postgresql-query-steps-slowlog.log', 2, 0],
    ['elastic/test-postgresql-ubuntu-9-5.log', 78, 8],
    ['pgbadger/begin_end.log', 24, 16],
    ['pgbadger/multiline_param.log', 12, 0],
    ['pgbadger/pg-timezones.log', 2, 0],
    ['pgbadger/pg_rawcsv.log', 12, 3],
    ['pgbadger/postgresql_param_range.log', 6, 0],
    ['pgbadger/stmt_type.log', 12, 0],
  ])('plain log %s gives %i records, %i access events, all accounted', (name, records, events) => {
    const text = read(name)
    expect(pgaudit.text?.match(text.split('\n').slice(0, 200))).toBeGreaterThanOrEqual(0.8)
    const driven = complete(driveText(pgaudit, text))
    expect([driven.read, driven.events.length]).toEqual([records, events])
  })

  it.each([
    ['cnpg/two_lines.csv', 2, 0],
    ['cnpg/two_lines_14.csv', 2, 0],
    ['elastic/test-postgresql-11-autovacuum-csv.log', 1, 0],
    ['elastic/test-postgresql-11-connection-disconnection-csv.log', 20, 6],
    ['elastic/test-postgresql-11-duration-csv.log', 3, 0],
    ['elastic/test-postgresql-11-ipv6-csv.log', 1, 1],
    ['elastic/test-postgresql-11-multi-line-csv.log', 1, 0],
    ['elastic/test-postgresql-11-parse-bind-csv.log', 3, 0],
    ['elastic/test-postgresql-11-start-stop-csv.log', 13, 2],
    ['elastic/test-postgresql-11-tempfile-csv.log', 5, 0],
    ['elastic/test-postgresql-13-error-code-csv.log', 4, 2],
  ])('csvlog %s gives %i records, %i access events, all accounted', (name, records, events) => {
    const lines = splitCsv(read(name))
    expect(pgaudit.csv?.match(lines[0] ?? [], lines[1])).toEqual({ score: 0.97, header: false })
    const driven = complete(driveCsv(pgaudit, undefined, lines))
    expect([driven.read, driven.events.length]).toEqual([records, events])
  })

  it('reads an IPv6 client of csvlog', () => {
    const { events } = driveCsv(pgaudit, undefined, splitCsv(read('elastic/test-postgresql-11-ipv6-csv.log')))
    expect(events[0]).toMatchObject({
      src_ip: '::1',
      src_port: 16790,
      outcome: 'auth_failed',
      actor_name: 'jose.villanova',
    })
  })

  it('keeps every line of a CloudNativePG log, the instance manager’s too', () => {
    const text = read('pgbadger/cnpg.log.gz')
    expect(pgaudit.json?.match(recordsOf(pgaudit, text)[0] ?? null, undefined)).toBe(0.97)
    const driven = complete(driveJsonText(pgaudit, text))
    expect(driven.read).toBe(2022)
    expect(driven.rows).toHaveLength(2022)
    expect(driven.events[0]).toMatchObject({
      actor_tenant: 'myapp-pg-cluster',
      actor_key: 'pg:myapp-pg-cluster/postgres',
    })
  })

  it('keeps every entry of a Cloud SQL log and joins the lines of one message', () => {
    const driven = complete(driveJsonText(pgaudit, read('pgbadger/cloudsql.log.gz')))
    expect(driven.read).toBe(1343)
    const vacuum = driven.rows.find(
      (item) => item.table === 'log_record' && item.row.body?.startsWith('automatic vacuum'),
    )
    expect(vacuum?.table === 'log_record' && vacuum.row.body).toMatch(/\npages: .*\ntuples: /)
  })

  it('keeps every audit record that a client showed of a regression test', () => {
    const text = read('pgaudit/pgaudit.out')
    expect(pgaudit.text?.match(text.split('\n').slice(0, 200))).toBe(0.9)
    const driven = driveText(pgaudit, text)
    const kept = new Set(driven.kept)
    expect(driven.rejects).toEqual([])
    expect([driven.accounted.size, kept.size + driven.skips.length]).toEqual([driven.read, driven.read])
    // 415 audit records; the two errors are those of the statement audited just before each.
    expect(driven.events).toHaveLength(415 + 2)
    expect(driven.events.filter((row) => row.outcome === 'failed')).toHaveLength(2 + 2)
    expect(driven.events.filter((row) => row.outcome === 'success')).toHaveLength(413)
    expect(driven.events.every((row) => row.ts === undefined && row.flags?.includes('clock_suspect'))).toBe(true)
  })
})
