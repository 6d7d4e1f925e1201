import { describe, expect, it } from 'vitest'
import { hexLine, hexRows } from '../../../src/common/hexDump'

describe('a hex dump', () => {
  it('shows offsets, bytes and printable ASCII, and lets no control through', () => {
    const lines = hexRows(Buffer.from('abc\x1b[31m\x00\xffüend of it', 'latin1'), 0x1234).map(hexLine)
    expect(lines).toEqual([
      '00001234  61 62 63 1b 5b 33 31 6d  00 ff fc 65 6e 64 20 6f  |abc.[31m...end o|',
      '00001244  66 20 69 74                                       |f it|',
    ])
  })

  it('of nothing is nothing', () => {
    expect(hexRows(new Uint8Array(), 5)).toEqual([])
  })
})
