import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { MemberText } from '../../../../src/engine/import/utf'

const text = fc.string({ unit: 'binary', maxLength: 400 })
const cuts = fc.array(fc.nat(900), { maxLength: 8 })

async function read(bytes: Uint8Array, at: readonly number[]) {
  async function* chunks(): AsyncGenerator<Uint8Array> {
    let from = 0
    for (const to of [...at].sort((a, b) => a - b)) {
      const end = Math.min(to, bytes.length)
      yield bytes.subarray(from, end)
      from = Math.max(from, end)
    }
    yield bytes.subarray(from)
  }
  const member = new MemberText(chunks())
  const parts: Uint8Array[] = []
  for await (const part of member.chunks()) parts.push(part)
  return { decoded: Buffer.concat(parts), source: (offset: number) => member.places?.source(offset) ?? offset }
}

describe('the text of a member', () => {
  it.each(['utf-16le', 'utf-16be'] as const)(
    'is UTF-8 and knows where each character stood in %s',
    async (encoding) => {
      await fc.assert(
        fc.asyncProperty(text, cuts, async (content, at) => {
          const bytes = Buffer.from(`\ufeff${content}`, 'utf16le')
          const { decoded, source } = await read(encoding === 'utf-16le' ? bytes : bytes.swap16(), at)
          expect(decoded.toString('utf8')).toBe(content)
          let [offset, units] = [0, 1]
          for (const character of content) {
            expect(source(offset)).toBe(units * 2)
            offset += Buffer.byteLength(character)
            units += character.length
          }
          expect(source(offset)).toBe(units * 2)
        }),
      )
    },
  )

  it('in UTF-8 loses its byte order mark and nothing else, and knows it was there', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 50 }), cuts, async (content, at) => {
        const { decoded, source } = await read(Buffer.concat([Buffer.from('\ufeff'), content]), at)
        expect(decoded.equals(content)).toBe(true)
        expect(source(7)).toBe(10)
      }),
    )
  })

  it('never places anything behind the end of UTF-16 that is cut inside a character', async () => {
    const { decoded, source } = await read(Buffer.from('fffe3d', 'hex'), [])
    expect(decoded.toString('utf8')).toBe('\ufffd')
    expect(source(3)).toBe(3)
  })

  it('is left alone where it has no mark', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 50 }), cuts, async (content, at) => {
        fc.pre(!/^(efbbbf|fffe|feff)/.test(Buffer.from(content).toString('hex')))
        expect((await read(content, at)).decoded.equals(content)).toBe(true)
      }),
    )
  })
})
