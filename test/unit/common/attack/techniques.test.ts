import { describe, expect, it } from 'vitest'
import { replacedBy } from '../../../../src/common/attack/oldTechniques'
import { findTechnique, searchTechniques, techniques } from '../../../../src/common/attack/techniques'

describe('the table of techniques', () => {
  it('has every id once, in order, each with a name', () => {
    const ids = techniques.map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)].sort())
    for (const { id, name } of techniques) {
      expect(id).toMatch(/^T1\d{3}(\.\d{3})?$/)
      expect(name.trim()).toBe(name)
      expect(name.length).toBeGreaterThan(1)
    }
    expect(techniques.length).toBeGreaterThan(600)
  })

  it('leads every id that was taken back to a current one, and lists none of them', () => {
    for (const [old, current] of replacedBy) {
      expect(findTechnique(old)?.id).toBe(current)
      expect(techniques.some(({ id }) => id === old)).toBe(false)
    }
  })

  it('reads ids as people write them', () => {
    expect(findTechnique(' t1078.004 ')).toEqual({ id: 'T1078.004', name: 'Valid Accounts: Cloud Accounts' })
    expect(findTechnique('attack.t1086')?.id).toBe('T1059.001')
    expect(findTechnique('T1562.008')?.name).toBe('Disable or Modify Tools: Disable or Modify Cloud Log')
    for (const none of ['', 'T9999', 'T1078.999', '__proto__', 'constructor'])
      expect(findTechnique(none)).toBeUndefined()
  })

  it('finds by id and by words of the name', () => {
    expect(searchTechniques('cloud accounts').map(({ id }) => id)).toContain('T1078.004')
    expect(searchTechniques('T1110').map(({ id }) => id)).toEqual([
      'T1110',
      'T1110.001',
      'T1110.002',
      'T1110.003',
      'T1110.004',
    ])
    expect(searchTechniques('T1086')[0]?.id).toBe('T1059.001')
    expect(searchTechniques('  ')).toEqual([])
    expect(searchTechniques('a', 3)).toHaveLength(3)
  })
})
