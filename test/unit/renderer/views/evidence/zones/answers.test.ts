import { describe, expect, it } from 'vitest'
import type { ZoneQuestions } from '../../../../../../src/contract/zones'
import { createZoneAskStore } from '../../../../../../src/renderer/state/zoneAsk'
import {
  answersOf,
  earlierAnswersOf,
  firstChoices,
  nameKey,
  sayEarlier,
  unzonedKey,
} from '../../../../../../src/renderer/views/evidence/zones/answers'

const example = { time: 't', localUs: 0, line: null, files: 1, fileNames: ['a'], earlier: null }
const questions = (earlier: string | null = null): ZoneQuestions => ({
  unzoned: [{ format: 'pgaudit', title: 'PostgreSQL', ...example, earlier }],
  abbreviations: [{ name: 'IST', ...example, earlier, readings: [{ zone: 'Asia/Kolkata', place: 'India' }] }],
  lookedAt: 1,
  files: 1,
})

describe('answers about zones', () => {
  it('begin with UTC for times without a zone, and with nothing for an abbreviation', () => {
    const choices = firstChoices(questions(), 'Europe/Berlin')
    expect(choices.get(unzonedKey('pgaudit'))).toEqual({ kind: 'proposed', zone: 'UTC' })
    expect(choices.has(nameKey('IST'))).toBe(false)
    expect(answersOf(questions(), choices)).toBeUndefined()
  })

  it('begin with the reading that is the zone of this machine, and with what was said earlier', () => {
    expect(firstChoices(questions(), 'Asia/Kolkata').get(nameKey('IST'))).toEqual({
      kind: 'proposed',
      zone: 'Asia/Kolkata',
    })
    expect(firstChoices(questions('+03:00'), 'Asia/Kolkata').get(nameKey('IST'))).toEqual({
      kind: 'other',
      zone: '+03:00',
    })
  })

  it('say a zone for each question, and none where nobody knows', () => {
    const choices = new Map([
      [unzonedKey('pgaudit'), { kind: 'open' as const, zone: '' }],
      [nameKey('IST'), { kind: 'other' as const, zone: ' Asia/Jerusalem ' }],
    ])
    expect(answersOf(questions(), choices)).toEqual({ formatZones: {}, zoneNames: { IST: 'Asia/Jerusalem' } })
    choices.set(nameKey('IST'), { kind: 'other', zone: ' ' })
    expect(answersOf(questions(), choices)).toBeUndefined()
  })

  it('are used again only where they say everything', () => {
    expect(earlierAnswersOf(questions())).toBeUndefined()
    expect(earlierAnswersOf({ ...questions('UTC'), abbreviations: questions().abbreviations })).toBeUndefined()
    expect(earlierAnswersOf(questions('UTC'))).toEqual({ formatZones: { pgaudit: 'UTC' }, zoneNames: { IST: 'UTC' } })
    expect(sayEarlier(questions('UTC'))).toBe(
      'Read as you said earlier in this case: times of PostgreSQL that name no zone in UTC; IST as UTC.',
    )
  })

  it('reach the import that asked; a second question waits', async () => {
    const store = createZoneAskStore()
    const first = store.getState().ask(questions())
    const second = store.getState().ask(questions('UTC'))
    expect(store.getState().questions).toEqual(questions())
    store.getState().answer({ formatZones: {}, zoneNames: {} })
    expect(store.getState().questions).toEqual(questions('UTC'))
    store.getState().answer(undefined)
    expect(store.getState().questions).toBeNull()
    expect(await first).toEqual({ formatZones: {}, zoneNames: {} })
    expect(await second).toBeUndefined()
  })
})
