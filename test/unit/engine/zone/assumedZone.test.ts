import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatInstant, parseInstant } from '../../../../src/common/time'
import { AssumedZone } from '../../../../src/engine/zone/assumedZone'
import { parseZone } from '../../../../src/engine/zone/zone'

const at = (zone: AssumedZone, text: string) => {
  const instant = parseInstant(text, zone)
  return instant === undefined
    ? undefined
    : `${formatInstant(instant.us, 's')}${instant.ambiguous === true ? ' twice' : ''}`
}

describe('times whose zone somebody has to name', () => {
  it('follows daylight saving, refuses the hour that was skipped, and takes the earlier of two', () => {
    const zone = new AssumedZone({ timeZone: 'Europe/Berlin' })
    expect(at(zone, '2026-01-15 12:00:00')).toBe('2026-01-15T11:00:00Z')
    expect(at(zone, '2026-07-15 12:00:00')).toBe('2026-07-15T10:00:00Z')
    expect(at(zone, '2026-03-29 02:30:00')).toBeUndefined()
    expect(zone.problem).toContain('does not exist in Europe/Berlin')
    expect(at(zone, '2026-10-25 02:30:00')).toBe('2026-10-25T00:30:00Z twice')
    expect(zone.account(3, 1)).toMatchObject({ timeZone: 'Europe/Berlin', missing: 1, assumed: 3, ambiguous: 1 })
  })

  it('reads no time in an abbreviation that several zones share until it is told which', () => {
    const unanswered = new AssumedZone()
    expect(at(unanswered, '2026-01-15 12:00:00 IST')).toBeUndefined()
    expect(unanswered.problem).toContain('--tz IST=ZONE')
    expect(unanswered.account(0, 0)?.abbreviations).toEqual([
      { name: 'IST', records: 1, readAs: null, sample: '2026-01-15 12:00:00 IST' },
    ])
    const answered = new AssumedZone({ zoneNames: { ist: 'Asia/Kolkata' } })
    expect(at(answered, '2026-01-15 12:00:00 IST')).toBe('2026-01-15T06:30:00Z')
  })

  it('takes UTC, GMT, Z and what means one offset only, and says so', () => {
    const zone = new AssumedZone()
    for (const name of ['UTC', 'GMT', 'Z']) expect(at(zone, `2026-01-15 12:00:00 ${name}`)).toBe('2026-01-15T12:00:00Z')
    expect(zone.account(0, 0)).toBeNull()
    expect(at(zone, '2026-01-15 12:00:00 CET')).toBe('2026-01-15T11:00:00Z')
    expect(zone.account(0, 0)?.abbreviations[0]?.readAs).toBe('+01:00')
  })

  it.each(['Europe/Berlni', '+19:00', 'IST', 'EST', '', "'; DROP TABLE x", '__proto__'])(
    'refuses the zone “%s”',
    (name) => {
      expect(() => new AssumedZone({ timeZone: name })).toThrow(/zone/)
    },
  )

  it.each([
    ['Japan', '2026-01-15T03:00:00Z'],
    ['europe/berlin', '2026-01-15T11:00:00Z'],
    ['-0330', '2026-01-15T15:30:00Z'],
    ['+02', '2026-01-15T10:00:00Z'],
  ])('takes the zone %s', (name, expected) => {
    expect(at(new AssumedZone({ timeZone: name }), '2026-01-15 12:00:00')).toBe(expected)
  })

  it('reads abbreviations whose offset the law moved by the clocks of their city', () => {
    const zone = new AssumedZone()
    expect(at(zone, '2012-01-15 12:00:00 MSK')).toBe('2012-01-15T08:00:00Z')
    expect(at(zone, '2026-01-15 12:00:00 MSK')).toBe('2026-01-15T09:00:00Z')
    expect(zone.account(0, 0)?.abbreviations[0]?.readAs).toBe('Europe/Moscow')
  })

  it('names the zones that a misspelt one may have meant', () => {
    expect(parseZone('Europe/Berlni')).toHaveProperty('problem', expect.stringContaining('Europe/Berlin'))
  })

  it('agrees with Intl for any instant in any zone: the wall time leads back to it, or to the earlier of two', () => {
    const zones = Intl.supportedValuesOf('timeZone').filter((name) => name.includes('/'))
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 2_000_000_000 }), (name, seconds) => {
        const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: name, dateStyle: 'short', timeStyle: 'medium' })
        const shown = wall.format(seconds * 1000)
        const found = parseInstant(shown, new AssumedZone({ timeZone: name }))
        expect(found).toBeDefined()
        const us = found?.us ?? 0n
        expect(
          us === BigInt(seconds) * 1_000_000n || (found?.ambiguous === true && us < BigInt(seconds) * 1_000_000n),
        ).toBe(true)
        expect(wall.format(Number(us / 1000n))).toBe(shown)
      }),
      { numRuns: 150 },
    )
  })

  it('never invents a time: a wall time that is read is what the clocks of the zone showed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(
          'Europe/Berlin',
          'America/New_York',
          'Australia/Lord_Howe',
          'Pacific/Apia',
          'Africa/Casablanca',
        ),
        fc.integer({ min: 0, max: 2_000_000_000 }),
        (name, seconds) => {
          const text = formatInstant(BigInt(seconds) * 1_000_000n, 's')
            .slice(0, 19)
            .replace('T', ' ')
          const found = parseInstant(text, new AssumedZone({ timeZone: name }))
          if (found === undefined) return
          const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: name, dateStyle: 'short', timeStyle: 'medium' })
          expect(wall.format(Number(found.us / 1000n))).toBe(text)
        },
      ),
      { numRuns: 150 },
    )
  })

  it.each([
    ['0001-01-01 00:00:00+00:00', '0001-01-01T00:00:00Z'],
    ['9999-12-31 23:59:59Z', '9999-12-31T23:59:59Z'],
    ['2016-12-31 23:59:60Z', '2017-01-01T00:00:00Z'],
    ['2026-01-02 24:00:00Z', '2026-01-03T00:00:00Z'],
    ['2026-01-02 00:00:00-18:00', '2026-01-02T18:00:00Z'],
  ])('reads the edge %s', (text, expected) => expect(at(new AssumedZone(), text)).toBe(expected))

  it.each([
    '0000-01-01 00:00:00Z',
    '0001-01-01 00:00:00+01:00',
    '9999-12-31 23:59:59-01:00',
    '2026-02-30 00:00:00Z',
    '2026-01-02 24:00:01Z',
    '2026-01-02 00:00:00+18:01',
    '2026-01-02 10:00:00 PM',
  ])('reads no time from %s', (text) => expect(at(new AssumedZone(), text)).toBeUndefined())
})
