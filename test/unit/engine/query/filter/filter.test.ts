import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isAppError } from '../../../../../src/common/errors'
import type { Database } from '../../../../../src/engine/db/database'
import { sql } from '../../../../../src/engine/db/sql'
import { compileChecked, compileFilter } from '../../../../../src/engine/query/filter/compile'
import { eventFields } from '../../../../../src/engine/query/filter/eventFields'
import { spanFields } from '../../../../../src/engine/query/filter/spanFields'
import { memoryDatabase } from '../../../../support/memoryDatabase'
import { addEvents } from '../support'

const now = BigInt(Date.UTC(2023, 6, 10, 12)) * 1000n
const ip = (a: number, b: number, c: number, d: number) => 0xffff00000000n + BigInt(((a * 256 + b) * 256 + c) * 256 + d)

describe('filter', () => {
  let db: Database
  beforeAll(async () => {
    db = await memoryDatabase()
    await addEvents(db, [
      {
        actor_name: 'Alice',
        actor_email: 'alice@example.com',
        action: 'GetObject',
        outcome: 'denied',
        service: 'sts',
        at: 0,
      },
      {
        actor_name: 'bob',
        action: 'ListBuckets',
        service: null,
        src_ip: '10.1.2.3',
        src_ip_hi: 0n,
        src_ip_lo: ip(10, 1, 2, 3),
        at: 60,
      },
      {
        actor_name: 'carol',
        action: 'a*b',
        http_status: 404,
        mfa: true,
        src_ip: '2001:db8::7',
        src_ip_hi: 0x20010db8_00000000n,
        src_ip_lo: 7n,
        duration_us: 150_000n,
        at: 2520,
      },
      {
        action: 'SELECT',
        db_statement: "SELECT 'x%y' FROM orders",
        flags: sql`['privileged', 'Dry_Run']`,
        chain: sql`[{kind: 'assume_role', id: 'arn:aws:iam::1:role/Admin', name: 'Admin', type: NULL}]`,
        correlation_ids: sql`[{kind: 'aws_extended', value: 'abc'}]`,
        raw: 'LOG:  not json, but has a Needle',
        at: 3600,
      },
      {
        action: 'PutObject',
        raw: '{"a":{"b.c":7,"d":[{"k":"one"},{"k":"two"}]},"t":true}',
        user_agent: 'C:\\tools\\x.exe',
        at: null,
      },
    ])
    await db.transaction(async (writer) => {
      await writer.run(sql`INSERT INTO link (link_id, event_id, trace_id, level, score, rivals, method) VALUES
        (1, 1, 'aa', 'certain', 1, 0, 'exact'), (2, 2, 'bb', 'strong', 1, 0, 'exact')`)
      await writer.run(sql`UPDATE link SET verdict = 'rejected' WHERE link_id = 2`)
      await writer.run(sql`INSERT INTO note VALUES
        ('n1', 'event', '3', 'looks Odd', ['urgent'], 'x', '', '', false),
        ('n2', 'event', '4', 'gone', ['urgent'], 'x', '', '', true), ('n3', 'case', '', 'x', [], 'x', '', '', false)`)
      await writer.run(sql`INSERT INTO mark VALUES
        ('event', '2', true, 'high', 'malicious', ['T1078.004'], ['lead'], 'x', ''),
        ('event', '5', false, NULL, 'benign', [], [], 'x', ''),
        ('trace', '1', true, 'low', 'malicious', ['T1078'], ['lead'], 'x', '')`)
    })
  })
  afterAll(() => db.close())

  const ids = async (text: string) => {
    const { where } = await compileChecked(db, text, eventFields, now)
    const rows = await db.rows(sql`SELECT event_id FROM access_event WHERE ${where} ORDER BY event_id`)
    return rows.map((row) => Number(row.event_id)).join('')
  }
  const failure = async (text: string) => {
    try {
      await compileChecked(db, text, eventFields, now)
    } catch (error) {
      if (isAppError(error)) return { code: error.code, ...error.details }
      throw error
    }
    return undefined
  }

  it.each([
    ['', '12345'],
    ['   ', '12345'],
    ['actor_name:alice', '1'],
    ['actor:ALICE@example.com', '1'],
    ['user:bob OR user:carol', '23'],
    ['action:(Get* OR List*)', '12'],
    ['action:(Get* || list?uckets)', '12'],
    ['action:(*Object AND -Put*)', '1'],
    ['action:a\\*b', '3'],
    ['action:"a*b"', '3'],
    ['action:*b*', '1235'],
    ['action:*', '12345'],
    ['outcome:denied actor:alice', '1'],
    ['outcome:denied && NOT actor:alice', ''],
    ['-service:sts', '2345'],
    ['!service:sts', '2345'],
    ['NOT -service:sts', '1'],
    ['-(service:sts OR action:SELECT)', '235'],
    ['action:SELECT OR action:PutObject outcome:success', '45'],
    ['ip:10.0.0.0/8', '2'],
    ['ip:10.1.2.3', '2'],
    ['ip:10.1.*', '2'],
    ['ip:2001:db8::/32', '3'],
    ['ip:2001:0DB8:0:0::7', '3'],
    ['ip:[10.1.2.0 TO 10.1.2.3]', '2'],
    ['ip:[10.1.2.0 TO 10.1.2.3}', ''],
    ['ip:0.0.0.0/0', '2'],
    ['http_status:404', '3'],
    ['status:4*', '3'],
    ['status:>=404', '3'],
    ['status:>404', ''],
    ['status:[400 TO 404}', ''],
    ['status:{* TO 404]', '3'],
    ['mfa:true', '3'],
    ['mfa:false', ''],
    ['duration:>100ms', '3'],
    ['duration:[0.15s TO 150ms]', '3'],
    ['ts:2023-07-10T11:42Z', '3'],
    ['ts:[2023-07-10T11:42Z TO now]', '34'],
    ['ts:[2023-07-10T11:01 TO 2023-07-10T11:42]', '23'],
    ['ts:{2023-07-10T11:01 TO 2023-07-10T11:42]', '3'],
    ['ts:[2023-07-10T11:01 TO 2023-07-10T11:42}', '2'],
    ['ts:>2023-07-10', ''],
    ['ts:>=2023-07-10', '1234'],
    ['ts:2023', '1234'],
    ['ts:2023-07', '1234'],
    ['ts:2023-06', ''],
    ['ts:<2023-07-10T13:00:30+02:00', '1'],
    ['ts:<=2023-07-10T11:00', '1'],
    ['time:[now-20m TO now]', '34'],
    ['time:"2023-07-10 11:01:00"', '2'],
    ['-ts:*', '5'],
    ['_exists_:service', '1'],
    ['-_exists_:ts', '5'],
    ['_exists_:raw.a', '5'],
    ['flags:dry_run', '4'],
    ['flag:privileged', '4'],
    ['flag:priv*', '4'],
    ['-flags:privileged', '1235'],
    ['chain.kind:assume_role', '4'],
    ['chain:admin', '4'],
    ['chain.id:*role/admin', '4'],
    ['correlation_ids:abc', '4'],
    ['correlation_ids.kind:aws_*', '4'],
    ['raw.a."b.c":7', '5'],
    ['raw.a."b.c":>6', '5'],
    ['raw.a."b.c":>60', ''],
    ['raw.t:true', '5'],
    ['raw.a.d.1.k:two', '5'],
    ['raw.a.d[*].k:t*', '5'],
    ['raw.a.d[*].k:three', ''],
    ['raw:needle', '4'],
    ['NEEDLE', '4'],
    ['"not json"', '4'],
    ["'x%y'", '4'],
    ['x%', '4'],
    ['needle OR alice', '14'],
    ['user_agent:C\\:\\\\tools*', '5'],
    ['"C:\\tools"', '5'],
    ['/get(object|item)/', '1'],
    ['action:/^list/', '2'],
    ['action:/^(get|put)object$/', '15'],
    ['http_path:/api/v1/pods', ''],
    ['linked:true', '1'],
    ['linked:false', '2345'],
    ['link.level:certain', '1'],
    ['link.level:strong', ''],
    ['link.trace:aa', '1'],
    ['note:true', '3'],
    ['note:odd', '3'],
    ['note:false', '1245'],
    ['tag:URGENT', '3'],
    ['tag:lead', '2'],
    ['star:true', '2'],
    ['star:false', '1345'],
    ['verdict:(malicious OR benign)', '25'],
    ['-verdict:malicious', '1345'],
    ['severity:HIGH', '2'],
    ['_exists_:severity', '2'],
    ['technique:T1078*', '2'],
    ['technique:T1078', ''],
    ['event_id:3', '3'],
    ['event_id:(1 OR 5)', '15'],
    ['+alice', '1'],
    ['((((alice))))', '1'],
  ])('finds for %s the events %s', async (text, expected) => {
    expect(await ids(text)).toBe(expected)
  })

  it.each([
    ['actr:x', 0, 'actor'],
    ['outcome:denied AND outcom:x', 19, 'outcome'],
    ['zzzzqqq:1', 0, null],
    ['_exists_:servce', 9, 'service'],
    ['(a', 0, null],
    ['a)', 1, null],
    ['a AND', 5, null],
    ['AND a', 0, null],
    ['a OR OR b', 5, null],
    ['()', 1, null],
    ['"abc', 0, null],
    ['action:', 7, null],
    ['ts:[a TO b]', 4, null],
    ['ts:[2023 TO', 3, null],
    ['ts:[2023 2024]', 9, null],
    ['ts:2023-02-30', 3, null],
    ['status:abc', 7, null],
    ['mfa:maybe', 4, null],
    ['ip:10.0.0.0/64', 3, null],
    ['/a(b/', 0, null],
    ['action:/[/', 7, null],
    ['abc\\', 3, null],
    ['[a TO b]', 0, null],
    [':x', 0, null],
    ['a"b', 1, null],
    ['linked:perhaps', 7, null],
  ])('refuses %s at position %i', async (text, position, suggestion) => {
    expect(await failure(text)).toEqual({ code: 'filter.invalid', position, suggestion })
  })

  it('takes a thousand terms and no more', async () => {
    const many = (n: number) => Array.from({ length: n }, (_, i) => `action:x${i}`).join(' OR ')
    expect(await ids(many(1000))).toBe('')
    expect(await failure(many(1001))).toMatchObject({ code: 'filter.invalid' })
  })

  it('takes a hundred bare words in a second', async () => {
    expect(await ids(`${Array.from({ length: 100 }, (_, i) => `w${i}`).join(' OR ')} OR needle`)).toBe('4')
  })

  it('refuses text that nests deeper or is longer than the limits', async () => {
    expect(await ids(`${'('.repeat(99)}alice${')'.repeat(99)}`)).toBe('1')
    expect(await failure(`${'('.repeat(101)}a${')'.repeat(101)}`)).toMatchObject({ code: 'filter.invalid' })
    expect(await failure('-'.repeat(5_000))).toMatchObject({ code: 'filter.invalid' })
    expect(await failure('a'.repeat(20_001))).toMatchObject({ code: 'filter.invalid' })
  })

  it.each(["'; DROP TABLE access_event; --", '%', '_', '\\', '$1', '\u0000', '\u202e', '\ud800', '💣', '"', "''", 'İ'])(
    'treats the hostile value %j as a value',
    async (value) => {
      const quoted = `"${value.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
      expect(await ids(`actor:${quoted}`)).toBe('')
      await ids(quoted)
      await ids(`raw.${quoted}:${quoted}`)
    },
  )

  it('asks spans in the same language', async () => {
    const { where } = compileFilter(
      'service:api duration:>100ms attributes.http.route:/x* resource."k8s.pod":p http.status_code:500',
      spanFields,
      now,
    )
    expect(await db.rows(sql`SELECT count(*) AS n FROM span WHERE ${where}`)).toEqual([{ n: 0 }])
  })

  it('understands any text, or says where it stops understanding', async () => {
    const token = fc.oneof(
      fc.constantFrom(
        'AND',
        'OR',
        'NOT',
        '(',
        ')',
        '[',
        ']',
        '{',
        '}',
        ' TO ',
        ':',
        '"',
        '/',
        '\\',
        '*',
        '?',
        '-',
        '!',
        '>=',
        '<',
        '&&',
      ),
      fc.constantFrom(
        'action',
        'ts',
        'ip',
        'status',
        'mfa',
        'flags',
        'raw.a',
        'chain.id',
        'linked',
        'note',
        'now',
        '2023-07',
        '10.0.0.0/8',
        '1e5',
      ),
      fc.constantFrom(' ', ':', ' '),
      fc.string({ maxLength: 6, unit: 'binary' }),
    )
    const text = fc.array(token, { maxLength: 14 }).map((parts) => parts.join(''))
    await fc.assert(
      fc.asyncProperty(text, async (filter) => {
        for (const table of [eventFields, spanFields]) {
          try {
            const { where } = await compileChecked(db, filter, table, now)
            await db.rows(sql`SELECT count(*) AS n FROM ${sql.ident(table.table)} WHERE ${where}`)
          } catch (error) {
            if (!isAppError(error)) throw error
            expect(error.code).toBe('filter.invalid')
            expect(error.details.position).toBeGreaterThanOrEqual(0)
            expect(error.details.position).toBeLessThanOrEqual(filter.length)
          }
        }
      }),
      { numRuns: 500 },
    )
  })
})
