// @vitest-environment happy-dom
import fc from 'fast-check'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Evidence, trueTextOf } from '../../../../src/renderer/text/Evidence'
import { shortenMiddle, splitMarks, visibleText } from '../../../../src/renderer/text/marks'

const hostile = [
  'user\u202Egpj.exe',
  'a\u0000b',
  '\u001b[31mred\u001b[0m',
  'zero\u200bwidth\u2060joined\ufeff',
  'line\nbreak\r\ttab',
  'lone \ud800 surrogate',
  'soft\u00adhyphen and\u00a0space',
  '\u{e0041}tag',
  '<script>alert(1)</script>',
]

describe('marks', () => {
  it('lose nothing: the parts make up the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(
          splitMarks(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })

  it.each(hostile)('leave no hidden character of %j in what is shown', (text) => {
    expect(visibleText(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\u00a0]/u)
  })

  it('name the character', () => {
    expect(visibleText('a\u202eb')).toBe('a[U+202E]b')
    expect(visibleText('a\nb')).toBe('a\\nb')
    expect(visibleText('\u{e0041}')).toBe('[U+E0041]')
  })

  it('leave ordinary text of any script alone', () => {
    for (const text of ['мария', 'اسم', '日本語', 'naïve', '👩🏽', 'a-b_c.d@e']) expect(visibleText(text)).toBe(text)
  })

  it('keep line feeds and tabs in multi-line text, and nothing else', () => {
    expect(splitMarks('a\n\tb\u0007', true).map(({ label }) => label)).toEqual(['a\n\tb', '[U+0007]'])
  })

  it('cut the middle without cutting a character in two', () => {
    expect(shortenMiddle('abcdefghij', 5)).toBe('ab…ij')
    expect(shortenMiddle('👩👩👩👩👩👩', 3)).toBe('👩…👩')
    expect(shortenMiddle('short', 10)).toBe('short')
  })
})

describe('Evidence', () => {
  it.each(hostile)('shows %j isolated and inert, and gives the true text back when copied', (text) => {
    const html = renderToStaticMarkup(<Evidence text={text} />)
    expect(html.startsWith('<bdi>')).toBe(true)
    expect(html).not.toContain('<script')
    const shown = document.createElement('template')
    shown.innerHTML = html
    const parts = splitMarks(text)
    const copied = trueTextOf(shown.content)
    if (parts.every(({ kind }) => kind === 'text')) expect(copied).toBeNull()
    else if (!/[\u0000\r\ud800]/.test(text)) expect(copied).toBe(text)
  })

  it('says nothing to copy differently where there is no mark', () => {
    const shown = document.createElement('template')
    shown.innerHTML = renderToStaticMarkup(<Evidence text="plain" />)
    expect(trueTextOf(shown.content)).toBeNull()
  })
})
