import { describe, expect, it } from 'vitest'
import { pgaudit, pgauditWith } from '../../../../../src/engine/formats/pgaudit'
import { prefixProblem } from '../../../../../src/engine/formats/pgaudit/templates'
import { driveText } from '../../../../support/formatDriver'

const drive = (...lines: readonly string[]) => {
  const driven = driveText(pgaudit, lines.join('\n'))
  expect([...driven.accounted.values()].every((times) => times === 1)).toBe(true)
  expect(driven.accounted.size).toBe(driven.read)
  return driven
}
const old = (pid: number, text: string, host = 'db1') => `Nov 24 08:15:54 ${host} postgres[${pid}]: ${text}`
const stamp = '2026-11-24 08:15:54.123 UTC'
const us = BigInt(Date.parse('2026-11-24T08:15:54.123Z')) * 1000n
const select = 'AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.card,"select 1'

describe('server log by syslog', () => {
  it('joins the parts of an entry by process, across parts of others', () => {
    const { events, rejects } = drive(
      old(7, `[3-1] ${stamp} [7] app@shop LOG:  ${select}`),
      old(8, `[9-1] ${stamp} [8] app@shop ERROR:  permission denied for table`),
      old(7, '[3-2] #011from card'),
      old(8, '[9-2]  card at character 8'),
      old(7, '[3-3] #011where a = 1",<none>'),
      old(8, `[9-3] ${stamp} [8] app@shop STATEMENT:  select 2`),
      old(8, '[9-4] #011from card'),
    )
    expect(rejects).toEqual([])
    expect(events).toMatchObject([
      { ts: us, outcome: 'denied', db_statement: 'select 2\nfrom card', resource_key: 'pg:db1/shop/card' },
      { ts: us, outcome: 'success', db_statement: 'select 1\nfrom card\nwhere a = 1', actor_key: 'pg:db1/app' },
    ])
  })

  it('takes the time of the header where the prefix has none, and none where that has no year', () => {
    const text = 'user=app,db=shop ERROR:  permission denied for table card'
    const recent = drive(`2026-11-24T08:15:54.123456+01:00 db1 postgres[7]: [3-1] ${text}`)
    expect(recent.events).toMatchObject([
      { ts: BigInt(Date.parse('2026-11-24T07:15:54.123Z')) * 1000n + 456n, ts_precision: 'us', actor_name: 'app' },
    ])
    const [event] = drive(old(7, `[3-1] ${text}`)).events
    expect(event).toMatchObject({ flags: ['clock_suspect'], actor_key: 'pg:db1/app', outcome: 'denied' })
    expect(event?.ts).toBeUndefined()
  })

  it('reads RFC 5424 with the server’s own time before the header’s', () => {
    const { events } = drive(`<134>1 2026-11-24T08:16:00Z db1 postgres 7 - - [3-1] ${stamp} [7] app@shop ERROR:  x`)
    expect(events).toMatchObject([{ ts: us, ts_precision: 'ms', actor_name: 'app' }])
  })

  it('skips other programs and rejects what is no entry of the server', () => {
    const { events, skips, rejects } = drive(
      old(7, `[3-1] ${stamp} [7] app@shop ERROR:  x`),
      'Nov 24 08:15:54 db1 cron[9]: (root) CMD (true)',
      old(7, 'no severity here'),
      'no header',
    )
    expect(events).toHaveLength(1)
    expect(skips).toEqual([{ recordNo: 1, reason: 'A line of another program.' }])
    expect(rejects.map(({ recordNo }) => recordNo)).toEqual([2, 3])
  })

  it('keeps two servers apart whose processes have one number', () => {
    const { events } = drive(
      old(7, `[3-1] ${stamp} [7] app@shop LOG:  ${select}`, 'db1'),
      old(7, `[3-1] ${stamp} [7] app@shop ERROR:  x`, 'db2'),
      old(7, '[3-2] #011from card",<none>', 'db1'),
    )
    expect(events.map(({ actor_tenant, db_statement }) => [actor_tenant, db_statement])).toEqual([
      ['db2', undefined],
      ['db1', 'select 1\nfrom card'],
    ])
  })

  it('is recognised among lines of other programs, and not in a log without the server', () => {
    const others = Array(30).fill('Nov 24 08:15:54 db1 cron[9]: LOG:  (root) CMD (true)')
    expect(pgaudit.text?.match([...others, old(7, `[3-1] ${stamp} [7] app@shop LOG:  x`)])).toBeGreaterThanOrEqual(0.5)
    expect(pgaudit.text?.match(others)).toBe(0)
  })
})

describe('server log by a container runtime', () => {
  const runtime = (text: string, flag = 'F') => `2026-11-24T08:15:55.000000001Z stderr ${flag} ${text}`

  it('joins lines that were cut and lines that go on', () => {
    const { events, rejects } = drive(
      runtime(`${stamp} [7] app@shop LOG:  ${select} from`, 'P'),
      runtime(' card'),
      runtime('\twhere a = 1",<none>'),
      runtime(`${stamp} [7] app@shop ERROR:  x`),
    )
    expect(rejects).toEqual([])
    expect(events.map(({ ts, db_statement }) => [ts, db_statement])).toEqual([
      [us, 'select 1 from card\nwhere a = 1'],
      [us, undefined],
    ])
  })

  it('is not recognised by severities of other programs', () => {
    expect(pgaudit.text?.match([runtime('ERROR: cannot connect'), runtime('LOG:  x')])).toBe(0)
  })
})

describe('what a client showed', () => {
  it('gives every audit record, without a time, and skips statements and results', () => {
    const { events, skips, rejects, read } = drive(
      'SELECT *',
      '  FROM card;',
      'NOTICE:  AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.card,"SELECT *',
      '  FROM ""card"";",<not logged>',
      ' id ',
      '(0 rows)',
      '',
      'ERROR:  permission denied for table card',
    )
    expect(read).toBe(6)
    expect(rejects).toEqual([])
    expect(skips.map(({ recordNo }) => recordNo)).toEqual([0, 1, 3, 4])
    expect(events).toMatchObject([
      { action: 'SELECT', db_statement: 'SELECT *\n  FROM "card";', flags: ['clock_suspect'] },
      { outcome: 'denied', flags: ['clock_suspect'] },
    ])
  })
})

describe('a prefix that the analyst named', () => {
  const line = '24/7 app <shop> 2026-11-24 08:15:54.123 UTC LOG:  AUDIT: SESSION,1,1,READ,SELECT,,,select 1,<none>'

  it('is tried first, with or without the blank at its end', () => {
    expect(pgaudit.text?.match([line])).toBe(0)
    for (const prefix of ['24/%p %u <%d> %m ', '24/%p %u <%d> %m']) {
      const format = pgauditWith(prefix)
      expect(format.text?.match([line])).toBeGreaterThan(0.9)
      expect(driveText(format, line).events).toMatchObject([{ ts: us, actor_name: 'app', db_name: 'shop' }])
    }
  })

  it('still reads lines of known prefixes', () => {
    const { events } = driveText(pgauditWith('24/%p %u <%d> %m '), `${stamp} [7] app@shop ERROR:  x\n${line}`)
    expect(events).toHaveLength(2)
  })

  it('needs a time', () => {
    expect(prefixProblem('%u@%d ')).toMatch(/%t, %m or %n/)
    expect(prefixProblem('%s [%p] ')).toMatch(/%t, %m or %n/)
    expect(prefixProblem('%%m [%p] ')).toMatch(/%t, %m or %n/)
    expect(prefixProblem('%m'.repeat(200))).toMatch(/at most/)
    for (const prefix of ['%m ', '%t ', '%n ', '%10m|']) expect(prefixProblem(prefix)).toBeUndefined()
  })
})
