import { describe, expect, it } from 'vitest'
import { parseFilter } from '../../../../../src/engine/query/filter/parser'
import { indicatorFilter } from '../../../../../src/renderer/views/findings/IndicatorRow'

describe('the filter of an indicator', () => {
  it('asks the field where there is one, and the text where there is none', () => {
    expect(indicatorFilter({ kind: 'address', value: '2001:db8::1' })).toBe('ip:"2001:db8::1"')
    expect(indicatorFilter({ kind: 'domain', value: 'evil.example' })).toBe('"evil.example"')
    expect(indicatorFilter({ kind: 'key', value: 'AKIAEXAMPLE' })).toBe('(credential_id:AKIAEXAMPLE OR "AKIAEXAMPLE")')
  })

  it.each(['a" OR b', 'x\\', '(', 'a:b*', '\u202e'])('is a filter for the value %j', (value) => {
    for (const kind of ['account', 'key', 'domain'] as const)
      expect(() => parseFilter(indicatorFilter({ kind, value }))).not.toThrow()
  })
})
