import { describe, expect, it } from 'vitest'
import { zoneAnswer } from '../../../src/cli/zoneAnswer'

describe('--tz as it is typed', () => {
  it('is a zone for times that name none, and zones by abbreviation', () => {
    expect(zoneAnswer([])).toEqual({ zoneNames: {} })
    expect(zoneAnswer(['Europe/Berlin', 'ist=Asia/Kolkata', 'CST=+08:00'])).toEqual({
      timeZone: 'Europe/Berlin',
      zoneNames: { IST: 'Asia/Kolkata', CST: '+08:00' },
    })
  })

  it.each([[['UTC', '+02:00']], [['IST=Asia/Kolkata', 'ist=Asia/Jerusalem']]])(
    'is refused where it says two things: %j',
    (words) => {
      expect(() => zoneAnswer(words)).toThrow(/--tz/)
    },
  )
})
