import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { idProblem, normalizeRequestId, otlpId, paddedId } from '../../../../../src/engine/formats/spans/ids'

describe('otlpId', () => {
  it('reads hex and base64 of the same bytes to the same id', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.constantFrom(8, 16), (all, length) => {
        const bytes = Buffer.from(all.slice(0, length))
        const hex = bytes.toString('hex')
        expect(otlpId(hex.toUpperCase(), length * 2)).toBe(hex)
        expect(otlpId(bytes.toString('base64'), length * 2)).toBe(hex)
        expect(otlpId(bytes.toString('base64url'), length * 2)).toBe(hex)
      }),
    )
  })

  it('leaves ids of another length to be refused', () => {
    expect(idProblem(otlpId('abc', 16), 16, 'The span id')).toBe('The span id is not 16 hex digits.')
    expect(idProblem(otlpId('5b8efff798038103', 32), 32, 'The trace id')).toBe('The trace id is not 32 hex digits.')
  })
})

describe('idProblem', () => {
  it('refuses missing, zero and non-hexadecimal ids', () => {
    expect(idProblem('', 16, 'It')).toBe('It is missing.')
    expect(idProblem('0000000000000000', 16, 'It')).toBe('It is all zeros.')
    expect(idProblem('000000000000000g', 16, 'It')).toBe('It is not 16 hex digits.')
    expect(idProblem('000000000000000a', 16, 'It')).toBeUndefined()
  })
})

describe('paddedId', () => {
  it('fills up ids of 64 bits and ids without leading zeros', () => {
    expect(paddedId('13C3518297c3b59f', 32)).toBe('000000000000000013c3518297c3b59f')
    expect(paddedId('a', 16)).toBe('000000000000000a')
  })
})

describe('normalizeRequestId', () => {
  it('ignores case, dashes and the 13th hex digit of a UUID', () => {
    const client = normalizeRequestId('9C880D7E-4E0B-465F-BE7F-6A9D60D025A1')
    expect(client).toBe(normalizeRequestId('9c880d7e4e0b965fbe7f6a9d60d025a1'))
    expect(client).not.toBe(normalizeRequestId('9c880d7e4e0b475fbe7f6a9d60d025a1'))
  })

  it('keeps every digit of ids that are no UUID', () => {
    expect(normalizeRequestId('Req-0123456789abX')).toBe('req0123456789abx')
    expect(normalizeRequestId('req-0123456789abY')).not.toBe(normalizeRequestId('req-0123456789abX'))
  })

  it('gives nothing to join on for empty and zero ids', () => {
    expect(normalizeRequestId(' ')).toBeUndefined()
    expect(normalizeRequestId('00000000-0000-0000-0000-000000000000')).toBeUndefined()
  })
})
