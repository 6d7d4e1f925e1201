/** Archives that lie: about places, sizes, names and how many there are. */
import { describe, expect, it } from 'vitest'
import { limits } from '../../../../../src/engine/import/limits'
import { streamedZipOf, tarOf, walked, zipOf } from './drive'

const text = (letter: string) => Buffer.from(`{"a":"${letter.repeat(400)}"}\n`)

/** Offsets of the entries in the list at the zip's end. */
function listed(zip: Buffer): number[] {
  const found: number[] = []
  for (let at = zip.indexOf('PK\u0001\u0002'); at >= 0; at = zip.indexOf('PK\u0001\u0002', at + 4)) found.push(at)
  return found
}

describe('a zip', () => {
  it('whose entries share data is read once, and says so', async () => {
    const zip = await zipOf(
      [
        ['a.json', text('a')],
        ['b.json', text('b')],
      ],
      false,
    )
    const [, second = 0] = listed(zip)
    // The second entry begins inside the data of the first.
    zip.writeUInt32LE(60, second + 42)
    const { members, faults } = await walked(zip)
    expect(members.map(([name]) => name)).toEqual(['a.json'])
    expect(faults).toMatchObject([{ member: 'b.json', limit: 'overlapping archive entries' }])
  })

  it('that lists one entry a thousand times is read once', async () => {
    const zip = await zipOf([['a.json', text('a')]])
    const [at = 0] = listed(zip)
    const entry = zip.subarray(at, zip.length - 22)
    const end = Buffer.from(zip.subarray(zip.length - 22))
    end.writeUInt16LE(1_000, 8)
    end.writeUInt16LE(1_000, 10)
    end.writeUInt32LE(entry.length * 1_000, 12)
    const bomb = Buffer.concat([zip.subarray(0, at), ...Array.from({ length: 1_000 }, () => entry), end])
    const { members, faults } = await walked(bomb)
    expect(members).toHaveLength(1)
    expect(faults).toHaveLength(999)
  })

  it.each([0, 7, 0xfffffff0])('that says %i bytes where it holds others gives them all, and says so', async (lie) => {
    const zip = await zipOf([['a.json', text('a')]])
    zip.writeUInt32LE(lie, (listed(zip)[0] ?? 0) + 24)
    const { members, faults } = await walked(zip)
    expect(members[0]?.[1].equals(text('a'))).toBe(true)
    expect(faults).toMatchObject([{ member: 'a.json', reason: expect.stringContaining('as the zip says') }])
  })

  it('with a wrong checksum gives its data, and says so', async () => {
    const zip = await zipOf([
      ['a.json', text('a')],
      ['b.json', text('b')],
    ])
    zip.writeUInt32LE(1, (listed(zip)[0] ?? 0) + 16)
    const { members, faults } = await walked(zip)
    expect(members).toHaveLength(2)
    expect(faults).toMatchObject([{ member: 'a.json', reason: expect.stringContaining('checksum') }])
  })

  it('damaged inside one entry gives what comes before the damage, and the other entries', async () => {
    const list = [0, 1].map((file): [string, Buffer] => [
      `${file}.json`,
      Buffer.from(Array.from({ length: 3_000 }, (_, n) => `{"n":${Math.imul(n + file, 0x9e3779b1) >>> 0}}\n`).join('')),
    ])
    const zip = await zipOf(list)
    zip.fill(0xff, 9_000, 9_200)
    const { members, faults } = await walked(zip)
    expect(members[1]?.[1].equals(list[1]?.[1] ?? Buffer.alloc(0))).toBe(true)
    expect(faults).toMatchObject([{ member: '0.json', offset: members[0]?.[1].length }])
    expect(members[0]?.[1].length).toBeGreaterThan(5_000)
  })

  it('whose list is damaged is read from the front, each entry once', async () => {
    for (const pack of [zipOf, streamedZipOf]) {
      const zip = await pack([
        ['a.json', text('a')],
        ['b.json', text('b')],
        ['c.json', text('c')],
      ])
      zip.writeUInt32LE(0, listed(zip)[1] ?? 0)
      const { members, faults } = await walked(zip)
      expect(members.map(([name]) => name)).toEqual(['a.json', 'b.json', 'c.json'])
      expect(faults).toMatchObject([{ member: null, reason: expect.stringContaining('list') }])
    }
  })

  it('with more entries than the limit is refused', async () => {
    const count = limits.archiveMembers + 1
    const local = Buffer.alloc(31)
    local.write('PK\u0003\u0004')
    local.writeUInt16LE(1, 26)
    local.write('x', 30)
    const bytes = Buffer.concat(Array.from({ length: count }, () => local))
    const { members, faults } = await walked(bytes)
    expect(members.length).toBeLessThanOrEqual(limits.archiveMembers)
    expect(faults.map(({ limit }) => limit).filter(Boolean)).toEqual([`archive members: ${limits.archiveMembers}`])
  })

  it('says where a bomb was stopped', async () => {
    const zip = await zipOf([
      ['a.json', text('a')],
      ['bomb.json', Buffer.alloc(limits.expansionFreeBytes + 2 ** 21)],
    ])
    const { members, faults } = await walked(zip)
    expect(members.map(([name]) => name)).toEqual(['a.json', 'bomb.json'])
    expect(faults).toMatchObject([{ member: 'bomb.json', limit: expect.stringContaining('200 times') }])
    expect(faults[0]?.offset).toBeGreaterThan(limits.expansionFreeBytes - 2 ** 20)
  })
})

/** A tar header with any type and any text as its size. */
function header(name: string, type: string, size: string): Buffer {
  const block = Buffer.alloc(512)
  block.write(name, 0)
  block.write('0000644\0', 100)
  block.write(size, 124)
  block.write(type, 156)
  block.write('ustar\u000000', 257)
  block.fill(' ', 148, 156)
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return block
}

describe('a tar', () => {
  it('that says more bytes than it has gives those that are there, and says so', async () => {
    const { members, faults } = await walked(Buffer.concat([header('a.json', '0', '77777777777'), text('a')]))
    expect(members[0]?.[1].equals(text('a'))).toBe(true)
    expect(faults).toMatchObject([{ member: 'a.json', offset: text('a').length }])
  })

  it('whose long name is said to be of gigabytes is refused without room being made for it', async () => {
    const before = process.memoryUsage().rss
    const { faults } = await walked(
      Buffer.concat([header('x', 'L', '37777777777'), Buffer.alloc(2 ** 20), await tarOf([['a', text('a')]])]),
    )
    expect(faults).toHaveLength(1)
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 2 ** 20)
  })

  it('with links, devices and pipes lists them and reads none', async () => {
    const types = ['1', '2', '3', '4', '6']
    const blocks = types.map((type) => header(`special${type}`, type, '00000000000'))
    const { members, skipped, faults } = await walked(Buffer.concat([...blocks, await tarOf([['a', text('a')]])]))
    expect(members.map(([name]) => name)).toEqual(['a'])
    expect(skipped).toEqual(types.map((type) => `special${type}`))
    expect(faults).toEqual([])
  })

  it('with a header that does not add up says where, and keeps what came before', async () => {
    const bad = header('b.json', '0', '00000000100')
    bad.write('9', 150)
    const first = await tarOf([['a.json', text('a')]])
    const { members, faults } = await walked(Buffer.concat([first.subarray(0, first.length - 1_024), bad]))
    expect(members.map(([name]) => name)).toEqual(['a.json'])
    expect(faults).toMatchObject([{ member: null, offset: first.length - 1_024 }])
  })
})
