import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/common/json'
import { utcClock } from '../../../../../src/common/time'
import { githubAudit } from '../../../../../src/engine/formats/githubAudit'
import { anyChange, anyRecord, expectAccounted } from '../../../../support/anyRecord'
import { driveCsv, driveJsonText, driveText, position, recordsOf } from '../../../../support/formatDriver'

const entry: JsonObject = {
  _document_id: 'doc-1',
  '@timestamp': 1_767_323_045_678,
  action: 'hook.create',
  actor: 'alice',
  org: 'acme',
  hook_id: 5,
}
const text = JSON.stringify(entry)

describe('containers of GitHub audit entries', () => {
  it.each<[string, string]>([
    ['single entries', text],
    ['arrays', `[${text},${text}]`.replace(`,${text}`, '')],
    ['JSON lines', `${text}\n`],
    ['log shippers', JSON.stringify({ message: text })],
    ['index exports', JSON.stringify({ _raw: text })],
    ['kept originals', JSON.stringify({ event: { original: text } })],
  ])('finds the entry in %s', (_, value) => {
    expect(driveJsonText(githubAudit, value).events.map((row) => row.source_event_id)).toEqual(['doc-1'])
    expect(githubAudit.json?.match(recordsOf(githubAudit, value)[0] ?? null, undefined)).toBeGreaterThan(0.9)
  })

  it.each<[JsonObject, number]>([
    [entry, 1],
    [{ action: 'repo.create', actor: 'alice', org: 'acme', repo: 'acme/x', created_at: 1 }, 0.95],
    [{ action: 'repo.create', actor: 'alice', repo: 'acme/x', programmatic_access_type: 'x' }, 0.85],
    [{ action: 'user.failed_login', created_at: 1, actor_ip: '198.51.100.7', actor_id: 1 }, 0.95],
  ])('scores %j with %s', (value, score) => {
    expect(githubAudit.json?.match(value, undefined)).toBe(score)
  })

  it.each<[string, JsonValue]>([
    ['null', null],
    ['an empty object', {}],
    ['a webhook', { action: 'opened', repository: { full_name: 'acme/x' }, sender: { login: 'alice' } }],
    ['a webhook with a dot', { action: 'a.b', actor: { login: 'alice' }, org: 'x', repo: 'y', created_at: 1 }],
    ['an audit entry of an application', { action: 'user.login', actor: 'alice', ip: '198.51.100.7' }],
    ['an action that is no text', { action: ['repo.create'], actor: 'alice', org: 'acme', repo: 'x' }],
    ['text that only mentions it', { message: 'repo.create' }],
    ['keys of the prototype', JSON.parse(`{"__proto__":${text}}`)],
  ])('does not claim %s, and rejects it', (_, value) => {
    expect(githubAudit.json?.match(value, undefined)).toBe(0)
    const driven = driveJsonText(githubAudit, JSON.stringify([value]))
    expect([driven.events.length, driven.rejects.length]).toEqual([0, 1])
  })

  it('keeps every digit of a long id', () => {
    const raw =
      '{"action":"hook.create","actor":"alice","org":"acme","created_at":1767323045678,"hook_id":12345678901234567890}'
    const rows: unknown[] = []
    const session = githubAudit.json?.open({
      wallClock: utcClock,
      memberName: 'test',
      sink: { emit: (_, emitted) => rows.push(...emitted), skip: () => {}, reject: () => {} },
    })
    session?.record(JSON.parse(raw), {}, position(0, raw))
    expect(rows).toMatchObject([{ row: { resource_key: 'github:hook/12345678901234567890' } }])
  })

  it('keeps an entry whatever its fields hold', () => {
    const wild = anyRecord(
      ['action', 'actor', 'team', 'country_code', 'reason', 'hook_id', 'conclusion'],
      ['repo.create', 'api.request', 'alice', 404, 'failure'],
    )
    const whole = { ...entry, data: {}, actor_location: {}, user: 'x', status_code: 1, url: 'x', conclusion: 'x' }
    fc.assert(
      fc.property(fc.array(anyChange(whole, wild), { maxLength: 5 }), (values) => expectAccounted(githubAudit, values)),
    )
    fc.assert(fc.property(fc.array(wild, { maxLength: 5 }), (values) => expectAccounted(githubAudit, values)))
  })
})

describe('GitHub audit entries by column', () => {
  const header = ['action', 'actor', 'user', 'actor_location.country_code', 'org', 'repo', 'created_at', 'data.team']
  const record = ['team.add_member', 'alice', 'bob', 'AT', 'acme', '', '1767323045678', 'acme/ops']

  it('recognises the header with a dotted action below it', () => {
    expect(githubAudit.csv?.match(header, record)).toEqual({ score: 0.95, header: true })
    expect(githubAudit.csv?.match(header, undefined).score).toBe(0.6)
  })

  it.each([
    [header, ['logged in', ...record.slice(1)]],
    [
      ['action', 'actor', 'time'],
      ['a.b', 'alice', '1'],
    ],
    [
      ['action', 'actor', 'created_at'],
      ['a.b', 'alice', '1'],
    ],
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ])('does not claim other columns', (first, second) => {
    expect(githubAudit.csv?.match(first, second).score).toBe(0)
  })

  it('maps a record as the entry it was', () => {
    const driven = driveCsv(githubAudit, header, [record])
    expect(driven.events[0]).toMatchObject({
      ts: 1_767_323_045_678_000n,
      action: 'team.add_member',
      actor_key: 'gh:alice',
      src_country: 'AT',
      resource_key: 'github:team/acme/ops',
      resources: [
        { key: 'github:team/acme/ops', type: 'team' },
        { key: 'github:user/bob', type: 'user' },
      ],
    })
  })

  it('is the same row as the whole entry where both have its id', () => {
    const columns = driveCsv(githubAudit, ['_document_id', ...header], [['doc-1', ...record]])
    expect(columns.rows[0]).toMatchObject({ identity: null, alternate: 'github:doc-1' })
    expect(driveJsonText(githubAudit, text).rows[0]).toMatchObject({ alternate: 'github:doc-1' })
  })

  it('accounts short, foreign and headless records and hostile columns', () => {
    const driven = driveCsv(
      githubAudit,
      [...header, '__proto__', '__proto__.x', 'constructor'],
      [['nothing'], record, [], [...record, 'a', 'b', 'c']],
    )
    expect([driven.events.length, driven.rejects.length]).toEqual([2, 2])
    expect(driveCsv(githubAudit, undefined, [record]).rejects).toHaveLength(1)
  })
})

describe('GitHub audit entries in the log of a server', () => {
  const plain = `Jan  2 03:04:05 github-example-com github_audit: ${text}`
  const framed = `<134>1 2026-01-02T03:04:05Z github.example.com github_audit 4711 - - ${text}`
  const other = 'Jan  2 03:04:05 github-example-com haproxy[1]: 198.51.100.7 GET /'

  it.each([plain, framed])('reads %s', (line) => {
    expect(githubAudit.text?.match([line, line])).toBeCloseTo(0.95)
    expect(driveText(githubAudit, line).events.map((row) => row.source_event_id)).toEqual(['doc-1'])
  })

  it('shows the entry itself as raw, with every digit of its ids', () => {
    const json = '{"action":"hook.create","actor":"alice","org":"acme","created_at":1,"hook_id":12345678901234567890}'
    const raws: string[] = []
    const rows: unknown[] = []
    const session = githubAudit.text?.open(
      {
        wallClock: utcClock,
        memberName: 'test',
        sink: {
          emit: (at, emitted) => {
            raws.push(at.raw())
            rows.push(...emitted)
          },
          skip: () => {},
          reject: () => {},
        },
      },
      [],
    )
    session?.record(`Jan  2 03:04:05 host github_audit: ${json}`, position(0))
    expect(raws).toEqual([json])
    expect(rows).toMatchObject([{ row: { resource_key: 'github:hook/12345678901234567890' } }])
  })

  it('leaves other logs of the server out, and says so', () => {
    const driven = driveText(githubAudit, [plain, other, `${plain.slice(0, -5)}`, framed].join('\n'))
    expect([driven.events.length, driven.skips.length, driven.rejects.length]).toEqual([2, 1, 1])
  })

  it('claims a mixed log by its share, and no log without entries', () => {
    expect(githubAudit.text?.match([plain, other, other, other])).toBeCloseTo(0.65)
    for (const lines of [[], [''], [other], ['github_audit: {"action":"x"}'], [`x ${text}`]])
      expect(githubAudit.text?.match(lines)).toBe(0)
  })
})
