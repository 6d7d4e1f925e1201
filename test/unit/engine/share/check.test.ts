import { describe, expect, it } from 'vitest'
import { LeakSearch } from '../../../../src/engine/share/check'

const value = { kind: 'persons', value: 'Alice.Mørk', bound: 'none' } as const

function formIn(text: string): string | undefined {
  const search = new LeakSearch([value])
  search.look(text, 'here', false)
  return search.leaks[0]?.form
}

describe('leak search', () => {
  const bytes = Buffer.from(value.value)
  it.each([
    ['plain', 'by ALICE.MØRK!'],
    ['plain', bytes.toString('latin1')],
    ['JSON', 'Alice.M\\u00F8rk'],
    ['percent', 'Alice.M%C3%B8rk'],
    ['percent', [...bytes].map((byte) => `%${byte.toString(16)}`).join('')],
    ['hex', `ff${bytes.toString('hex')}00`],
    ['HTML', 'Alice.M&#248;rk'],
    ['UTF-16', Buffer.from(value.value, 'utf16le').toString('latin1')],
    ...[0, 1, 2].map(
      (before) =>
        ['Base64', Buffer.concat([Buffer.alloc(before, 65), bytes, Buffer.from('rest')]).toString('base64')] as const,
    ),
  ] satisfies (readonly [string, string])[])('finds %s: %s', (form, text) => {
    expect(formIn(text)).toBe(form)
  })

  it('finds nothing else', () => {
    expect(formIn('Alice Mork, alice.m')).toBeUndefined()
    const short = new LeakSearch([{ kind: 'persons', value: 'ann', bound: 'word' }])
    short.look('annotations xann 616e6e', 'here', false)
    expect(short.leaks).toEqual([])
    short.look('by ann', 'here', false)
    expect(short.leaks).toHaveLength(1)
  })
})
