import { describe, expect, it } from 'vitest'
import { azureInstant } from '../../../../../src/engine/formats/azure/time'
import { AssumedZone } from '../../../../../src/engine/zone/assumedZone'

const us = (iso: string) => BigInt(Date.parse(iso)) * 1000n

describe('times of Azure exports', () => {
  it.each([
    ['2026-03-04T05:06:07Z', '2026-03-04T05:06:07Z', 's'],
    ['2026-03-04T05:06:07.1234567Z', '2026-03-04T05:06:07.123Z', 'us'],
    ['2026-03-04T00:06:07-05:00', '2026-03-04T05:06:07Z', 's'],
    ['2026-03-04 05:06:07.123', '2026-03-04T05:06:07.123Z', 'ms'],
    ['2026-03-04T5:06:07.123Z', '2026-03-04T05:06:07.123Z', 'ms'],
    ['8/22/2026 6:11:52 PM', '2026-08-22T18:11:52Z', 's'],
    ['22/8/2026 6:11:52 PM', '2026-08-22T18:11:52Z', 's'],
    ['9/9/2026 12:00:00 AM', '2026-09-09T00:00:00Z', 's'],
    ['9/9/2026 12:00:00 pm', '2026-09-09T12:00:00Z', 's'],
    ['1/4/2026, 5:10:08.681 AM', '2026-01-04T05:10:08.681Z', 'ms'],
    ['1/4/2026, 5:10:08\u202FAM', '2026-01-04T05:10:08Z', 's'],
    ['/Date(1641796445123)/', '2022-01-10T06:34:05.123Z', 'ms'],
    ['\\/Date(1641796445123)\\/', '2022-01-10T06:34:05.123Z', 'ms'],
  ])('reads %s', (text, iso, precision) => {
    const found = azureInstant(text)
    expect([found === undefined ? undefined : found.us / 1000n, found?.precision]).toEqual([us(iso) / 1000n, precision])
  })

  it.each([
    '',
    'yesterday',
    '5/1/2026 1:10:40 AM',
    '5/1/2026, 1:10:40 am',
    '13/13/2026 1:10:40 AM',
    '2/30/2026 1:10:40 AM',
    '8/22/2026 0:11:52 PM',
    '8/22/2026 13:11:52 PM',
    '2026-02-30T00:00:00Z',
    `2026-03-04T05:06:07Z${' '.repeat(80)}`,
  ])('knows no time in %s', (text) => {
    expect(azureInstant(text)).toBeUndefined()
  })

  it('puts the month first where the writer is known to', () => {
    expect(azureInstant('5/1/2026 1:10:40 AM', { monthFirst: true })?.us).toBe(us('2026-05-01T01:10:40Z'))
  })

  it('applies a zone only where it is told one', () => {
    expect(azureInstant('2026-03-04 05:06:07', { wallClock: new AssumedZone({ timeZone: '+02:00' }) })?.us).toBe(
      us('2026-03-04T03:06:07Z'),
    )
    expect(azureInstant(undefined)).toBeUndefined()
  })
})
