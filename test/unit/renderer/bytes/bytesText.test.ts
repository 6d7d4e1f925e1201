import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bytesOf, splitAtRecord, textParts, windowStart } from '../../../../src/renderer/bytes/bytesText'

describe('a window of bytes', () => {
  it('begins before the record, at a row, and never before the file', () => {
    fc.assert(
      fc.property(fc.nat(1e9), (offset) => {
        const start = windowStart(offset)
        expect(start % 16).toBe(0)
        expect(start).toBeGreaterThanOrEqual(0)
        expect(start).toBeLessThanOrEqual(offset)
        expect(offset - start).toBeLessThan(160)
      }),
    )
  })

  it('is cut at the record, whether that is in it, over its edges or outside', () => {
    const bytes = Uint8Array.from({ length: 20 }, (_, n) => n)
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), (offset, length) => {
        const { before, record, after } = splitAtRecord(bytes, 20, { offset, length })
        expect([...before, ...record, ...after]).toEqual([...bytes])
        expect([...record]).toEqual([...bytes].filter((n) => n + 20 >= offset && n + 20 < offset + length))
      }),
    )
  })

  it.each(['utf-8', 'utf-16le'] as const)('shows no character that its edges cut through (%s)', (encoding) => {
    const text = 'aü☂🙂'.repeat(40)
    const whole = Buffer.from(text, encoding === 'utf-8' ? 'utf8' : 'utf16le')
    for (let offset = 0; offset < 40; offset += encoding === 'utf-8' ? 1 : 2)
      for (let end = 60; end < 80; end++) {
        const bytes = whole.subarray(offset, end)
        const source = { from: 'copy', encoding, offset, base64: bytes.toString('base64'), atEnd: false } as const
        const { before, record, after } = textParts(source, bytesOf(source.base64), { offset: 40, length: 20 })
        const shown = before + record + after
        expect(text).toContain(shown)
      }
  })
})
