import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatInstant } from '../../../../../src/common/time'
import { epochUnitOf, parseEpoch } from '../../../../../src/engine/formats/generic/epoch'
import { compileTime } from '../../../../../src/engine/formats/generic/time'
import { AssumedZone } from '../../../../../src/engine/zone/assumedZone'

/** The instant, or the reason why there is none. */
function read(text: string, format = 'auto', zone?: string, assume?: string): string {
  const reader = compileTime(format, zone)
  if ('problem' in reader) throw new Error(reader.problem)
  const time = reader(text, new AssumedZone({ timeZone: assume }))
  if ('problem' in time) return time.problem
  return `${formatInstant(time.us, time.precision)}${time.flags.includes('zone_assumed') ? ' assumed' : ''}`
}

describe('times of a mapping', () => {
  it.each([
    ['2026-01-02T03:04:05Z', '2026-01-02T03:04:05Z'],
    ['2026-01-02 03:04:05.1234567+02:00', '2026-01-02T01:04:05.123456Z'],
    ['2026-01-02T24:00:00Z', '2026-01-03T00:00:00Z'],
    ['2016-12-31T23:59:60Z', '2017-01-01T00:00:00Z'],
    ['2026-01-02T03:04:05+18:00', '2026-01-01T09:04:05Z'],
    ['2026-01-02T03:04:05-18:00', '2026-01-02T21:04:05Z'],
    ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00Z'],
    ['9999-12-31T23:59:59.999999Z', '9999-12-31T23:59:59.999999Z'],
    ['1767323045', '2026-01-02T03:04:05Z'],
    ['1767323045.25', '2026-01-02T03:04:05.250Z'],
    ['1767323045123', '2026-01-02T03:04:05.123Z'],
    ['1767323045123456', '2026-01-02T03:04:05.123456Z'],
    ['1767323045123456789', '2026-01-02T03:04:05.123456Z'],
    ['02/Jan/2026:03:04:05 +0100', '2026-01-02T02:04:05Z'],
    ['Fri, 02 Jan 2026 03:04:05 GMT', '2026-01-02T03:04:05Z'],
    ['20260102T030405Z', '2026-01-02T03:04:05Z'],
    ['2026/01/02 03:04:05', '2026-01-02T03:04:05Z assumed'],
  ])('auto reads %s', (text, instant) => {
    expect(read(text)).toBe(instant)
  })

  it.each([
    ['2026-02-30T00:00:00Z', 'is no time'],
    ['2026-01-02T25:00:00Z', 'is no time'],
    ['2026-01-02T24:00:01Z', 'is no time'],
    ['2026-01-02T03:04:60Z', 'is no time'],
    ['2026-01-02T03:04:05+18:01', 'is no time'],
    ['0000-01-01T00:00:00Z', 'is no time'],
    ['0001-01-01T00:00:00+14:00', 'outside the years 1 to 9999'],
    ['9999-12-31T23:59:59-14:00', 'outside the years 1 to 9999'],
    ['20260102', 'say its unit'],
    ['20260102030405', 'say its unit'],
    ['202601020304', 'say its unit'],
    ['12345', 'say its unit'],
    ['17673230451', 'say its unit'],
    ['01/02/2026 03:04:05', 'is no time'],
    ['now', 'is no time'],
    ['-1', 'is no time'],
  ])('auto refuses %s', (text, reason) => {
    expect(read(text)).toContain(reason)
  })

  it.each([
    ['epoch_s', '-1', '1969-12-31T23:59:59Z'],
    ['epoch_s', '0', '1970-01-01T00:00:00Z'],
    ['epoch_ms', '-1', '1969-12-31T23:59:59.999Z'],
    ['epoch_ns', '-1', '1969-12-31T23:59:59.999999Z'],
    ['epoch_us', '1', '1970-01-01T00:00:00.000001Z'],
    ['epoch_ms', '1767323045123.5', '2026-01-02T03:04:05.123500Z'],
    ['epoch_s', '253402300799', '9999-12-31T23:59:59Z'],
  ])('%s reads %s', (format, text, instant) => {
    expect(read(text, format)).toBe(instant)
  })

  it.each([
    ['epoch_s', '253402300800'],
    ['epoch_s', '99999999999999999999'],
    ['epoch_s', '1e9'],
    ['epoch_s', '0x10'],
    ['epoch_s', ' 1'],
    ['epoch_ms', ''],
    ['epoch_ms', '2026-01-02T03:04:05Z'],
    ['rfc3339', '1767323045'],
  ])('%s refuses “%s”', (format, text) => {
    expect(read(text, format)).toMatch(/is no time|outside the years/)
  })

  it('applies the zone of the mapping, then that of the import, to times that name none', () => {
    expect(read('2026-01-02 03:04:05', 'rfc3339', '+02:00')).toBe('2026-01-02T01:04:05Z')
    expect(read('2026-01-02 03:04:05Z', 'rfc3339', '+02:00')).toBe('2026-01-02T03:04:05Z')
    expect(read('2026-01-02 03:04:05', 'rfc3339', undefined, '+02:00')).toBe('2026-01-02T01:04:05Z assumed')
    expect(read('2026-01-02 03:04:05', 'rfc3339', '-18:00')).toBe('2026-01-02T21:04:05Z')
  })

  it('knows summer and winter of a named zone, and refuses hours that do not exist, and takes the earlier of two', () => {
    const local = (text: string) => read(text, 'rfc3339', 'Europe/Berlin')
    expect(local('2026-01-15 12:00:00')).toBe('2026-01-15T11:00:00Z')
    expect(local('2026-07-15 12:00:00')).toBe('2026-07-15T10:00:00Z')
    expect(local('2026-03-29 01:59:59')).toBe('2026-03-29T00:59:59Z')
    expect(local('2026-03-29 02:30:00')).toContain('does not exist in the zone')
    expect(local('2026-03-29 03:00:00')).toBe('2026-03-29T01:00:00Z')
    expect(local('2026-10-25 02:30:00')).toBe('2026-10-25T00:30:00Z')
    expect(local('2026-10-25 03:00:00')).toBe('2026-10-25T02:00:00Z')
    expect(read('2026-10-04 02:15:00', 'rfc3339', 'Australia/Lord_Howe')).toContain('does not exist')
  })

  it.each(['IST', 'CET', '+19:00', '+18:30', '+02:75', 'Mars/Olympus', 'Berlin', ''])(
    'refuses the zone “%s”',
    (zone) => {
      expect(compileTime('rfc3339', zone)).toHaveProperty('problem')
    },
  )

  it.each([
    ['%d.%m.%Y %H:%M:%S', '02.01.2026 03:04:05', '2026-01-02T03:04:05Z'],
    ['%m/%d/%y %I:%M %p', '1/2/26 12:04 am', '2026-01-02T00:04:00Z'],
    ['%m/%d/%y %I:%M %p', '1/2/69 12:04 PM', '1969-01-02T12:04:00Z'],
    ['%b %e %Y %T.%f %z', 'Jan  2 2026 03:04:05.250 -0130', '2026-01-02T04:34:05.250Z'],
    ['%A, %B %d, %Y %R', 'Friday, January 02, 2026 03:04', '2026-01-02T03:04:00Z'],
    ['%Y-%j %H:%M:%S', '2024-366 03:04:05', '2024-12-31T03:04:05Z'],
    ['%s.%f', '1767323045.5', '2026-01-02T03:04:05.500Z'],
    ['%F %T %Z', '2026-01-02 03:04:05 UTC', '2026-01-02T03:04:05Z'],
    ['%F %T %Z', '2026-01-02 03:04:05 CET', '2026-01-02T02:04:05Z'],
    ['[%d/%b/%Y:%H:%M:%S %z]', '[02/Jan/2026:03:04:05 +0000]', '2026-01-02T03:04:05Z'],
    ['100%% %F', '100% 2026-01-02', '2026-01-02T00:00:00Z'],
  ])('%s reads %s', (format, text, instant) => {
    expect(read(text, format, 'UTC')).toBe(instant)
  })

  it('refuses an abbreviation that several zones share', () => {
    expect(read('2026-01-02 03:04:05 IST', '%F %T %Z', 'UTC')).toContain('may mean several')
  })

  it.each([
    ['%d.%m.%Y', '32.01.2026'],
    ['%d.%m.%Y', '02.13.2026'],
    ['%d.%m.%Y', '02.01.2026 and more'],
    ['%d.%m.%Y', '02-01-2026'],
    ['%Y-%j', '2026-366'],
    ['%Y-%j', '2026-000'],
    ['%I:%M %p %F', '13:00 pm 2026-01-02'],
    ['%F %T', '2026-01-0203:04:05'],
  ])('%s refuses %s', (format, text) => {
    expect(read(text, format, 'UTC')).toContain('is no time')
  })

  it.each([
    ['%H:%M', 'year'],
    ['%Y', 'month and day'],
    ['%F %I:%M', '%p beside %I'],
    ['%F :%M', 'hour'],
    ['%F %Q', 'not known'],
    ['yyyy-mm-dd', 'is no time format'],
    ['epoch', 'is no time format'],
    ['constructor', 'is no time format'],
  ])('the format %s is refused: no %s', (format, reason) => {
    expect(compileTime(format, undefined)).toMatchObject({ problem: expect.stringContaining(reason) })
  })

  it('reads every whole microsecond of an epoch exactly, in each unit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -62_135_596_800_000_000n, max: 253_402_300_799_999_999n }), (us) => {
        expect(parseEpoch(String(us), 'us')?.us).toBe(us)
        expect(parseEpoch(`${us}000`.replace(/^-?0+$/, '0'), 'ns')?.us ?? us).toBe(us)
      }),
    )
  })

  it('guesses no unit outside the years 1973 to 2286', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 21n }), (value) => {
        const unit = epochUnitOf(String(value))
        if (unit === undefined) return
        const us = parseEpoch(String(value), unit)?.us ?? 0n
        expect(us).toBeGreaterThanOrEqual(100_000_000n * 1_000_000n)
        expect(us).toBeLessThan(10_000_000_000n * 1_000_000n)
      }),
    )
  })
})
