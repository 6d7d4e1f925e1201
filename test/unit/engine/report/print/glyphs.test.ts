import { describe, expect, it } from 'vitest'
import { openFonts } from '../../../../../src/engine/report/print/fonts'
import { glyphs } from '../../../../../src/engine/report/print/glyphs'
import { resourcesFolder } from '../../../../support/reportCase'

const fonts = openFonts(resourcesFolder)
const families = (text: string) => {
  const signs = glyphs(fonts)
  expect(signs.drawable(text)).toBe(text)
  return signs.used().map((font) => font.family)
}

describe('fonts of a report', () => {
  it('reads which signs a font has', () => {
    const covers = (family: string, text: string) =>
      fonts.find((font) => font.family === family)?.covers(text.codePointAt(0) ?? 0)
    expect(covers('Noto Sans', 'A')).toBe(true)
    expect(covers('Noto Sans', '中')).toBe(false)
    expect(covers('Noto Sans SC', '中')).toBe(true)
    expect(covers('Noto Emoji', '😀')).toBe(true)
  })

  it('loads the two base fonts only for text that needs no other', () => {
    expect(families('Plain text, Grüße, Привет, →')).toEqual(['Noto Sans', 'Noto Sans Mono'])
  })

  it.each([
    ['עברית', 'Noto Sans Hebrew'],
    ['العربية', 'Noto Sans Arabic'],
    ['ภาษาไทย', 'Noto Sans Thai'],
    ['中文 かな', 'Noto Sans SC'],
    ['한국어', 'Noto Sans KR'],
    ['👩‍💻', 'Noto Emoji'],
  ])('takes the font of %s besides them', (text, family) => {
    expect(families(text)).toEqual(['Noto Sans', 'Noto Sans Mono', family])
  })

  it('names a sign that no font has', () => {
    expect(glyphs(fonts).drawable('x\u{12345}y')).toBe('x[U+12345]y')
  })

  it('names a combining mark that the font of its letter lacks', () => {
    expect(glyphs(fonts).drawable('中\u0327')).toBe('中[U+0327]')
    expect(glyphs(fonts).drawable('e\u0301')).toBe('e\u0301')
  })
})
