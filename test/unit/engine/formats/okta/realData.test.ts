import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { okta } from '../../../../../src/engine/formats/okta'
import { compareEcs } from '../../../../support/ecsExpected'
import { type Driven, driveJsonText } from '../../../../support/formatDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'

function drive(...path: string[]): Driven {
  return driveJsonText(okta, readFileSync(sharedData(...path), 'utf8'))
}

function count(driven: Driven, pick: (event: Driven['events'][number]) => unknown): number {
  return new Set(driven.events.map(pick)).size
}

describe.skipIf(!hasSharedData)(`Okta exports of other parties${sharedDataNotice}`, () => {
  const file = ['okta', 'elastic', 'test-okta-system-events.log'] as const

  it('keeps every event with its outcome, actor and address', () => {
    const driven = drive(...file)
    expect([driven.read, driven.events.length]).toEqual([24, 24])
    expect(driven.events.filter((event) => event.outcome_code === 'SUCCESS')).toHaveLength(20)
    expect(driven.events.filter((event) => event.outcome_code === 'ALLOW')).toHaveLength(4)
    expect(driven.events.every((event) => event.outcome === 'success')).toBe(true)
    expect(count(driven, (event) => event.actor_email)).toBe(13)
    expect(driven.events.filter((event) => event.action === 'user.session.start')).toHaveLength(5)
    const times = driven.events.map((event) => event.ts ?? 0n).sort((a, b) => (a < b ? -1 : 1))
    expect([times[0], times.at(-1)].map((us) => new Date(Number((us ?? 0n) / 1000n)).toISOString())).toEqual([
      '2020-02-14T20:18:57.718Z',
      '2023-06-07T15:49:45.109Z',
    ])
  })

  it('says what another importer says of the same events', () => {
    const { compared, differences } = compareEcs(drive(...file).events, sharedData(`${file.join('/')}-expected.json`))
    expect(compared).toBeGreaterThan(150)
    expect(differences).toEqual([])
  })

  it('reads events of rule authors, with keys in lower case and times without a zone, and claims nothing beside', () => {
    const driven = drive('panther-tests', 'okta.jsonl')
    expect([driven.read, driven.events.length, driven.rejects.length]).toEqual([64, 44, 20])
    expect(driven.events.filter((event) => event.outcome_code === 'FAILURE')).toHaveLength(11)
    expect(driven.events.filter((event) => event.outcome === 'interrupted')).toHaveLength(7)
    expect(driven.events.filter((event) => event.outcome_code === 'DENY').map((event) => event.outcome)).toEqual([
      'throttled',
      'throttled',
      'denied',
    ])
  })
})
