import { crc32, deflateSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findLogo, keepLogo, readLogo } from '../../../../src/engine/report/logo'
import { emptyCase, type ReportCase } from '../../../support/reportCase'

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(named), 4)
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)])
}

/** A grey picture; `pixels` are the bytes before compression. */
function png(width: number, height: number, pixels: Buffer, ...between: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header[8] = 8
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header),
    ...between,
    chunk('IDAT', deflateSync(pixels)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const grey = png(4, 2, Buffer.alloc(10))
const svg = (inside: string) => Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">${inside}</svg>`)

describe('a logo', () => {
  it('is a PNG without what is not its picture', () => {
    const written = png(4, 2, Buffer.alloc(10), chunk('tEXt', Buffer.from('Author\0/home/somebody')))
    expect(readLogo(written)).toEqual(readLogo(grey))
    expect(readLogo(grey)).toMatchObject({ kind: 'png', data: grey.toString('base64') })
  })

  it('is an SVG without its comments', () => {
    const logo = readLogo(svg('<!-- by somebody --><rect width="9" height="9" fill="#123456"/>'))
    expect(Buffer.from(logo.data, 'base64').toString('utf8')).toBe(
      svg('<rect width="9" height="9" fill="#123456"/>').toString(),
    )
  })

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a text', Buffer.from('logo')],
    ['bytes that are no UTF-8', Buffer.from([0x3c, 0xff, 0xfe])],
    ['a page', Buffer.from('<html><svg xmlns="http://www.w3.org/2000/svg"></svg></html>')],
    ['a PNG that is cut', grey.subarray(0, grey.length - 5)],
    ['a PNG with a flipped bit', Buffer.from(grey.map((byte, at) => (at === 45 ? byte ^ 1 : byte)))],
    ['a PNG whose pixels are missing', png(400, 400, Buffer.alloc(10))],
    ['a PNG that unpacks to more than it says', png(4, 2, Buffer.alloc(1_000_000))],
    ['a PNG of too many pixels', png(5_000, 1, Buffer.alloc(5_001))],
    ['a PNG with an unknown part that matters', png(4, 2, Buffer.alloc(10), chunk('EVIL', Buffer.alloc(1)))],
    ['an SVG with a script', svg('<script>1</script>')],
    ['an SVG with a handler', svg('<rect onload="x()"/>')],
    ['an SVG with a picture from elsewhere', svg('<image href="http://192.0.2.1/x.png"/>')],
    ['an SVG with a style', svg('<style>@import "x"</style>')],
    ['an SVG with an entity', Buffer.from(`<!DOCTYPE x [<!ENTITY a "b">]>${svg('').toString()}`)],
    ['a file that is too large', svg(`<desc>${'x'.repeat(300_000)}</desc>`)],
  ])('is not %s', (_, bytes) => {
    expect(() => readLogo(bytes)).toThrow(expect.objectContaining({ code: 'input.refused' }))
  })

  describe('of a case', () => {
    let made: ReportCase
    beforeAll(async () => {
      made = await emptyCase()
    })
    afterAll(() => made.close())

    it('is kept once and found by its hash', async () => {
      const { sha256 } = await keepLogo(made.session, grey)
      await keepLogo(made.session, grey)
      const records = made.session.journal.records()
      expect(records.filter(({ op }) => op === 'report.logo')).toHaveLength(1)
      expect(findLogo(records, sha256)).toEqual(readLogo(grey))
      expect(findLogo(records, '0'.repeat(64))).toBeUndefined()
    })

    it('is not there where its bytes are others', async () => {
      const other = readLogo(svg('<rect width="1" height="1"/>'))
      await made.session.journal.append('report.logo', { ...other, data: grey.toString('base64') })
      expect(findLogo(made.session.journal.records(), other.sha256)).toBeUndefined()
    })
  })
})
