import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { teleport } from '../../../../../src/engine/formats/teleport'
import { driveJsonText } from '../../../../support/formatDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'

describe.skipIf(!hasSharedData)(`Teleport events of other parties${sharedDataNotice}`, () => {
  it('keeps every event of the rule samples', () => {
    const driven = driveJsonText(
      teleport,
      readFileSync(sharedData('panther-tests', 'gravitational_teleport.jsonl'), 'utf8'),
    )
    expect([driven.read, driven.events.length, driven.rejects.length]).toEqual([17, 17, 0])
    const actions = driven.events.map((event) => event.action)
    expect(actions.filter((action) => action === 'session.command')).toHaveLength(6)
    expect(actions.filter((action) => action === 'user.login')).toHaveLength(6)
    expect(new Set(driven.events.map((event) => event.actor_key)).size).toBe(6)
    expect(driven.events.filter((event) => event.outcome !== 'success').map((event) => event.outcome)).toEqual([
      'auth_failed',
    ])
    // One of them states a second of three digits, which names no time.
    expect(driven.events.filter((event) => event.ts === undefined)).toHaveLength(1)
    expect(driven.events.filter((event) => event.mfa === true)).toHaveLength(1)
  })
})
