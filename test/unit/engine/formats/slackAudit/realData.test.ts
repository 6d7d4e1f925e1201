import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { slackAudit } from '../../../../../src/engine/formats/slackAudit'
import { compareEcs } from '../../../../support/ecsExpected'
import { type Driven, driveJsonText } from '../../../../support/formatDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'

function drive(...path: string[]): Driven {
  return driveJsonText(slackAudit, readFileSync(sharedData(...path), 'utf8'))
}

describe.skipIf(!hasSharedData)(`Slack exports of other parties${sharedDataNotice}`, () => {
  const file = ['slack-audit', 'elastic', 'test-audit.log'] as const

  it('keeps every entry and says what another importer says of it', () => {
    const driven = drive(...file)
    expect([driven.read, driven.events.length]).toEqual([4, 4])
    const { compared, differences } = compareEcs(driven.events, sharedData(`${file.join('/')}-expected.json`))
    expect(compared).toBeGreaterThan(25)
    expect(differences).toEqual([])
  })

  it('reads entries of rule authors, also those without a time', () => {
    const driven = drive('panther-tests', 'slack.jsonl')
    expect([driven.read, driven.events.length]).toEqual([45, 45])
    expect(driven.events.filter((event) => event.ts !== undefined)).toHaveLength(22)
    expect(driven.events.filter((event) => event.source_event_id !== undefined)).toHaveLength(20)
  })
})
