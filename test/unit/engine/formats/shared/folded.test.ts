import { describe, expect, it } from 'vitest'
import { atFolded, getFolded, textFolded } from '../../../../../src/engine/formats/shared/folded'

describe('getFolded', () => {
  it('takes the exact key before one that differs in case', () => {
    expect(getFolded({ USER: 'a', user: 'b' }, 'user')).toBe('b')
    expect(getFolded({ USER: 'a' }, 'user')).toBe('a')
  })

  it('reads own properties only', () => {
    expect(getFolded({}, 'constructor')).toBeUndefined()
    expect(getFolded(JSON.parse('{"__PROTO__":{"admin":true}}'), '__proto__')).toEqual({ admin: true })
    expect(getFolded('text', 'length')).toBeUndefined()
    expect(getFolded(null, 'a')).toBeUndefined()
  })

  it('does not look through an object of thousands of keys', () => {
    const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`K${index}`, index]))
    expect(getFolded(many, 'k7')).toBeUndefined()
    expect(getFolded(many, 'K7')).toBe(7)
  })
})

describe('atFolded', () => {
  it('follows names in any case and indexes of arrays', () => {
    const value = { Properties: { Target: [{ ID: 'x' }] } }
    expect(atFolded(value, 'properties', 'target', '0', 'id')).toBe('x')
    expect(textFolded(value, 'properties', 'target', '1', 'id')).toBeUndefined()
    expect(textFolded({ A: '' }, 'a')).toBeUndefined()
    expect(textFolded({ A: 7 }, 'a')).toBe('7')
  })
})
