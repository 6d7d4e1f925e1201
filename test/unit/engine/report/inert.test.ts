import { describe, expect, it } from 'vitest'
import { defang, inert, visible } from '../../../../src/engine/report/inert'

describe('visible', () => {
  it('leaves ordinary text of any script as it is', () => {
    for (const text of ['alice', 'Grüße', 'עברית', 'العربية', '中文', '한국어', 'नमस्ते', ''])
      expect(visible(text)).toBe(text)
  })

  it('draws controls, direction marks and zero-width signs as marks', () => {
    expect(visible('a\u202egnp.exe')).toBe('a[U+202E]gnp.exe')
    expect(visible('a\u0000b\u001bc\u0085d')).toBe('a[U+0000]b[U+001B]c[U+0085]d')
    expect(visible('ad\u200bmin\ufeff')).toBe('ad[U+200B]min[U+FEFF]')
    expect(visible('\u{e0041}')).toBe('[U+E0041]')
    expect(visible('\u3164')).toBe('[U+3164]')
  })

  it('keeps line breaks and tabs where the text has lines, and marks them elsewhere', () => {
    expect(visible('a\r\nb\tc', { lines: true })).toBe('a\nb    c')
    expect(visible('a\nb\tc')).toBe('a[U+000A]b[U+0009]c')
  })

  it('keeps what holds an emoji together and marks the same signs elsewhere', () => {
    expect(visible('👩‍💻 ❤️')).toBe('👩‍💻 ❤️')
    expect(visible('a\u200db\ufe0f')).toBe('a[U+200D]b[U+FE0F]')
  })

  it('names lone surrogates and private signs', () => {
    expect(visible('\ud800')).toBe('[U+D800]')
    expect(visible('\ue000')).toBe('[U+E000]')
  })
})

describe('defang', () => {
  it.each([
    ['http://evil.example.com/a.html', 'hxxp://evil[.]example[.]com/a.html'],
    ['HTTPS://evil.example.com:8443', 'hxxps://evil[.]example[.]com:8443'],
    ['ftp://10.1.2.3/x', 'fxp://10[.]1[.]2[.]3/x'],
    ['ldap://directory.corp', 'ldap[:]//directory[.]corp'],
    ['203.0.113.7', '203[.]0[.]113[.]7'],
    ['alice@mail.example.org', 'alice@mail[.]example[.]org'],
    ['iam.amazonaws.com', 'iam[.]amazonaws[.]com'],
    ['xn--e1afmkfd.xn--p1ai', 'xn--e1afmkfd[.]xn--p1ai'],
    ['Seen at evil.example.com.', 'Seen at evil[.]example[.]com[.]'],
    ['http://intranet/x', 'hxxp://intranet/x'],
    ['www.shop.example', 'www[.]shop[.]example'],
  ])('makes %s harmless', (text, expected) => {
    expect(defang(text)).toBe(expected)
  })

  it.each([
    'trail/2026-01-02.json.gz',
    'SELECT t.id, o.user_name FROM sales.orders o',
    'aws-cli/2.15 Python/3.11',
    '2026-01-02 03:04:05.678 Z',
    'requestParameters.bucketName',
    'arn:aws:s3:::orders/customers.parquet',
    '1.2.3',
    'data: none',
  ])('leaves %s alone', (text) => {
    expect(defang(text)).toBe(text)
  })

  it('gives the same text when it is applied twice', () => {
    const once = inert('see http://a.example.com and 10.0.0.1')
    expect(inert(once)).toBe(once)
  })

  it('takes time that grows with the text only', () => {
    const started = performance.now()
    for (const text of [
      'a.'.repeat(100_000),
      'a'.repeat(200_000),
      '1.'.repeat(100_000),
      'x://'.repeat(50_000),
      '@a-'.repeat(60_000),
      '-.'.repeat(100_000),
      `${'.'.repeat(100_000)}a`,
    ])
      defang(text)
    expect(performance.now() - started).toBeLessThan(3_000)
  })
})
