import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { githubAudit } from '../../../../../src/engine/formats/githubAudit'
import { commonFields, compareEcs } from '../../../../support/ecsExpected'
import { type Driven, driveJsonText } from '../../../../support/formatDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'

function drive(...path: string[]): Driven {
  return driveJsonText(githubAudit, readFileSync(sharedData(...path), 'utf8'))
}

function tally(driven: Driven, action: string): number {
  return driven.events.filter((event) => event.action === action).length
}

describe.skipIf(!hasSharedData)(`GitHub exports of other parties${sharedDataNotice}`, () => {
  const file = ['github-audit', 'elastic', 'test-audit-json.log'] as const

  it('keeps every entry', () => {
    const driven = drive(...file)
    expect([driven.read, driven.events.length]).toEqual([189, 189])
    expect(new Set(driven.events.map((event) => event.actor_name)).size).toBe(4)
    expect(tally(driven, 'pull_request.create')).toBe(20)
    expect(tally(driven, 'pull_request.merge')).toBe(20)
    expect(driven.events.filter((event) => event.outcome === 'denied')).toHaveLength(19)
    expect(tally(driven, 'repo.change_merge_setting')).toBe(16)
    expect(driven.events.filter((event) => event.src_ip !== undefined)).toEqual([])
    const times = driven.events.map((event) => event.ts ?? 0n).sort((a, b) => (a < b ? -1 : 1))
    expect([times[0], times.at(-1)].map((us) => new Date(Number((us ?? 0n) / 1000n)).toISOString())).toEqual([
      '2020-03-04T23:24:08.566Z',
      '2023-01-23T06:20:40.535Z',
    ])
  })

  it('says what another importer says of the same entries', () => {
    const fields = [
      ...commonFields,
      ['user.name', ['user', 'name'], (row: { actor_name?: string | undefined }) => row.actor_name] as const,
      ['github.org', ['github', 'org'], (row: { actor_tenant?: string | undefined }) => row.actor_tenant] as const,
    ]
    const { compared, differences } = compareEcs(
      drive(...file).events,
      sharedData(`${file.join('/')}-expected.json`),
      fields,
    )
    expect(compared).toBeGreaterThan(650)
    expect(differences).toEqual([])
  })

  it('reads entries of rule authors and leaves webhooks alone', () => {
    const driven = drive('panther-tests', 'github.jsonl')
    expect([driven.read, driven.events.length, driven.rejects.length]).toEqual([127, 75, 52])
    expect(tally(driven, 'repo.create')).toBe(6)
    expect(tally(driven, 'repo.update')).toBe(6)
    expect(driven.events.filter((event) => event.src_ip !== undefined)).toHaveLength(3)
  })
})
