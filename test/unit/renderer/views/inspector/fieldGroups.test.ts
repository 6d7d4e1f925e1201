import { describe, expect, it } from 'vitest'
import { fieldGroups, groupFields } from '../../../../../src/renderer/views/inspector/fieldGroups'

describe('field groups', () => {
  it('name every column at most once', () => {
    const columns = fieldGroups.flatMap((group) => group.columns)
    expect(new Set(columns).size).toBe(columns.length)
  })

  it('show each present column exactly once, and unknown ones under Other', () => {
    const groups = groupFields({ action: 'x', new_column: 1, mfa: null, raw: '{}', seq: 4, __proto__x: 'y' })
    expect(groups.flatMap(({ columns }) => columns).sort()).toEqual(['__proto__x', 'action', 'new_column'])
    expect(groups.at(-1)?.title).toBe('Other')
  })
})
