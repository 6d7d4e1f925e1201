import { describe, expect, it } from 'vitest'
import { zoneAnswer } from '../../../src/cli/zoneAnswer'

const formats = new Set(['pgaudit', 'okta'])

describe('--tz as it is typed', () => {
  it('is a zone for times that name none, of all or of one format, and zones by abbreviation', () => {
    expect(zoneAnswer([], formats)).toEqual({ zoneNames: {}, formatZones: {} })
    expect(zoneAnswer(['Europe/Berlin', 'ist=Asia/Kolkata', 'CST=+08:00', 'pgaudit=UTC'], formats)).toEqual({
      timeZone: 'Europe/Berlin',
      zoneNames: { IST: 'Asia/Kolkata', CST: '+08:00' },
      formatZones: { pgaudit: 'UTC' },
    })
  })

  it.each([[['UTC', '+02:00']], [['IST=Asia/Kolkata', 'ist=Asia/Jerusalem']], [['okta=UTC', 'okta=+01:00']]])(
    'is refused where it says two things: %j',
    (words) => {
      expect(() => zoneAnswer(words, formats)).toThrow(/--tz/)
    },
  )
})
