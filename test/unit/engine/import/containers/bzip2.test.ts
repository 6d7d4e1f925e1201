import { describe, expect, it } from 'vitest'
import { bunzip2 } from '../../../../../src/engine/import/containers/bzip2'
import type { ContainerFault } from '../../../../../src/engine/import/containers/member'

/** Packed by the reference implementation: forty lines, runs of every kind, nothing, and 80 MiB of zeros. */
const lines = Buffer.from(
  'QlpoOTFBWSZTWUlpEuwAAYtZgAAQUAR/8AIlBAowALrMYwf6qmQ0GgGRtUTKGgAFSoEYRgbUoRyIsIsI7EUI0Eb7f98OOcuhISAogAZAhOOK' +
    'YhKvlUY2natVvWs6k3rNY3xit74x7T5z16CdAWmhMsLTQmWFpoTsgNUANACkikkknxJKOBFCLwihFwihFwj0XckU4UJBJaRLsA==',
  'base64',
)
const runs = Buffer.from('QlpoMTFBWSZTWe7w6OYAAAZRAOAAACA8AAAIoAAxBkxAkp6TTynXQJHDVzFY15V4g+LuSKcKEh3eHRzA', 'base64')
const nothing = Buffer.from('QlpoORdyRThQkAAAAAA=', 'base64')
const zeros = Buffer.from(
  'QlpoOTFBWSZTWQ4J4t8BX45AAMAAAAggADCATUZCoCWpCoCXMUFZJlNZiY9QcwEi9EAA4AAACCAAMMwFKaYSqQjYiVSEeLuSKcKEhKzkrmg=',
  'base64',
)

const text = Array.from({ length: 40 }, (_, n) => `{"n":${n},"t":"line ${n % 7}"}\n`).join('')

async function unpack(packed: Uint8Array, chunkBytes = packed.length) {
  async function* chunks() {
    for (let at = 0; at < packed.length; at += chunkBytes) yield packed.subarray(at, at + chunkBytes)
  }
  const faults: ContainerFault[] = []
  const parts: Uint8Array[] = []
  for await (const part of bunzip2(chunks(), null, (fault) => faults.push(fault))) parts.push(part)
  return { bytes: Buffer.concat(parts), reasons: faults.map(({ reason }) => reason) }
}

describe('bzip2', () => {
  it('unpacks what the reference packed, however it is cut into chunks', async () => {
    for (const chunkBytes of [1, 7, 1000])
      expect(await unpack(lines, chunkBytes)).toEqual({ bytes: Buffer.from(text), reasons: [] })
  })

  it('takes runs apart', async () => {
    const expected = `aaabbbb${'c'.repeat(300)}ddddd`
    const { bytes, reasons } = await unpack(runs)
    expect(reasons).toEqual([])
    expect(bytes.toString('latin1')).toBe(expected + '\0\xff'.repeat(9))
  })

  it('reads streams that follow each other, and none with anything in it', async () => {
    const { bytes, reasons } = await unpack(Buffer.concat([lines, nothing, lines]))
    expect([bytes.toString(), reasons]).toEqual([text + text, []])
    expect(await unpack(nothing)).toEqual({ bytes: Buffer.alloc(0), reasons: [] })
  })

  it('says that it is cut off, at every length, and keeps what came before', async () => {
    const both = Buffer.concat([lines, lines])
    for (let length = 5; length < both.length; length++) {
      const { bytes, reasons } = await unpack(both.subarray(0, length))
      if (length === lines.length) expect(reasons).toEqual([])
      else expect(reasons).toHaveLength(1)
      if (length > lines.length) expect(bytes.subarray(0, text.length).toString()).toBe(text)
    }
  })

  it('says that it is damaged wherever a bit is turned, and never throws or hangs', async () => {
    for (let at = 4; at < lines.length - 5; at++) {
      const turned = Buffer.from(lines)
      turned[at] = (turned[at] ?? 0) ^ (1 << (at % 8))
      const { bytes, reasons } = await unpack(turned)
      expect(reasons.length > 0 || bytes.toString() === text).toBe(true)
    }
  })

  it('counts bytes behind the end that are none of it', async () => {
    const { reasons } = await unpack(Buffer.concat([lines, Buffer.from('something else')]))
    expect(reasons).toEqual(['14 bytes after the end of the bzip2 stream are no bzip2 data'])
  })

  it('stops where far more comes out than went in', async () => {
    const { bytes, reasons } = await unpack(zeros)
    expect(reasons).toEqual([expect.stringMatching(/^Unpacking stopped: more than \d+ times the packed size/)])
    expect(bytes.length).toBeLessThan(70 * 2 ** 20)
  })
})
