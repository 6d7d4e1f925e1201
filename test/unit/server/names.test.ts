import { describe, expect, it } from 'vitest'
import { attachment } from '../../../src/server/downloads'
import { decodeLabel, safeName } from '../../../src/server/uploads'

describe('the name of an uploaded file', () => {
  it.each([
    ['logs/2023/trail.json.gz', 'trail.json.gz'],
    ['../../etc/passwd', 'passwd'],
    ['..', '_'],
    ['.', '_'],
    ['', 'file'],
    ['a/', 'file'],
    ['.bashrc', '_bashrc'],
    ['C:\\Windows\\win.ini', 'win.ini'],
    ['\\\\server\\share\\x', 'x'],
    ['a\0b\n\u202Ec', 'a_b__c'],
    ['COM1.txt', '_COM1.txt'],
    ['nul', '_nul'],
    ['trailing. .', 'trailing_'],
    ['ärger 日志.log', 'ärger 日志.log'],
    ['\ud800lone', '\ufffdlone'],
  ])('%j becomes %j', (label, name) => {
    expect(safeName(label)).toBe(name)
  })

  it('keeps the end of a long one, within 200 bytes and without a leading point', () => {
    const name = safeName(`${'日'.repeat(300)}.json`)
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
    expect(name.endsWith('日.json')).toBe(true)
    expect(safeName(`x${'.'.repeat(250)}log`)).not.toMatch(/^\./)
  })

  it('comes from a header that is decoded once, or not at all', () => {
    expect(decodeLabel('a%20b%252e')).toBe('a b%2e')
    for (const broken of [undefined, '', '%', '%ff', 'a'.repeat(12_001), ['a', 'b']])
      expect(decodeLabel(broken)).toBeUndefined()
  })
})

describe('the name of a download', () => {
  it.each([
    ['report.pdf', `attachment; filename="report.pdf"; filename*=UTF-8''report.pdf`],
    ['a"b\r\nx: y', `attachment; filename="a_b__x: y"; filename*=UTF-8''a%22b%0D%0Ax%3A%20y`],
    [
      "Müller's (1)*.pdf",
      `attachment; filename="M_ller's (1)*.pdf"; filename*=UTF-8''M%C3%BCller%27s%20%281%29%2A.pdf`,
    ],
  ])('%j stays inside its header', (fileName, header) => {
    expect(attachment(fileName)).toBe(header)
  })
})
