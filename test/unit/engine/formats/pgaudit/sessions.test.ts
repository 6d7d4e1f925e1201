import { describe, expect, it } from 'vitest'
import { pgaudit } from '../../../../../src/engine/formats/pgaudit'
import { driveCsv } from '../../../../support/formatDriver'
import { audit, type CsvEntry, csvRecords, traceparent } from './support'

type Entries = readonly CsvEntry[]
const drive = (...entries: Entries) => {
  const driven = driveCsv(pgaudit, undefined, csvRecords(...entries))
  expect([...driven.accounted.values()]).toEqual(entries.map(() => 1))
  expect(driven.rejects).toEqual([])
  return driven
}
const events = (...entries: Entries) => drive(...entries).events
const error = (state: string, message: string, query = '') => ({
  error_severity: 'ERROR',
  sql_state_code: state,
  message,
  query,
})

describe('an audit record', () => {
  it('fills object, rows, client and identity', () => {
    const statement = "select a\nfrom public.t where b = '\"'"
    const { rows } = drive(audit('7.2', 'READ,SELECT', statement, { object: 'TABLE,public.t', rest: '"1,x",3' }))
    expect(rows).toEqual([
      {
        table: 'access_event',
        identity: 'pg|6a.4d|1|1767323045678',
        alternate: `pg|77|1767323045678|LOG|${audit('7.2', 'READ,SELECT', statement, { object: 'TABLE,public.t', rest: '"1,x",3' }).message}`,
        row: expect.objectContaining({
          source: 'pgaudit',
          source_event_id: '6a.4d/7.2/public.t',
          ts: 1767323045678000n,
          ts_precision: 'ms',
          class: 'query',
          activity: 'read',
          action: 'SELECT',
          read_only: true,
          outcome: 'success',
          actor_key: 'pg:-/app',
          actor_type: 'db_user',
          src_ip: '192.0.2.1',
          src_port: 5000,
          user_agent: 'shop-api',
          resource_key: 'pg:-/shop/public.t',
          resource_type: 'TABLE',
          resource_ns: 'public',
          db_name: 'shop',
          db_statement: statement,
          db_fingerprint: 'select a from public.t where b = ?',
          db_rows: 3n,
        }),
      },
    ])
  })

  it.each([
    ['WRITE,INSERT', 'query', 'create'],
    ['WRITE,UPDATE', 'query', 'update'],
    ['WRITE,DELETE', 'query', 'delete'],
    ['DDL,CREATE TABLE', 'config', 'create'],
    ['DDL,DROP TABLE', 'config', 'delete'],
    ['ROLE,GRANT', 'iam', 'grant'],
    ['ROLE,REVOKE', 'iam', 'revoke'],
    ['ROLE,ALTER ROLE', 'iam', 'update'],
    ['FUNCTION,EXECUTE', 'query', 'execute'],
    ['MISC,VACUUM', 'session', 'other'],
    ['MISC_SET,SET', 'session', 'other'],
  ])('of %s becomes class %s, activity %s', (kind, className, activity) => {
    expect(events(audit('1', kind, 'x'))[0]).toMatchObject({ class: className, activity, action: kind.split(',')[1] })
  })

  it('that refers to an earlier one of its statement copies the text; one without text says so', () => {
    const rows = events(
      audit('1', 'READ,SELECT', 'select 1 from a, b', { object: 'TABLE,public.a' }),
      audit('1', 'READ,SELECT', '<previously logged>', { object: 'TABLE,public.b', rest: '<previously logged>' }),
      audit('2', 'READ,SELECT', '<previously logged>'),
      audit('3', 'READ,SELECT', '<not logged>', { rest: '<not logged>' }),
    )
    expect(rows.map((row) => row.db_statement)).toEqual([
      'select 1 from a, b',
      'select 1 from a, b',
      undefined,
      undefined,
    ])
    expect(rows.map((row) => row.flags)).toEqual([undefined, undefined, ['statement_missing'], ['statement_missing']])
  })

  it('that breaks off stays as a log record', () => {
    const { rows } = drive({ message: 'AUDIT: SESSION,1,1,READ,SELECT,,,"select' })
    expect(rows.map((row) => row.table)).toEqual(['log_record'])
  })
})

describe('an error', () => {
  it.each([
    [
      '42501',
      'permission denied for table "card"',
      'denied',
      { resource_key: 'pg:-/shop/card', resource_type: 'TABLE' },
    ],
    ['42501', 'new row violates row-level security policy "own" for table "card"', 'denied', { policy: 'own' }],
    ['53300', 'sorry, too many clients already', 'throttled', {}],
    ['57014', 'canceling statement due to statement timeout', 'failed', {}],
    ['23505', 'duplicate key value violates unique constraint "k"', 'failed', {}],
  ])('%s %s is %s', (state, message, outcome, more) => {
    expect(events(error(state, message, 'select 1'))[0]).toMatchObject({
      outcome,
      outcome_code: state,
      action: 'SELECT',
      ...more,
    })
  })

  it.each([
    ['28P01', 'password authentication failed for user "eve"', 'auth_failed', undefined],
    ['28000', 'role "eve" does not exist', 'auth_failed', undefined],
    [
      '28000',
      'no pg_hba.conf entry for host "192.0.2.1", user "eve", database "shop", no encryption',
      'denied',
      'pg_hba',
    ],
  ])('while connecting, %s %s, is %s', (state, message, outcome, policy) => {
    const row = events({
      ...error(state, message),
      error_severity: 'FATAL',
      user_name: '',
      command_tag: 'authentication',
    })[0]
    expect(row).toMatchObject({ class: 'authn', outcome, actor_name: 'eve' })
    expect(row?.policy_type).toBe(policy)
  })

  it('marks the audit record of the same statement, which shares its trace context', () => {
    const sql = `update t set a = 1 /*${traceparent('a')}*/`
    const rows = events(
      audit('1', 'WRITE,UPDATE', sql),
      error('40P01', 'deadlock detected', sql),
      audit('2', 'READ,SELECT', 'x'),
    )
    expect(rows.map((row) => row.outcome)).toEqual(['failed', 'failed', 'success'])
    expect(rows.map((row) => row.trace_id)).toEqual(['a'.repeat(32), 'a'.repeat(32), undefined])
  })

  it('of an unstated statement marks the one before it, unless that is over or its process was idle', () => {
    const before = audit('1', 'READ,SELECT', 'select 1')
    expect(events(before, error('57014', 'canceling statement'))[0]?.outcome).toBe('failed')
    expect(events(before, { ...error('57014', 'x'), command_tag: 'idle' })[0]?.outcome).toBe('success')
    expect(events(before, { message: 'duration: 1.5 ms' }, error('57014', 'x'))[0]?.outcome).toBe('success')
    const end = { ...error('57P01', 'terminating connection due to administrator command'), error_severity: 'FATAL' }
    expect(events(before, end)[0]?.outcome).toBe('success')
  })

  it('of another statement, transaction or session leaves the record as it is and lends it nothing', () => {
    const before = { ...audit('1', 'READ,SELECT', 'select 1'), virtual_transaction_id: '3/7' }
    const denied = error('42501', 'permission denied for table b', `select 2 from b /*${traceparent('b')}*/`)
    expect(events(before, denied)[0]).toMatchObject({ outcome: 'success' })
    expect(events(before, denied)[0]?.trace_id).toBeUndefined()
    const later = { ...error('57014', 'x', 'select 1'), virtual_transaction_id: '3/8' }
    expect(events(before, later)[0]?.outcome).toBe('success')
    const elsewhere = { ...error('57014', 'x', 'select 1'), session_id: '6a.4e', process_id: '78' }
    expect(
      events(before, elsewhere).find((row) => row.action === 'SELECT' && row.db_rows === undefined)?.outcome,
    ).toBeDefined()
    expect(
      events(before, elsewhere)
        .map((row) => `${row.session_id} ${row.outcome}`)
        .sort(),
    ).toEqual(['6a.4d success', '6a.4e failed'])
  })

  it('of a violated constraint leaves an earlier statement of a client as it is', () => {
    const rows = events(
      audit('1', 'READ,SELECT', 'select 1'),
      error('23503', 'violates foreign key constraint "f"', `delete from c /*${traceparent('b')}*/`),
    )
    expect(rows.map((row) => [row.outcome, row.trace_id])).toEqual([
      ['success', undefined],
      ['failed', 'b'.repeat(32)],
    ])
  })

  it('inside a function marks and is tied by its context', () => {
    const rows = events(audit('1', 'WRITE,INSERT', 'insert into t values(1)'), {
      ...error('23502', 'null value', `select f() /*${traceparent('c')}*/`),
      context: 'SQL statement "insert into t values(1)"\nPL/pgSQL function f() line 3',
    })
    expect(rows.map((row) => [row.outcome, row.trace_id])).toEqual([
      ['failed', 'c'.repeat(32)],
      ['failed', 'c'.repeat(32)],
    ])
  })
})

describe('trace context', () => {
  const check = 'SELECT 1 FROM ONLY "public"."c" x WHERE "id" OPERATOR(pg_catalog.=) $1 FOR KEY SHARE OF x'
  const insert = `insert into o values(1) /*${traceparent('d')}*/`

  it.each([
    ['before', ['5.1', check], ['5.2', insert]],
    ['after', ['5.1', insert], ['5.2', check]],
  ])('passes to a foreign key check logged %s its statement', (_order, first, second) => {
    const rows = events(
      audit(first[0] ?? '', 'READ,SELECT', first[1] ?? ''),
      audit(second[0] ?? '', 'WRITE,INSERT', second[1] ?? ''),
    )
    const sources = rows.map((row) => [row.db_statement === check, row.trace_id, row.trace_source])
    expect(sources).toContainEqual([true, 'd'.repeat(32), 'sqlcommenter (inherited)'])
    expect(sources).toContainEqual([false, 'd'.repeat(32), 'sqlcommenter'])
  })

  it('does not pass to a statement that merely follows or goes before', () => {
    const rows = events(
      audit('4', 'READ,SELECT', 'select 1'),
      audit('5', 'WRITE,INSERT', insert),
      audit('6', 'READ,SELECT', "select 1 from c where n like '%x' union select card from c--%'"),
    )
    expect(rows.map((row) => row.trace_id)).toEqual([undefined, 'd'.repeat(32), undefined])
  })

  it('does not pass where the records of a statement state two', () => {
    const rows = events(
      audit('5.1', 'WRITE,INSERT', insert),
      audit('5.2', 'READ,SELECT', `select 2 /*${traceparent('e')}*/`),
      audit('5.3', 'READ,SELECT', 'select 3'),
    )
    expect(rows.map((row) => row.trace_id)).toEqual(['d'.repeat(32), 'e'.repeat(32), undefined])
  })

  it('of a refused statement goes to the check that had already run', () => {
    const rows = events(audit('5.1', 'READ,SELECT', check), {
      ...error('23503', 'insert or update on table "o" violates foreign key constraint "f"', insert),
      detail: 'Key (id)=(1) is not present.',
    })
    expect(rows.map((row) => [row.outcome, row.trace_source])).toEqual([
      ['failed', 'sqlcommenter (inherited)'],
      ['failed', 'sqlcommenter'],
    ])
    expect(rows[1]?.outcome_reason).toContain('Key (id)=(1)')
  })

  it('brings reason, ticket, request and route along', () => {
    const tags = "action='%2Forders',reason='fix%20OPS-12%20it\\'s',request_id='r-1',ticket='INC0012345'"
    expect(events(audit('1', 'READ,SELECT', `select 1 /*${tags}*/`))[0]).toMatchObject({
      reason: "fix OPS-12 it's",
      reason_field: 'comment.reason',
      ticket_ids: ['INC0012345', 'OPS-12'],
      request_id: 'r-1',
      correlation_ids: [{ kind: 'sql.action', value: '/orders' }],
    })
  })
})

describe('roles', () => {
  const effective = (...entries: Entries) => events(...entries).map((row) => row.effective_name)

  it('follow SET ROLE until RESET ROLE, and the row of SET ROLE itself is the user’s', () => {
    const rows = events(
      audit('1', 'MISC,SET', 'set role "Night Shift"'),
      audit('2', 'READ,SELECT', 'select 1'),
      error('42501', 'permission denied for table b', 'select 2'),
      audit('3', 'MISC,RESET', 'reset role'),
      audit('4', 'READ,SELECT', 'select 3'),
    )
    expect(rows.map((row) => row.effective_name)).toEqual([
      undefined,
      'Night Shift',
      'Night Shift',
      'Night Shift',
      undefined,
    ])
    expect(rows[0]?.activity).toBe('assume')
    expect(rows[1]).toMatchObject({
      actor_name: 'app',
      chain: [{ kind: 'set_role', id: 'pg:-/Night Shift', name: 'Night Shift', type: 'role' }],
    })
  })

  it('stay where SET ROLE was refused', () => {
    expect(
      effective(
        audit('1', 'MISC,SET', 'SET ROLE boss'),
        error('42501', 'permission denied to set role "boss"', 'SET ROLE boss'),
        audit('2', 'READ,SELECT', 'select 1'),
      ),
    ).toEqual([undefined, undefined, undefined])
  })

  it('end with the transaction after SET LOCAL, and come back after ROLLBACK', () => {
    const use = (id: string) => audit(id, 'READ,SELECT', 'select 1')
    const misc = (id: string, sql: string) => audit(id, `MISC,${sql.split(' ')[0]?.toUpperCase()}`, sql)
    expect(
      effective(misc('1', 'begin'), misc('2', 'set local role r'), use('3'), misc('4', 'commit'), use('5')).at(-1),
    ).toBeUndefined()
    expect(
      effective(
        misc('1', 'set role a'),
        misc('2', 'begin'),
        misc('3', 'set role b'),
        misc('4', 'rollback'),
        use('5'),
      ).at(-1),
    ).toBe('a')
    const inTransaction = (entry: CsvEntry, virtualXid: string) => ({ ...entry, virtual_transaction_id: virtualXid })
    expect(
      effective(
        inTransaction(misc('1', 'set local role r'), '3/7'),
        inTransaction(use('2'), '3/7'),
        inTransaction(use('3'), '3/8'),
      ),
    ).toEqual([undefined, 'r', undefined])
    const aborted = effective(
      ...[misc('1', 'begin'), misc('2', 'set role b'), error('22012', 'division by zero', 'select 1/0')],
      ...[misc('3', 'commit'), use('4')],
    )
    expect(aborted.at(-1)).toBeUndefined()
  })

  it('are of one session: another one, or the process id used anew, starts without', () => {
    const set = audit('1', 'MISC,SET', 'set role r')
    const use = audit('2', 'READ,SELECT', 'select 1')
    expect(effective(set, { ...use, session_id: '6a.4e', process_id: '78' }).at(-1)).toBeUndefined()
    expect(effective(set, { ...use, session_id: '6b.4d' }).at(-1)).toBeUndefined()
  })

  it('are known from log_statement too', () => {
    expect(effective({ message: 'statement: set role r' }, audit('1', 'READ,SELECT', 'select 1'))).toEqual(['r'])
    expect(
      effective(
        { message: 'statement: set role r' },
        error('42501', 'permission denied to set role "r"', 'set role r'),
        audit('1', 'READ,SELECT', 'select 1'),
      ).at(-1),
    ).toBeUndefined()
  })
})

describe('connections', () => {
  it('give a login and a logout, and the proven identity to all that follows', () => {
    const rows = events(
      { message: 'connection received: host=192.0.2.9 port=600', user_name: '', database_name: '' },
      { message: 'connection authenticated: identity="ann@EXAMPLE.ORG" method=gss (hba.conf:3)' },
      { message: 'connection authorized: user=app database=shop application_name=psql' },
      audit('1', 'READ,SELECT', 'select 1'),
      { message: 'disconnection: session time: 1:02:03.004 user=app database=shop host=192.0.2.9 port=600' },
    )
    expect(rows.map((row) => `${row.class} ${row.activity} ${row.outcome}`)).toEqual([
      'authn connect success',
      'query read success',
      'session logout success',
    ])
    expect(rows[1]).toMatchObject({
      credential_type: 'gss',
      chain: [{ kind: 'login', name: 'ann@EXAMPLE.ORG', type: 'user' }],
    })
    expect(rows[2]?.duration_us).toBe(3_723_004_000n)
  })

  it('by the local socket have a place but no address', () => {
    const row = events({ ...audit('1', 'READ,SELECT', 'x'), connection_from: '[local]' })[0]
    expect(row).toMatchObject({ src_host: 'local socket' })
    expect(row?.src_ip).toBeUndefined()
  })
})

describe('durations', () => {
  it('fill the statement that they are of and leave no row of their own', () => {
    const driven = drive(
      audit('1', 'READ,SELECT', 'select 1'),
      { message: 'duration: 12.345 ms' },
      audit('2', 'READ,SELECT', 'select 2'),
      { message: 'duration: 0.5 ms  execute s1: select 2' },
      { message: 'duration: 9.0 ms  statement: select 3' },
    )
    expect(driven.events.map((row) => row.duration_us)).toEqual([12_345n, 500n])
    expect(driven.rows.filter((row) => row.table === 'log_record')).toHaveLength(1)
  })
})

describe('pending records', () => {
  it('are let go when their process id comes back under another session', () => {
    const old = audit('1', 'READ,SELECT', 'select 1')
    const { rows } = drive(old, { message: 'hello', session_id: '6b.4d' })
    expect(rows.map((row) => row.table)).toEqual(['access_event', 'log_record'])
  })

  it('are let go while a single statement logs without end', () => {
    const calls = Array.from({ length: 6_000 }, (_, index) => audit(`1.${index + 1}`, 'READ,SELECT', 'select 1'))
    const rows = events(...calls, error('57014', 'canceling statement', 'select 1'))
    expect(rows.filter((row) => row.outcome === 'unknown')).toHaveLength(1_000)
    expect(rows.filter((row) => row.outcome === 'failed')).toHaveLength(5_001)
  })
})
