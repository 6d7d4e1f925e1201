import { describe, expect, it } from 'vitest'
import { valueMark } from '../../../../src/renderer/filter/valueMark'

describe('marks of values', () => {
  it('keep the type of the value, and the absence of one', () => {
    expect(valueMark('http_status', 403)).toEqual({ 'data-ct-field': 'http_status', 'data-ct-value': '403' })
    expect(valueMark('mfa', false)['data-ct-value']).toBe('false')
    expect(valueMark('actor', '403')['data-ct-value']).toBe('"403"')
    expect(valueMark('actor', null)['data-ct-value']).toBe('null')
  })

  it('are left out for lists, structures and unknown fields', () => {
    expect(valueMark('flags', ['a'])).toEqual({})
    expect(valueMark('chain', { a: 1 })).toEqual({})
    expect(valueMark(undefined, 'a')).toEqual({})
    expect(valueMark('actor', undefined)).toEqual({})
  })
})
