import { describe, expect, it } from 'vitest'
import type { MappingSuggestion } from '../../../../src/contract/mapping'
import { MappingFile } from '../../../../src/contract/mappingFile'
import { sampleOf } from '../../../../src/engine/mapping/sample'
import { suggestMapping } from '../../../../src/engine/mapping/suggest'

function suggest(text: string): MappingSuggestion {
  const sample = sampleOf(Buffer.from(text), true, null, 500)
  if (sample === undefined) throw new Error('no sample')
  return suggestMapping(sample, 'test')
}

const csv = (...lines: string[]) => `${lines.join('\n')}\n`

describe('proposing a mapping', () => {
  it('knows the fields of a CSV export by name and by look', () => {
    const { draft, carrier, delimiter, records, reasons, warnings } = suggest(
      csv(
        'Event Time;User;Remote;Operation;Outcome;Document;Id',
        '2026-01-02 03:04:05;alice@example.com;192.0.2.1;ReadDocument;ok;plan.pdf;e1',
        '2026-01-02 03:04:06;bob@example.com;192.0.2.2;DeleteDocument;forbidden;plan.pdf;e2',
      ),
    )
    expect({ carrier, delimiter, records }).toEqual({ carrier: 'csv', delimiter: ';', records: 2 })
    expect(draft).toEqual({
      version: 1,
      name: 'test',
      match: { has: ['Event Time', 'User', 'Remote', 'Operation', 'Outcome', 'Document'] },
      time: { column: 'Event Time', format: 'rfc3339', zone: 'UTC' },
      columns: {
        src_ip: { column: 'Remote' },
        actor_email: { column: 'User' },
        outcome: { column: 'Outcome', values: { ok: 'success', forbidden: 'denied' } },
        action: { column: 'Operation' },
        resource_name: { column: 'Document' },
      },
      id: { column: 'Id' },
    })
    expect(MappingFile.safeParse(draft).success).toBe(true)
    expect(reasons.find(({ target }) => target === 'src_ip')).toEqual({
      target: 'src_ip',
      place: 'Remote',
      reason: 'its values look like IP addresses; filled in 2 of 2',
    })
    expect(warnings).toEqual(['The times name no zone; UTC is proposed. Change it where it was another.'])
  })

  it('finds the records of a JSON document and places inside them', () => {
    const items = [1, 2, 3].map((n) => ({
      ts: 1767323045123 + n,
      user: { name: `u${n}`, id: `${n}` },
      request: { method: 'GET', path: `/things/${n}`, status: 200 + n },
      type: 'thing.read',
    }))
    const { draft, recordsPath } = suggest(JSON.stringify({ page: 1, result: { items } }))
    expect(recordsPath).toBe('result.items')
    expect(draft).toMatchObject({
      records: 'result.items',
      time: { path: 'ts', format: 'epoch_ms' },
      columns: {
        actor_name: { path: 'user.name' },
        action: { path: 'type' },
        http_method: { path: 'request.method' },
        http_status: { path: 'request.status' },
        http_path: { path: 'request.path' },
      },
    })
    expect(draft.time?.zone).toBeUndefined()
  })

  it('takes JSON lines, root arrays and one document alone as they are', () => {
    const record = { time: '2026-01-02T03:04:05Z', user: 'alice', action: 'open', parts: [{ a: 1 }, { a: 2 }] }
    for (const text of [
      `${JSON.stringify(record)}\n${JSON.stringify(record)}\n`,
      JSON.stringify([record, record]),
      JSON.stringify(record, null, 2),
    ])
      expect(suggest(text)).toMatchObject({ recordsPath: null, draft: { time: { path: 'time' } } })
  })

  it('asks where day and month cannot be told apart, and knows where they can', () => {
    const ambiguous = suggest(
      csv('date,user,action', '01/02/2026 03:04:05,alice,open', '03/02/2026 03:04:05,alice,open'),
    )
    expect(ambiguous.draft.time?.format).toBe('auto')
    expect(ambiguous.warnings[0]).toContain('%d/%m/%Y %H:%M:%S and %m/%d/%Y %H:%M:%S')
    const plain = suggest(csv('date,user,action', '01/02/2026 03:04:05,alice,open', '31/01/2026 03:04:05,alice,open'))
    expect(plain.draft.time?.format).toBe('%d/%m/%Y %H:%M:%S')
  })

  it('joins a date and a time of day', () => {
    const { draft } = suggest(csv('Day,Clock,user,action', '02.01.2026,03:04:05,alice,open'))
    expect(draft.time).toEqual({
      parts: [{ column: 'Day' }, { column: 'Clock' }],
      format: '%d.%m.%Y %H:%M:%S',
      zone: 'UTC',
    })
  })

  it('says what it does not know instead of choosing', () => {
    const { warnings, draft } = suggest(csv('a,b', '1,x', '2,y'))
    expect(draft.columns).toEqual({})
    expect(warnings).toEqual([
      'No field looks like a time: name one.',
      'No field looks like an actor: name who acted.',
      'No field looks like an action: name what was done.',
      'No field looks like an outcome; it will be “unknown”.',
    ])
    const odd = suggest(
      csv(
        'time,user,action,result',
        '2026-01-02T03:04:05Z,a,b,ok',
        '2026-01-02T03:04:05Z,a,b,kaputt',
        '2026-01-02T03:04:05Z,a,b,ok',
      ),
    )
    expect(odd.draft.columns.outcome?.values).toEqual({ ok: 'success' })
    expect(odd.warnings).toEqual(['“kaputt” at result is no outcome that is known: say what it means.'])
  })

  it('says that not allowed is denied, and no success failed', () => {
    const lines = (name: string) =>
      csv(`time,user,action,${name}`, '2026-01-02T03:04:05Z,a,b,true', '2026-01-02T03:04:05Z,a,b,false')
    expect(suggest(lines('allowed')).draft.columns.outcome?.values).toEqual({ true: 'success', false: 'denied' })
    expect(suggest(lines('success')).draft.columns.outcome?.values).toEqual({ true: 'success', false: 'failed' })
  })

  it('takes nothing of a target for the actor', () => {
    const { draft } = suggest(
      JSON.stringify([{ at: '2026-01-02T03:04:05Z', target: { email: 'bob@example.com', name: 'bob' } }]),
    )
    expect(Object.keys(draft.columns).filter((name) => name.startsWith('actor_'))).toEqual([])
  })

  it('cuts long values, keeps hostile keys as data, and is no sample of other things', () => {
    const { fields } = suggest(`{"__proto__":{"time":"${'x'.repeat(1000)}"},"constructor":"${'\\ud800'}y"}`)
    expect(fields.map(({ place }) => place)).toEqual(['__proto__.time', 'constructor'])
    expect(fields[0]?.values[0]?.value).toHaveLength(200)
    expect(fields[1]?.values[0]?.value.isWellFormed()).toBe(true)
    for (const text of ['Dear diary', '', '\n\n', 'one\ntwo\n', '"text"'])
      expect(sampleOf(Buffer.from(text), true, null, 10)).toBeUndefined()
  })

  it('looks at no more records than are asked for', () => {
    const lines = Array.from({ length: 30 }, (_, n) => `2026-01-02T03:04:05Z,u${n},open`)
    const sample = sampleOf(Buffer.from(csv('time,user,action', ...lines)), true, null, 10)
    expect(sample).toMatchObject({ truncated: true })
    expect(sample?.records).toHaveLength(10)
    expect(sample?.records[0]?.line).toBe(2)
  })
})
