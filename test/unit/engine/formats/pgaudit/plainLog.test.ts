import { describe, expect, it } from 'vitest'
import { pgaudit } from '../../../../../src/engine/formats/pgaudit'
import { AssumedZone } from '../../../../../src/engine/zone/assumedZone'
import { driveText } from '../../../../support/formatDriver'

const line = (pid: number, text: string) => `2026-01-02 03:04:05.678 UTC [${pid}] app@shop ${text}`
const drive = (...lines: readonly string[]) => {
  const driven = driveText(pgaudit, lines.join('\n'))
  expect([...driven.accounted.values()].every((times) => times === 1)).toBe(true)
  expect(driven.accounted.size).toBe(driven.read)
  return driven
}

describe('plain log', () => {
  it('joins follow-up lines to the entry of their process, across lines of others', () => {
    const { events, read, rejects } = drive(
      line(7, 'ERROR:  permission denied for table card at character 8'),
      line(8, 'LOG:  hello'),
      line(7, 'DETAIL:  none'),
      line(8, 'STATEMENT:  select 2'),
      line(7, 'STATEMENT:  select 1'),
      '\tfrom card',
    )
    expect(rejects).toEqual([])
    expect(read).toBe(5)
    expect(events).toMatchObject([
      {
        outcome: 'denied',
        outcome_code: '42501',
        outcome_reason: 'permission denied for table card\nDETAIL: none',
        db_statement: 'select 1\nfrom card',
        resource_key: 'pg:-/shop/card',
      },
    ])
  })

  it('keeps a follow-up line whose entry is not in the file', () => {
    const { rows } = drive(line(7, 'DETAIL:  parameters: $1 = 1'))
    expect(rows).toMatchObject([{ table: 'log_record', row: { severity: 'DETAIL', body: 'parameters: $1 = 1' } }])
  })

  it('reads SQLSTATE of the verbose form, but no code in a message that begins with five letters', () => {
    const { events } = drive(line(7, 'ERROR:  42P01: relation "x" does not exist'), line(7, 'ERROR:  AUDIT: x'))
    expect(events.map((row) => row.outcome_code)).toEqual(['42P01', undefined])
  })

  it('rejects what stands before the first entry', () => {
    const { rejects, rows } = drive('pg_ctl: another server may be running', line(7, 'LOG:  hello'))
    expect(rejects).toHaveLength(1)
    expect(rows).toHaveLength(1)
  })

  it('numbers identical entries of one millisecond, and starts again in the next', () => {
    const later = line(7, 'LOG:  x').replace('678', '679')
    const { rows } = drive(line(7, 'LOG:  x'), line(7, 'LOG:  x'), line(8, 'LOG:  x'), later)
    expect(rows.map((row) => row.alternate).sort()).toEqual([
      'pg|7|1767323045678|LOG|x',
      'pg|7|1767323045678|LOG|x#2',
      'pg|7|1767323045679|LOG|x',
      'pg|8|1767323045678|LOG|x',
    ])
  })

  it('fills client and application from the lines of the connection where the prefix has none', () => {
    const { events } = drive(
      line(7, 'LOG:  connection received: host=192.0.2.1 port=5000'),
      line(
        7,
        'LOG:  connection authorized: user=app database=shop application_name=my api SSL enabled (protocol=TLSv1.3)',
      ),
      line(7, 'LOG:  AUDIT: SESSION,1,1,READ,SELECT,,,select 1,<none>'),
    )
    expect(events[1]).toMatchObject({ src_ip: '192.0.2.1', src_port: 5000, user_agent: 'my api' })
  })

  it('starts a session anew where a process id connects again', () => {
    const { events } = drive(
      line(7, 'LOG:  AUDIT: SESSION,1,1,MISC,SET,,,set role r,<none>'),
      line(7, 'LOG:  AUDIT: SESSION,2,1,READ,SELECT,,,select 1,<none>'),
      line(7, 'LOG:  connection received: host=192.0.2.1 port=5000'),
      line(7, 'LOG:  AUDIT: SESSION,1,1,READ,SELECT,,,select 1,<none>'),
    )
    expect(events.map((row) => row.effective_name)).toEqual([undefined, 'r', undefined])
  })

  it('reads zones by abbreviation, and refuses one that several zones share until somebody says which', () => {
    const rows = (zone: string) => drive(line(7, 'ERROR:  x').replace('UTC', zone)).events
    expect(rows('CET')[0]).toMatchObject({ ts: 1767319445678000n })
    expect(rows('-03')[0]).toMatchObject({ ts: 1767333845678000n })
    expect(rows('CET')[0]?.flags).toBeUndefined()
    expect(rows('EST')[0]).toMatchObject({ ts: 1767341045678000n })
    const refused = drive(line(7, 'ERROR:  x').replace('UTC', 'IST'))
    expect([refused.events, refused.rejects.length]).toEqual([[], 1])
    const answered = driveText(pgaudit, line(7, 'ERROR:  x').replace('UTC', 'IST'), {
      wallClock: new AssumedZone({ zoneNames: { IST: 'Asia/Kolkata' } }),
    })
    expect(answered.events[0]).toMatchObject({ ts: 1767303245678000n })
    expect(answered.events[0]?.flags).toBeUndefined()
  })

  it('is not recognised in text that is no server log', () => {
    expect(pgaudit.text?.match(['ERROR: something', '2026-01-02 03:04:05 INFO starting', 'x'])).toBe(0)
    expect(pgaudit.csv?.match(['a', 'b'], ['1', '2']).score).toBe(0)
    expect(pgaudit.json?.match({ message: 'x', error_severity: 'LOG' }, undefined)).toBe(0)
  })
})
