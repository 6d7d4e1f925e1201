import { describe, expect, it } from 'vitest'
import { breakable, prepare } from '../../../../../src/engine/report/print/prepare'

describe('prepare', () => {
  const keep = (text: string) => text

  it('makes every shown text inert and leaves what steers the drawing', () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    expect(prepare({ kind: 'figure', id: 'a.com', svg, caption: 'see http://a.com' }, keep)).toEqual({
      kind: 'figure',
      id: 'a.com',
      svg,
      caption: 'see hxxp://a[.]com',
    })
  })

  it('keeps line breaks in notes, code and monospaced values, and marks them in all else', () => {
    expect(prepare({ kind: 'note', text: 'a\nb', author: 'a\nb' }, keep)).toEqual({
      kind: 'note',
      text: 'a\nb',
      author: 'a[U+000A]b',
    })
    expect(prepare({ label: 'x\ny', value: 'a\nb', mono: true }, keep)).toMatchObject({
      label: 'x[U+000A]y',
      value: 'a\nb',
    })
    expect(prepare({ label: 'x', value: 'a\nb' }, keep)).toMatchObject({ value: 'a[U+000A]b' })
  })

  it('keeps a key named __proto__ as data', () => {
    const value: unknown = JSON.parse('{"__proto__": "a\\u202eb"}')
    expect(JSON.stringify(prepare(value, keep))).toBe('{"__proto__":"a[U+202E]b"}')
  })
})

describe('breakable', () => {
  it('leaves short words alone', () => {
    expect(breakable('a few short words')).toBe('a few short words')
  })

  it('never cuts where letters join or take marks', () => {
    for (const text of ['العربية'.repeat(9), '👩\u200d💻'.repeat(20), 'e\u0301'.repeat(30)])
      expect(breakable(text, true)).toBe(text)
  })

  it('cuts sooner in table cells, where columns are narrow', () => {
    expect(breakable('system:anonymous')).toBe('system:anonymous')
    expect(breakable('system:anonymous', true)).toEqual(['system:', 'anonymou', 's'])
  })

  it('cuts long words after punctuation and every few signs, and loses nothing', () => {
    for (const text of [
      'arn:aws:iam::123456789012:role/deploy',
      'x'.repeat(100),
      `see ${'ab/'.repeat(30)} there`,
      'é'.repeat(50),
    ]) {
      const pieces = breakable(text)
      expect(Array.isArray(pieces)).toBe(true)
      expect([...pieces].join('')).toBe(text)
      for (const piece of pieces) expect(piece.length).toBeLessThan(60)
    }
  })
})
