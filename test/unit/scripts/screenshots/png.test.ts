import { deflateSync, inflateSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { crc32 } from '../../../../scripts/sample/crc32.mjs'
import { shrinkPng } from '../../../../scripts/screenshots/png.mjs'

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

function chunk(type: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const out = Buffer.alloc(body.length + 12)
  out.writeUInt32BE(body.length, 0)
  named.copy(out, 4)
  out.writeUInt32BE(crc32(named), body.length + 8)
  return out
}

/** RGB, eight bits; `lines` are filter type and filtered bytes. */
function rgbPng(width: number, lines: readonly (readonly number[])[], depth = 8): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(lines.length, 4)
  header.set([depth, 2, 0, 0, 0], 8)
  const data = deflateSync(Buffer.from(lines.flat()))
  return Buffer.concat([
    Buffer.from(signature),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function body(png: Buffer, wanted: string): Buffer {
  for (let at = 8; at < png.length; at += png.readUInt32BE(at) + 12) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === wanted) return png.subarray(at + 8, at + 8 + length)
  }
  return Buffer.alloc(0)
}

function coloursOf(png: Buffer, width: number): string[] {
  const palette = body(png, 'PLTE').toString('hex').match(/.{6}/g) ?? []
  const lines = inflateSync(body(png, 'IDAT'))
  return [...lines].flatMap((index, at) => (at % (width + 1) === 0 ? [] : [palette[index] ?? '']))
}

describe('shrinking a screenshot', () => {
  it('keeps every colour where there are few, whatever filters the lines had', () => {
    const png = rgbPng(2, [
      [0, 10, 20, 30, 40, 50, 60],
      [1, 10, 20, 30, 30, 30, 30],
      [2, 0, 0, 0, 0, 0, 0],
      [3, 5, 10, 15, 15, 15, 15],
      [4, 0, 0, 0, 0, 0, 0],
    ])
    const small = shrinkPng(png)
    expect([small.readUInt32BE(16), small.readUInt32BE(20)]).toEqual([2, 5])
    expect(coloursOf(small, 2)).toEqual([
      ...['0a141e', '28323c', '0a141e', '28323c', '0a141e', '28323c'],
      ...['0a141e', '28323c', '0a141e', '28323c'],
    ])
  })

  it('brings many colours down to 256 and each pixel to a near one', () => {
    const lines = Array.from({ length: 40 }, (_, y) => [
      0,
      ...Array.from({ length: 40 }, (_, x) => [x * 6, y * 6, 90]).flat(),
    ])
    const small = shrinkPng(rgbPng(40, lines))
    const colours = coloursOf(small, 40)
    expect(new Set(colours).size).toBeLessThanOrEqual(256)
    const far = colours.filter((colour, at) => {
      const red = Number.parseInt(colour.slice(0, 2), 16) - (at % 40) * 6
      const green = Number.parseInt(colour.slice(2, 4), 16) - Math.floor(at / 40) * 6
      return Math.hypot(red, green) > 30
    })
    expect(far).toEqual([])
  })

  it('refuses what it cannot read', () => {
    expect(() => shrinkPng(Buffer.from('GIF89a, no PNG'))).toThrow('no PNG')
    expect(() => shrinkPng(rgbPng(1, [[0, 1, 2, 3]], 16))).toThrow('not read')
  })
})
