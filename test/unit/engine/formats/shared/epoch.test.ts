import { describe, expect, it } from 'vitest'
import { instantOf } from '../../../../../src/engine/formats/shared/epoch'
import { AssumedZone } from '../../../../../src/engine/zone/assumedZone'

const hourEast = new AssumedZone({ timeZone: '+01:00' })

describe('times since the epoch', () => {
  it.each([
    [1_700_000_000, 1_700_000_000_000_000n, 's'],
    ['1700000000', 1_700_000_000_000_000n, 's'],
    [1_700_000_000.25, 1_700_000_000_250_000n, 'ms'],
    ['1700000000.123456789', 1_700_000_000_123_456n, 'us'],
    [1_700_000_000_123, 1_700_000_000_123_000n, 'ms'],
    ['1700000000123.5', 1_700_000_000_123_500n, 'us'],
    [1_700_000_000_123_456, 1_700_000_000_123_456n, 'us'],
    ['1700000000123456789', 1_700_000_000_123_456n, 'us'],
  ])('reads %s by its size', (value, us, precision) => {
    expect(instantOf(value)).toEqual({ us, precision, zoned: true })
  })

  it('reads dates as text, with the zone that is assumed where none is written', () => {
    expect(instantOf(' 2026-01-02 03:04:05.678 ', hourEast)?.us).toBe(
      BigInt(Date.UTC(2026, 0, 2, 2, 4, 5, 678)) * 1000n,
    )
    expect(instantOf('2026-01-02T03:04:05Z', hourEast)?.us).toBe(BigInt(Date.UTC(2026, 0, 2, 3, 4, 5)) * 1000n)
  })

  it.each([0, -1, 5, 99_999_999, Number.NaN, Number.POSITIVE_INFINITY, 1e21, '', '0', '-1700000000', '00001700000000'])(
    'takes no time out of %s',
    (value) => {
      expect(instantOf(value)).toBeUndefined()
    },
  )

  it.each([null, undefined, true, {}, [], '1e9', '2026-13-01', 'yesterday', '12345678901234567890123'])(
    'takes no time out of %j',
    (value) => {
      expect(instantOf(value)).toBeUndefined()
    },
  )
})
