import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldTerm, hasTopLevelOr, quoteValue, withoutRange, withTerm } from '../../../../src/renderer/state/filterText'

describe('filter text', () => {
  it('leaves plain values bare and quotes whatever the language could read otherwise', () => {
    expect(quoteValue('alice@example.com')).toBe('alice@example.com')
    expect(quoteValue('Get*')).toBe('"Get*"')
    expect(quoteValue('arn:aws:s3:::b')).toBe('"arn:aws:s3:::b"')
    expect(quoteValue('OR')).toBe('"OR"')
    expect(quoteValue('')).toBe('""')
  })

  it('escapes quotes and backslashes so that the quoted value ends where it should', () => {
    expect(quoteValue('a"b\\c')).toBe('"a\\"b\\\\c"')
    fc.assert(
      fc.property(fc.string(), (value) => {
        const quoted = quoteValue(value)
        if (!quoted.startsWith('"')) return
        expect(quoted.slice(1, -1).replace(/\\(.)/gs, '$1')).toBe(value)
        expect(/^"(?:[^"\\]|\\[\s\S])*"$/.test(quoted)).toBe(true)
      }),
    )
  })

  it('asks for absence where the value is absent', () => {
    expect(fieldTerm('mfa', null)).toBe('-_exists_:mfa')
    expect(fieldTerm('mfa', null, true)).toBe('_exists_:mfa')
    expect(fieldTerm('outcome', 'denied', true)).toBe('-outcome:denied')
  })

  it('narrows an OR as a whole, not only its right side', () => {
    expect(withTerm('actor:a OR actor:b', 'outcome:denied')).toBe('(actor:a OR actor:b) outcome:denied')
    expect(withTerm('(actor:a OR actor:b)', 'outcome:denied')).toBe('(actor:a OR actor:b) outcome:denied')
    expect(withTerm('', 'a:b')).toBe('a:b')
    expect(withTerm('a:b c:d', 'c:d')).toBe('a:b c:d')
  })

  it('does not take an OR inside quotes, groups or words for one', () => {
    expect(hasTopLevelOr('x:"a OR b"')).toBe(false)
    expect(hasTopLevelOr('x:(a OR b)')).toBe(false)
    expect(hasTopLevelOr('ORDER BORDER')).toBe(false)
    expect(hasTopLevelOr('"quoted \\" OR" y')).toBe(false)
    expect(hasTopLevelOr('a || b')).toBe(true)
  })

  it('takes a term out together with the AND that joined it', () => {
    const filter = 'a:1 AND b:2 AND c:3'
    expect(withoutRange(filter, 0, 3)).toBe('b:2 AND c:3')
    expect(withoutRange(filter, 8, 11)).toBe('a:1 AND c:3')
    expect(withoutRange(filter, 16, 19)).toBe('a:1 AND b:2')
    expect(withoutRange('a:1', 0, 3)).toBe('')
  })
})
