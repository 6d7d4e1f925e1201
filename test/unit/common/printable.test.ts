import { describe, expect, it } from 'vitest'
import { csvCell } from '../../../src/common/csv'
import { printable, printableJson } from '../../../src/common/printable'

describe('printable text', () => {
  it('shows controls, escapes and direction marks instead of sending them', () => {
    expect(printable('a\u001b[31mred\u0007\r\n\u009b\u202e')).toBe('a\\x1b[31mred\\x07\\x0d\\x0a\\x9b\\u202e')
  })

  it('escapes in JSON what terminals act on, and stays the same value', () => {
    const value = { text: 'tab\t esc\u001b c1\u009b rtl\u202e nl\n', '\u2028': 1 }
    const json = printableJson(value)
    expect(json).toMatch(/^[\x20-\x7e]*$/)
    expect(JSON.parse(json)).toEqual(value)
  })

  it('gives JSON that strict readers take: lone surrogates become U+FFFD, a written escape stays as written', () => {
    expect(JSON.parse(printableJson(['\ud800', 'a\udc00b', '\\ud800', '😀']))).toEqual([
      '\ufffd',
      'a\ufffdb',
      '\\ud800',
      '😀',
    ])
  })
})

describe('CSV cells', () => {
  it.each(['=1+1', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '＝1', '＋1', '－1', '＠x'])('disarms %j', (text) => {
    expect(csvCell(text)).toBe(`"'${text}"`)
  })

  it('leaves plain numbers numbers and doubles quotes', () => {
    expect([-5, '-5', '+1.5', '1e-3', 'a"b', null, true].map(csvCell)).toEqual([
      '"-5"',
      '"-5"',
      '"+1.5"',
      '"1e-3"',
      '"a""b"',
      '""',
      '"true"',
    ])
  })
})
