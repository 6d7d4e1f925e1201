import { describe, expect, it } from 'vitest'
import { parseInstant } from '../../../src/common/time'

describe('times with a capital T and a Z', () => {
  /** The same time with a zone of digits, which takes the general way. */
  const general = (text: string) => parseInstant(text.replace(/Z$/, '+00:00'))

  it.each([
    '2026-01-02T03:04:05Z',
    '2026-01-02T03:04:05.1Z',
    '2026-01-02T03:04:05.012Z',
    '2026-01-02T03:04:05.0123Z',
    '2026-01-02T03:04:05.123456Z',
    '2026-01-02T03:04:05.123456789Z',
    '2026-01-02T03:04:05.999999999999Z',
    '1969-12-31T23:59:59.999999Z',
    '1900-01-01T00:00:00Z',
    '1800-01-01T00:00:00.5Z',
    '2200-12-31T23:59:59.999999Z',
    '2201-01-01T00:00:00.000001Z',
    '2024-02-29T12:00:00Z',
    '2024-04-30T12:00:00Z',
    '2026-06-30T23:59:60Z',
    '2026-06-30T24:00:00Z',
  ])('%s is what it is with an offset of nothing', (text) => {
    expect(parseInstant(text)).toBeDefined()
    expect(parseInstant(text)).toEqual(general(text))
  })

  it.each([
    '2026-02-29T03:04:05Z',
    '2026-04-31T03:04:05Z',
    '2026-13-01T03:04:05Z',
    '2026-00-01T03:04:05Z',
    '2026-01-00T03:04:05Z',
    '2026-01-02T25:04:05Z',
    '2026-01-02T03:60:05Z',
    '2026-01-02T03:04:61Z',
    '2026-01-02T03:04:05.Z',
    '2026-01-02T03:04:05.12a4Z',
    '2026-01-02T03:04:05.1234567890123Z',
    '2026-01-02T03:04:0xZ',
    '2026-01-02T03:04Zxxx',
    '٢٠٢٦-01-02T03:04:05Z',
  ])('%s is none', (text) => {
    expect(parseInstant(text)).toBeUndefined()
  })
})
