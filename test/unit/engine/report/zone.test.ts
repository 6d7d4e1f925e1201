import { describe, expect, it } from 'vitest'
import { timePrinter } from '../../../../src/engine/report/zone'

describe('timePrinter', () => {
  it('prints UTC with the digits that the source has', () => {
    const print = timePrinter('UTC')
    expect(print('2026-01-02T03:04:05Z')).toBe('2026-01-02 03:04:05 Z')
    expect(print('2026-01-02T03:04:05.678Z')).toBe('2026-01-02 03:04:05.678 Z')
    expect(print('2026-01-02T03:04:05.678901Z')).toBe('2026-01-02 03:04:05.678901 Z')
  })

  it('prints a zone with the offset of that day, so that no hour is told twice', () => {
    const print = timePrinter('Europe/Berlin')
    expect(print('2026-01-02T03:04:05Z')).toBe('2026-01-02 04:04:05 +01:00')
    expect(print('2026-10-25T00:30:00.5Z')).toBe('2026-10-25 02:30:00.5 +02:00')
    expect(print('2026-10-25T01:30:00.5Z')).toBe('2026-10-25 02:30:00.5 +01:00')
  })

  it('says where there is no time, and gives back what is none', () => {
    const print = timePrinter('UTC')
    expect(print(null)).toBe('no time')
    expect(print('yesterday')).toBe('yesterday')
  })

  it('prints times before 1970', () => {
    expect(timePrinter('UTC')('1969-12-31T23:59:59.250Z')).toBe('1969-12-31 23:59:59.250 Z')
  })

  it('refuses a zone that nobody knows', () => {
    expect(() => timePrinter('Mars/Olympus')).toThrowError(expect.objectContaining({ code: 'usage' }))
  })
})
