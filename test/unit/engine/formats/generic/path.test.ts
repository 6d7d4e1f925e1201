import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../../src/common/json'
import { embedded, follow, joinPath, parsePath } from '../../../../../src/engine/formats/generic/path'

function at(value: JsonValue, text: string): JsonValue | undefined {
  const path = parsePath(text)
  if ('problem' in path) throw new Error(path.problem)
  return follow(value, path)
}

describe('paths of a mapping', () => {
  it('follow keys, indexes and quoted keys', () => {
    const value = { a: { b: [{ c: 1 }, { c: 2 }] }, 'x.y': { 'q"r': 3 }, '': 4 }
    expect(at(value, 'a.b[1].c')).toBe(2)
    expect(at(value, '["x.y"]["q\\"r"]')).toBe(3)
    expect(at(value, 'a["b"][0].c')).toBe(1)
    expect(at([[5, 6]], '[0][1]')).toBe(6)
    expect(at(value, 'a.b[7].c')).toBeUndefined()
    expect(at(value, 'a.b.c')).toBeUndefined()
  })

  it('take a key with points as it is where the record is flat', () => {
    expect(at({ 'user.name': 'flat', user: { name: 'nested' } }, 'user.name')).toBe('flat')
    expect(at({ user: { name: 'nested' } }, 'user.name')).toBe('nested')
  })

  it('read JSON that stands in a text', () => {
    expect(at({ message: '{"user":{"id":7}}' }, 'message.user.id')).toBe(7)
    expect(at({ message: 'no json' }, 'message.user.id')).toBeUndefined()
    expect(embedded('{"broken"')).toBeUndefined()
    expect(embedded(`{"a":"${'x'.repeat(1_000_001)}"}`)).toBeUndefined()
  })

  it('never reach what is not the record’s own', () => {
    for (const text of ['__proto__', 'constructor', 'toString', 'a.constructor.name', 'a.length'])
      expect(at({ a: 'text' }, text)).toBeUndefined()
    const own: JsonValue = JSON.parse('{"__proto__":{"a":1}}')
    expect(at(own, '__proto__.a')).toBe(1)
  })

  it.each(['a..b', 'a[', 'a[x]', 'a["b]', '.a', 'a b]'])('refuses %s with the character', (text) => {
    expect(parsePath(text)).toMatchObject({ problem: expect.stringContaining('from character') })
  })

  it('bounds the number of steps', () => {
    expect(parsePath(Array(33).fill('a').join('.'))).toHaveProperty('problem')
  })

  it('joined from any keys are read back as the same keys', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 6 }), (keys) => {
        const path = parsePath(keys.reduce(joinPath, ''))
        expect('steps' in path ? path.steps : path).toEqual(keys)
      }),
    )
  })
})
