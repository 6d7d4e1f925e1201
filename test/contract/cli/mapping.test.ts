import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Rig, rig } from './rig'

const doors = [
  'When;Who;Doing;Result;Note',
  '2026-01-02 03:04:05;alice@example.com;read;ok;=1+1 \u001b[31m',
  '2026-01-02 03:04:06;bob@example.com;read;kaputt;',
  'never;carol@example.com;read;ok;',
  '',
].join('\n')
const mapping = {
  version: 1,
  name: 'Doors',
  time: { column: 'When', format: 'rfc3339', zone: 'UTC' },
  columns: {
    actor_email: { column: 'Who' },
    action: { column: 'Doing' },
    outcome: { column: 'Result', values: { ok: 'success' } },
    outcome_reason: { column: 'Note' },
  },
}

let own: Rig
beforeAll(async () => {
  own = await rig()
  await own.put('doors.csv', doors)
  await own.put('doors.mapping.json', JSON.stringify(mapping, null, 2))
}, 240_000)
afterAll(() => own.remove())

describe('mappings on the command line', () => {
  it('suggest prints a mapping file and why it is so', async () => {
    const { code, out, err } = await own.run('mapping', 'suggest', 'doors.csv')
    expect(code).toBe(0)
    expect(JSON.parse(out)).toMatchObject({ name: 'doors', time: { column: 'When', format: 'rfc3339' } })
    expect(err).toContain('its values look like e-mail addresses')
    expect(err).toContain('To decide: “kaputt” at Result is no outcome that is known')
    expect(await own.json(['mapping', 'suggest', 'doors.csv'])).toMatchObject({
      carrier: 'csv',
      delimiter: ';',
      records: 3,
      draft: JSON.parse(out),
    })
  })

  it('test shows rows, counts and reasons, and no escape of the data', async () => {
    const { code, out, err } = await own.run('mapping', 'test', 'doors.csv', '--mapping', 'doors.mapping.json')
    expect(code).toBe(0)
    expect(out).toContain('3 records: 2 map, 1 fail.')
    expect(out).not.toContain('\u001b')
    expect(err).toContain('line 4: “never” is no time in the format rfc3339')
    expect(err).toContain('outcome: “kaputt” does not fit (1 times, first in line 3)')
    const trial = await own.json(['mapping', 'test', 'doors.csv', '--mapping', 'doors.mapping.json', '--rows', '1'])
    expect(trial).toEqual({
      records: 3,
      mapped: 2,
      failed: 1,
      truncated: false,
      rows: [{ line: 2, row: expect.objectContaining({ ts: '2026-01-02T03:04:05Z', outcome: 'success' }) }],
      failures: [{ member: null, line: 4, reason: expect.any(String) }],
      misfits: [{ column: 'outcome', reason: expect.any(String), count: 1, line: 3 }],
    })
  })

  it('import takes mapping files, list and remove manage those of the case', async () => {
    const imported = await own.json(['import', 'a.case', 'doors.csv', '--mapping', 'doors.mapping.json'])
    expect(imported).toMatchObject({ files: [{ formats: ['generic'], records: { kept: 2, rejected: 1 } }] })
    expect(await own.json(['mapping', 'list', 'a.case'])).toEqual([
      {
        hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        mapping,
        savedAt: expect.any(String),
        savedBy: 'tester',
        revision: 1,
      },
    ])
    expect(await own.json(['mapping', 'remove', 'a.case', 'Doors'])).toEqual({ name: 'Doors' })
    expect(await own.json(['mapping', 'list', 'a.case'])).toEqual([])
  })

  it.each([
    [
      2,
      /^crosstrail: bad\.json: The mapping cannot be used\. line 3: name: .+\n$/,
      ['import', 'c.case', 'doors.csv', '--mapping', 'bad.json'],
    ],
    [2, /broken\.json: The mapping is no JSON: line 2/, ['mapping', 'test', 'doors.csv', '--mapping', 'broken.json']],
    [2, /The mapping none\.json cannot be read/, ['import', 'c.case', 'doors.csv', '--mapping', 'none.json']],
    [2, /needs a mapping/, ['import', 'd.case', 'doors.csv', '--format', 'generic']],
    [2, /--mapping FILE/, ['mapping', 'test', 'doors.csv']],
    [2, /mapping --help/, ['mapping', 'frob', 'doors.csv']],
    [2, /no mapping “Gates”/, ['mapping', 'remove', 'a.case', 'Gates']],
    [3, /neither JSON nor CSV/, ['mapping', 'suggest', 'diary.txt']],
    [3, /mapping does not fit/, ['mapping', 'test', 'diary.txt', '--mapping', 'doors.mapping.json']],
  ] as const)('gives %i and says %s', async (code, message, words) => {
    await own.put('bad.json', '{\n  "version": 1,\n  "name": 7 }')
    await own.put('broken.json', '{\n  "version" 1 }')
    await own.put('diary.txt', 'Dear diary\n')
    const ran = await own.run(...words)
    expect([ran.code, ran.err]).toEqual([code, expect.stringMatching(message)])
    expect(ran.err).not.toContain(own.root)
    expect(existsSync(own.path('c.case'))).toBe(false)
  })
})
