import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../../src/common/json'
import { pgaudit } from '../../../../../src/engine/formats/pgaudit'
import { driveCsv, driveJson } from '../../../../support/formatDriver'
import { csvRecords } from './support'

const match = (value: JsonValue) => pgaudit.json?.match(value, undefined)
const us = (text: string) => BigInt(Date.parse(text)) * 1000n
const drive = (values: readonly JsonValue[], context = {}) => {
  const driven = driveJson(pgaudit, values, { context })
  expect(driven.accounted.size).toBe(driven.read)
  expect([...driven.accounted.values()].every((times) => times === 1)).toBe(true)
  return driven
}

describe('messages of a log group', () => {
  const message =
    '2026-01-02 03:04:05 UTC:192.0.2.1(5000):app@shop:[77]:LOG:  AUDIT: SESSION,1,1,READ,SELECT,,,"select 1'
  const events: JsonValue[] = [
    { id: '1', timestamp: 1767323045000, message: '2026-01-02 03:04:05 UTC::@:[7]:LOG:  checkpoint starting' },
    { id: '2', timestamp: 1767323045000, message },
    { id: '3', timestamp: 1767323045000, message: '\tfrom card",<none>' },
  ]

  it('reads a managed service’s prefix, the instance from the log group, and lines that go on', () => {
    const { events: rows, rejects } = drive(events, { logGroup: '/aws/rds/instance/shop-db/postgresql' })
    expect(rejects).toEqual([])
    expect(rows).toMatchObject([
      {
        ts: us('2026-01-02T03:04:05Z'),
        ts_precision: 's',
        src_ip: '192.0.2.1',
        src_port: 5000,
        actor_key: 'pg:shop-db/app',
        db_statement: 'select 1\nfrom card',
      },
    ])
  })

  it('claims such messages, and those of other programs only behind them', () => {
    expect(match(events[1] ?? null)).toBe(0.9)
    expect(match(events[2] ?? null)).toBe(0)
    expect(pgaudit.json?.continues?.(events[2] ?? null)).toBe(true)
    expect(pgaudit.json?.continues?.({ a: 1 })).toBe(false)
    expect(match({ message: 'ERROR: something', timestamp: 1767323045000 })).toBe(0)
    expect(match({ message: '2026-01-02 03:04:05 UTC [7] INFO starting' })).toBe(0)
  })

  it('opens an answer that lists them', () => {
    const answer = { events: [{ logStreamName: 'shop-db.0', timestamp: 1767323045000, message: `${message}",<none>` }] }
    expect(match(answer)).toBe(0.95)
    expect(drive([answer]).events).toMatchObject([{ db_name: 'shop' }])
  })

  it('keeps a line without a prefix as a log record with the time of its collection', () => {
    const { rows } = drive([{ timestamp: 1767323045123, message: 'Examine the log output.' }])
    expect(rows).toMatchObject([
      { table: 'log_record', row: { ts: us('2026-01-02T03:04:05.123Z'), body: 'Examine the log output.' } },
    ])
  })
})

describe('log lines of a container', () => {
  const line = '2026-01-02 03:04:05.678 UTC [77] app@shop ERROR:  permission denied for table card\n'

  it('takes the server’s time before the collector’s, and the pod’s name', () => {
    const record = { log: line, stream: 'stderr', time: '2026-01-02T03:04:09Z', kubernetes: { pod_name: 'shop-db-0' } }
    expect(match(record)).toBe(0.9)
    const { events } = drive([record])
    expect(events).toMatchObject([{ ts: us('2026-01-02T03:04:05.678Z'), outcome: 'denied', resource_name: 'card' }])
  })

  it('opens JSON renderings in them', () => {
    const inner = {
      timestamp: '2026-01-02 03:04:05.678 UTC',
      pid: 7,
      error_severity: 'ERROR',
      message: 'x',
      user: 'app',
    }
    const record = { log: `${JSON.stringify(inner)}\n`, stream: 'stderr' }
    expect(match(record)).toBe(0.95)
    expect(drive([record]).events).toMatchObject([{ actor_name: 'app' }])
  })
})

describe('diagnostic logs of Azure', () => {
  const resourceId =
    '/SUBSCRIPTIONS/00000000-0000-0000-0000-000000000001/RESOURCEGROUPS/R/PROVIDERS/MICROSOFT.DBFORPOSTGRESQL/FLEXIBLESERVERS/SHOP-DB'
  const flexible = {
    time: '2026-01-02T03:04:06Z',
    resourceId,
    category: 'PostgreSQLLogs',
    properties: {
      timestamp: '2026-01-02 03:04:05.678 UTC',
      processId: 77,
      errorLevel: 'LOG',
      sqlerrcode: '00000',
      message:
        '2026-01-02 03:04:05 UTC-6957.4d-LOG:  AUDIT: SESSION,1,1,DDL,DROP TABLE,TABLE,public.card,drop table card,<none>',
    },
  }

  it('reads the flexible server', () => {
    expect(match(flexible)).toBe(0.9)
    expect(drive([flexible]).events).toMatchObject([
      {
        ts: us('2026-01-02T03:04:05.678Z'),
        ts_precision: 'ms',
        session_id: '6957.4d',
        action: 'DROP TABLE',
        resource_key: 'pg:shop-db/-/public.card',
      },
    ])
  })

  it('reads the single server, whose prefix and severity stand beside the message', () => {
    const properties = {
      prefix: '2026-01-02 03:04:05 UTC-6957.4d-',
      errorLevel: 'FATAL',
      message: 'password authentication failed for user "app"',
    }
    const single = { ...flexible, resourceId: resourceId.replace('FLEXIBLESERVERS', 'SERVERS'), properties }
    expect(drive([single]).events).toMatchObject([
      { ts: us('2026-01-02T03:04:05Z'), outcome: 'auth_failed', actor_key: 'pg:shop-db/app' },
    ])
  })

  it('leaves other categories and resources to other formats', () => {
    expect(match({ ...flexible, category: 'PostgreSQLFlexSessions' })).toBe(0)
    expect(match({ ...flexible, resourceId: '/subscriptions/1/providers/microsoft.sql/servers/a' })).toBe(0)
  })
})

describe('CloudNativePG', () => {
  const audited = {
    level: 'info',
    ts: 1767323045.678,
    logger: 'pgaudit',
    msg: 'record',
    logging_pod: 'shop-db-1',
    record: {
      log_time: '2026-01-02 03:04:05.678 UTC',
      user_name: 'app',
      database_name: 'shop',
      process_id: '77',
      connection_from: '192.0.2.1:5000',
      session_id: '6957.4d',
      session_line_num: '3',
      error_severity: 'LOG',
      sql_state_code: '00000',
      audit: {
        audit_type: 'SESSION',
        statement_id: '1',
        substatement_id: '1',
        class: 'READ',
        command: 'SELECT',
        object_type: 'TABLE',
        object_name: 'public.card',
        statement: 'select * from card',
        parameter: '<none>',
      },
    },
  }

  it('reads an audit record that is split already', () => {
    expect(match(audited)).toBe(0.97)
    expect(drive([audited]).events).toMatchObject([
      {
        action: 'SELECT',
        resource_key: 'pg:shop-db/shop/public.card',
        db_statement: 'select * from card',
        source_event_id: '6957.4d/1.1/public.card',
        outcome: 'success',
      },
    ])
  })

  it('takes a line of the manager without a pod only behind others, or by its controller', () => {
    const manager = { level: 'info', ts: 1767323045.1, msg: 'Bootstrap completed' }
    expect(match(manager)).toBe(0.2)
    expect(pgaudit.json?.continues?.(manager)).toBe(true)
    expect(match({ ...manager, controllerGroup: 'postgresql.cnpg.io' })).toBe(0.6)
  })
})

describe('csvlog of another width', () => {
  const [record = []] = csvRecords({ error_severity: 'ERROR', message: 'x' })

  it.each([22, 23, 24, 26])('reads %i columns', (count) => {
    expect(pgaudit.csv?.match(record.slice(0, count), undefined).score).toBe(0.97)
    expect(driveCsv(pgaudit, undefined, [record.slice(0, count)]).events).toHaveLength(1)
  })

  it.each([1, 21, 25, 27])('rejects a record of %i columns between others, with the reason', (count) => {
    const odd = [...record, 'more'].slice(0, count)
    const driven = driveCsv(pgaudit, undefined, [record, odd, record])
    expect(driven.events).toHaveLength(2)
    expect(driven.rejects).toEqual([
      { recordNo: 1, reason: `The record has ${count} columns; csvlog has 23, 24 or 26.` },
    ])
  })
})
