import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { AccessEventRow } from '../../../../../src/engine/db/rows'
import { pgaudit } from '../../../../../src/engine/formats/pgaudit'
import type { EmittedRow } from '../../../../../src/engine/formats/types'
import { type Driven, driveCsv, driveJsonText, driveText } from '../../../../support/formatDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'
import { splitCsv } from './support'

const counted = <T>(items: readonly T[], key: (item: T) => string | undefined) => {
  const counts: Record<string, number> = {}
  for (const item of items) counts[key(item) ?? '-'] = (counts[key(item) ?? '-'] ?? 0) + 1
  return counts
}
const alternates = (rows: readonly EmittedRow[]) => rows.map((row) => row.alternate).sort()

describe.skipIf(!hasSharedData)(`one server log in three renderings${sharedDataNotice}`, () => {
  const driven: Record<string, Driven> = {}
  const one = (name: string): Driven => {
    const found = driven[name]
    if (found === undefined) throw new Error(`no rendering ${name}`)
    return found
  }
  beforeAll(() => {
    const read = (name: string) => readFileSync(sharedData('joint-postgres-otlp', name), 'utf8')
    driven.csv = driveCsv(pgaudit, undefined, splitCsv(read('postgresql.csv')))
    driven.json = driveJsonText(pgaudit, read('postgresql.json'))
    driven.plain = driveText(pgaudit, read('postgresql-stderr.log'))
  })

  const renderings = ['csv', 'json', 'plain']
  it.each(renderings)('finds every audit record and error, and rejects nothing: %s', (name) => {
    const { events, rejects, read, accounted } = one(name)
    expect(rejects).toEqual([])
    expect([...accounted.values()].every((times) => times === 1)).toBe(true)
    expect(accounted.size).toBe(read)
    const audits = events.filter((row) => row.class === 'query' || row.class === 'config' || row.class === 'iam')
    const errors = audits.filter((row) => row.outcome_code !== undefined && row.db_rows === undefined)
    const granted = audits.filter((row) => !errors.includes(row))
    expect(granted).toHaveLength(191)
    expect(counted(errors, (row) => `${row.outcome} ${row.outcome_code}`)).toEqual({
      'denied 42501': 12,
      'failed 23503': 3,
    })
    expect(counted(granted, (row) => row.actor_name)).toEqual({ app: 187, postgres: 4 })
    expect(counted(granted, (row) => `${row.class} ${row.read_only}`)).toEqual({
      'config false': 2 + 2,
      'iam false': 2,
      'query false': 77,
      'query true': 108,
    })
  })

  it.each(renderings)('takes trace context from comments and from the statement that fired a check: %s', (name) => {
    const { events } = one(name)
    const own = events.filter((row) => row.trace_source === 'sqlcommenter')
    expect(own.filter((row) => row.outcome_code === undefined)).toHaveLength(121)
    expect(own).toHaveLength(121 + 15)
    expect(new Set(own.map((row) => row.trace_id)).size).toBe(136)
    const inherited = events.filter((row) => row.trace_source === 'sqlcommenter (inherited)')
    expect(inherited).toHaveLength(60)
    expect(inherited.every((row) => row.db_statement?.startsWith('SELECT 1 FROM ONLY "public"."customer" x'))).toBe(
      true,
    )
    const injected = events.filter((row) => row.db_statement?.includes('union select id,card'))
    expect(injected).toHaveLength(6)
    expect(injected.every((row) => row.trace_id === undefined && row.outcome === 'success')).toBe(true)
  })

  it.each(renderings)(
    'marks the check of a refused foreign key as failed and leaves the others granted: %s',
    (name) => {
      const checks = one(name).events.filter((row) => row.trace_source === 'sqlcommenter (inherited)')
      expect(counted(checks, (row) => row.outcome)).toEqual({ success: 57, failed: 3 })
      const failed = one(name).events.filter((row) => row.outcome_code === '23503')
      expect(failed).toHaveLength(6)
      expect(new Set(failed.map((row) => row.trace_id)).size).toBe(3)
    },
  )

  it('gives every entry the same alternate identity in all renderings, and no two the same', () => {
    const csv = alternates(one('csv').rows)
    expect(csv).toHaveLength(269)
    expect(new Set(csv).size).toBe(269)
    expect(alternates(one('json').rows)).toEqual(csv)
    expect(alternates(one('plain').rows)).toEqual(csv)
    const identities = (name: string) =>
      one(name)
        .rows.map((row) => row.identity)
        .sort()
    expect(identities('json')).toEqual(identities('csv'))
    expect(new Set(identities('csv')).size).toBe(269)
    expect(one('plain').rows.every((row) => row.identity === null)).toBe(true)
  })

  it('gives the same columns in csvlog and jsonlog, and in the plain log all but what it lacks', () => {
    const sorted = (name: string) =>
      one(name)
        .rows.flatMap((item) => (item.table === 'access_event' ? [{ key: item.alternate ?? '', row: item.row }] : []))
        .sort((a, b) => (a.key < b.key ? -1 : 1))
        .map((item) => item.row)
    expect(sorted('json')).toEqual(sorted('csv'))
    const poorer = ({ session_id: _s, source_event_id: _e, ...rest }: AccessEventRow) => rest
    expect(sorted('plain').map(poorer)).toEqual(sorted('csv').map(poorer))
  })
})
