import { describe, expect, it } from 'vitest'
import { changeViews, type Place } from '../../../../src/engine/share/views'

const replaced = (text: string) => changeViews(text, (plain) => plain.replaceAll('alice.moreau', 'P1'))
const base64 = (text: string) => Buffer.from(text).toString('base64')

describe('views', () => {
  it('changes a value in each form and writes it back in that form', () => {
    expect(replaced('by alice.moreau')).toBe('by P1')
    expect(replaced('{"a":"x alice.moreau","n":12345678901234567890 }')).toBe('{"a":"x P1","n":12345678901234567890 }')
    expect(JSON.parse(JSON.parse(replaced(JSON.stringify(JSON.stringify({ a: 'alice.moreau' })))))).toEqual({ a: 'P1' })
    expect(replaced('/q?who=alic%65.moreau&x=1')).toBe('/q?who=P1&x=1')
    expect(replaced('&#97;lice.moreau')).toBe('P1')
    expect(replaced(base64('who: alice.moreau'))).toBe(base64('who: P1'))
    expect(replaced(Buffer.from('alice.moreau').toString('hex'))).toBe(Buffer.from('P1').toString('hex'))
    expect(replaced(Buffer.from('alice.moreau', 'utf16le').toString('base64'))).toBe(
      Buffer.from('P1', 'utf16le').toString('base64'),
    )
    expect(replaced([...'alice.moreau'].join('\0'))).toBe('P1')
  })

  it('finds Base64 that begins inside of a run, and Base64 in Base64', () => {
    expect(replaced(`x${base64('who: alice.moreau')}`)).toBe(`x${base64('who: P1')}`)
    expect(replaced(base64(`{"x":"${base64('alice.moreau')}"}`))).toBe(base64(`{"x":"${base64('P1')}"}`))
  })

  it('leaves a text without the value as it is, to the byte', () => {
    for (const text of [
      '{"a":"\\u00e9\\/"}',
      'a%2Fb%20c',
      '&amp;&#x41;',
      'YWJjZGVmZ2hpag==',
      '0af7651916cd43dd8448eb211c80319c',
      '"',
      '%',
      '{"a',
    ])
      expect(replaced(text)).toBe(text)
  })

  it('says in which member a text stands', () => {
    const places: (readonly [string, Place['path'], boolean])[] = []
    changeViews(
      '{"user":{"name":"x1","ids":["y1"]},"a":[{"key":"user.name","value":{"stringValue":"z1"}}]}',
      (plain, { path, isName }) => {
        if (/^[xyz]1$/.test(plain)) places.push([plain, path, isName === true])
        return plain
      },
    )
    expect(places).toEqual([
      ['x1', ['user', 'name'], false],
      ['y1', ['user', 'ids'], false],
      ['z1', ['a', 'value', 'stringValue', 'user.name'], false],
    ])
  })
})
