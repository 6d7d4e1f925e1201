/** What must hold for each packing, whatever is packed, however it arrives and wherever it is cut. */
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { streamedZipOf, tarOf, walked, zipOf } from './drive'

type Members = [string, Uint8Array][]
const contents = fc.oneof(
  fc.uint8Array({ maxLength: 600 }),
  fc.constant(Buffer.from('{"a":1}\n'.repeat(5_000))),
  fc.constant(Buffer.alloc(0)),
)
/** No member begins like a packing of its own. */
const plain = (content: Uint8Array): Uint8Array => Buffer.concat([Buffer.from('{'), content])
const members: fc.Arbitrary<Members> = fc.uniqueArray(
  fc.tuple(fc.stringMatching(/^[a-z]{1,8}(\/[a-z.]{1,8}[a-z])?$/), contents.map(plain)),
  { maxLength: 5, selector: ([name]) => name },
)
const cuts = fc.array(fc.nat(2 ** 16), { maxLength: 8 })

/** Whole members, then at most one that is a beginning of its own. */
function expectBeginning(got: Awaited<ReturnType<typeof walked>>['members'], list: Members): void {
  expect(got.length).toBeLessThanOrEqual(list.length)
  got.forEach(([name, content], index) => {
    const [wanted, whole] = list[index] ?? ['', Buffer.alloc(0)]
    expect(name).toBe(wanted)
    const last = index === got.length - 1
    const same = last ? Buffer.from(whole).subarray(0, content.length) : Buffer.from(whole)
    expect(content.equals(same)).toBe(true)
  })
}

const packings = [
  ['zip', (list: Members) => zipOf(list)],
  ['zip without compression', (list: Members) => zipOf(list, false)],
  ['zip written as a stream', streamedZipOf],
  ['tar', tarOf],
  ['tar.gz', async (list: Members) => gzipSync(await tarOf(list))],
] as const

describe.each(packings)('%s', (name, pack) => {
  it('gives back what was packed, in any chunks', async () => {
    await fc.assert(
      fc.asyncProperty(members, cuts, async (list, at) => {
        if (list.length === 0) return
        const got = await walked(await pack(list), at)
        expect(got.faults).toEqual([])
        expectBeginning(got.members, list)
        expect(got.members).toHaveLength(list.length)
        expect(Buffer.concat(got.members.map(([, content]) => content)).length).toBe(
          list.reduce((sum, [, content]) => sum + content.length, 0),
        )
      }),
      { numRuns: 40 },
    )
  })

  it('gives all that stands before a cut, and says what is cut', async () => {
    const list = [0, 1, 2].map((file): [string, Buffer] => [`${file}.jsonl`, numbers(file * 100_000, 1_500)])
    const whole = await pack(list)
    // What stands before the end of each entry is all that is needed for it.
    const ends: number[] = []
    for (let count = 1; count <= list.length; count++) ends.push(await dataEnd(name, await pack(list.slice(0, count))))
    for (let part = 1; part < 40; part++) {
      const cut = Math.floor((whole.length * part) / 40)
      const got = await walked(whole.subarray(0, cut))
      if (cut < 600 && got.members[0]?.[0] === null) continue
      expectBeginning(got.members, list)
      const wholeOnes = ends.filter((end) => end <= cut).length
      expect(got.members.length).toBeGreaterThanOrEqual(wholeOnes)
      for (let index = 0; index < wholeOnes; index++)
        expect(got.members[index]?.[1].length).toBe(list[index]?.[1].length)
      const reasons = got.faults.map(({ reason }) => reason).join('\n')
      if (!name.startsWith('tar') || wholeOnes < list.length) expect(reasons).toMatch(/cut off|cannot be read/)
      // Of the entry at the cut as much as is there.
      const started = ends[wholeOnes - 1] ?? 0
      if (wholeOnes < list.length && cut - started > 12_000)
        expect(got.members[wholeOnes]?.[1].length).toBeGreaterThan((cut - started - 12_000) * 0.9)
    }
  })
})

/** Where the data of the last entry end. */
async function dataEnd(name: string, packed: Buffer): Promise<number> {
  if (name.startsWith('zip')) return packed.readUInt32LE(packed.length - 6)
  return name === 'tar' ? packed.length - 1_024 : packed.length
}

/** Lines that pack badly. */
function numbers(from: number, count: number): Buffer {
  const line = (n: number) => `{"n":"${Math.imul(n, 0x9e3779b1) >>> 0}${Math.imul(n, 0x85ebca6b) >>> 0}"}\n`
  return Buffer.from(Array.from({ length: count }, (_, index) => line(from + index)).join(''))
}

describe('gzip', () => {
  it('gives back what was packed, in any chunks and streams', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(contents, { minLength: 1, maxLength: 4 }), cuts, async (parts, at) => {
        const first = parts[0] ?? Buffer.alloc(0)
        const all = [plain(first), ...parts.slice(1)]
        const got = await walked(Buffer.concat(all.map((part) => gzipSync(part))), at)
        expect(got.faults).toEqual([])
        expect(Buffer.concat(got.members.map(([, content]) => content)).equals(Buffer.concat(all))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it('gives what stands before a cut, and says where it is cut', async () => {
    const text = Buffer.from(Array.from({ length: 2_000 }, (_, n) => `{"n":${n * 7919}}\n`).join(''))
    const packed = gzipSync(text)
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 20, max: packed.length - 1 }), cuts, async (length, at) => {
        const got = await walked(packed.subarray(0, length), at)
        const content = got.members[0]?.[1] ?? Buffer.alloc(0)
        expect(content.equals(text.subarray(0, content.length))).toBe(true)
        expect(content.length).toBeGreaterThanOrEqual(Math.max(0, length - 9_000))
        expect(got.faults).toMatchObject([{ offset: content.length, reason: expect.stringMatching(/cut off/) }])
      }),
      { numRuns: 60 },
    )
  })
})

describe('any bytes', () => {
  it('never throw, whatever they begin like', async () => {
    const heads = fc.constantFrom('1f8b0800', '504b0304', '504b0506', '425a6839314159265359', 'fd377a585a00')
    await fc.assert(
      fc.asyncProperty(heads, fc.uint8Array({ maxLength: 2_000 }), cuts, async (head, tail, at) => {
        await walked(Buffer.concat([Buffer.from(head, 'hex'), tail]), at)
      }),
      { numRuns: 150 },
    )
  })
})
