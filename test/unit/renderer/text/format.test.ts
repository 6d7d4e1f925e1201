import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatBytes, formatCount, formatShare, plural } from '../../../../src/renderer/text/numbers'
import { formatDurationUs, formatRowTime, formatTime, zoneLabel } from '../../../../src/renderer/text/time'

const instantUs = Date.UTC(2023, 6, 10, 11, 42, 3, 120) * 1_000 + 456

describe('numbers', () => {
  it('group digits the same way everywhere', () => {
    expect(formatCount(1_234_567)).toBe('1\u202f234\u202f567')
    expect(formatCount(999)).toBe('999')
    expect(formatCount(18_446_744_073_709_551_615n)).toBe('18\u202f446\u202f744\u202f073\u202f709\u202f551\u202f615')
  })

  it('name binary units with at most one decimal', () => {
    expect([0, 1023, 1024, 1536, 12 * 1024 * 1024].map(formatBytes)).toEqual([
      '0 B',
      '1023 B',
      '1 KiB',
      '1.5 KiB',
      '12 MiB',
    ])
  })

  it('never round a share to all or nothing', () => {
    expect(formatShare(1, 100_000)).toBe('< 0.1 %')
    expect(formatShare(99_999, 100_000)).toBe('> 99.9 %')
    expect(formatShare(1, 8)).toBe('13 %')
    expect(formatShare(0, 0)).toBe('–')
  })

  it('count in words', () => {
    expect([plural(1, 'event'), plural(2, 'event'), plural(0, 'entry', 'entries')]).toEqual([
      '1 event',
      '2 events',
      '0 entries',
    ])
  })
})

describe('times', () => {
  const before = process.env.TZ
  beforeAll(() => {
    process.env.TZ = 'Asia/Kolkata'
  })
  afterAll(() => {
    if (before === undefined) delete process.env.TZ
    else process.env.TZ = before
  })

  it('keep the digits of the source and no more', () => {
    expect(formatTime(instantUs, 'utc')).toBe('2023-07-10 11:42:03.120456')
    expect(formatTime(instantUs, 'utc', 's')).toBe('2023-07-10 11:42:03')
    expect(formatRowTime('2023-07-10T11:42:03Z', 'utc')).toBe('2023-07-10 11:42:03')
    expect(formatRowTime('2023-07-10T11:42:03.120Z', 'utc')).toBe('2023-07-10 11:42:03.120')
  })

  it('move to the local zone with its label', () => {
    expect(formatTime(instantUs, 'local', 's')).toBe('2023-07-10 17:12:03')
    expect(zoneLabel('local', instantUs)).toBe('UTC+05:30')
    expect(zoneLabel('utc')).toBe('UTC')
  })

  it('move to any other zone, with the offset of that very instant', () => {
    expect(formatTime(instantUs, 'zone:Europe/Berlin', 's')).toBe('2023-07-10 13:42:03')
    expect(zoneLabel('zone:Europe/Berlin', instantUs)).toBe('UTC+02:00')
    const winterUs = Date.parse('2023-01-10T11:42:03Z') * 1_000
    expect(formatTime(winterUs, 'zone:Europe/Berlin', 's')).toBe('2023-01-10 12:42:03')
    expect(zoneLabel('zone:America/St_Johns', winterUs)).toBe('UTC−03:30')
  })

  it('change their offset at the very second at which clocks change', () => {
    const changeUs = Date.parse('2023-03-26T01:00:00Z') * 1_000
    expect(formatTime(changeUs - 1, 'zone:Europe/Berlin', 'us')).toBe('2023-03-26 01:59:59.999999')
    expect(formatTime(changeUs, 'zone:Europe/Berlin', 's')).toBe('2023-03-26 03:00:00')
  })

  it('are told with the name of the zone where they share no instant', () => {
    expect(zoneLabel('zone:Europe/Berlin')).toBe('Europe/Berlin')
    expect(zoneLabel('local')).toMatch(/^[A-Za-z_]+\/[A-Za-z_]+$|^UTC$/)
  })

  it('show text that is no time as it is', () => {
    expect(formatRowTime('yesterday', 'utc')).toBe('yesterday')
  })

  it('say durations in the unit that fits', () => {
    expect(
      [0, 412, 1_250, 3_400_000, 125_000_000, 11_220_000_000, 187_200_000_000, -1_500].map(formatDurationUs),
    ).toEqual(['0 µs', '412 µs', '1.25 ms', '3.4 s', '2 min 05 s', '3 h 07 min', '2 d 4 h', '−1.5 ms'])
  })
})
