import { describe, expect, it } from 'vitest'
import type { ZoneAccount } from '../../../src/contract/import'
import { zoneNotes } from '../../../src/contract/zoneNotes'

const plain: ZoneAccount = { timeZone: null, assumed: 0, ambiguous: 0, missing: 0, sample: null, abbreviations: [] }

describe('what is said of the zones of a file', () => {
  it('is nothing where every time says what it means', () => {
    expect(zoneNotes(null)).toEqual([])
    expect(zoneNotes(plain)).toEqual([])
  })

  it('is how many times were taken as UTC, by an example, and how to name their zone', () => {
    const [note] = zoneNotes({ ...plain, assumed: 2, sample: '2026-01-02 03:04:05' })
    expect(note).toMatch(/^2 records name no zone \(“2026-01-02 03:04:05”\): read as UTC .*--tz ZONE/)
    expect(zoneNotes({ ...plain, assumed: 1, timeZone: 'Europe/Berlin' })).toEqual([
      '1 record names no zone: read in Europe/Berlin',
    ])
  })

  it('is what was repeated, skipped, read by an abbreviation and not read', () => {
    const seen = { records: 1, sample: 'x' }
    const notes = zoneNotes({
      ...plain,
      ambiguous: 1,
      missing: 2,
      abbreviations: [
        { name: 'EST', readAs: '-05:00', ...seen },
        { name: 'IST', readAs: null, ...seen },
      ],
    })
    expect(notes).toEqual([
      expect.stringContaining('1 record in an hour that occurred twice'),
      expect.stringContaining('2 times do not exist'),
      '1 record with a time in EST: read in -05:00',
      expect.stringContaining('--tz IST=ZONE'),
    ])
  })
})
