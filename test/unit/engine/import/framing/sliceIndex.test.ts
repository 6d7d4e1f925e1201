import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EnvelopeText } from '../../../../../src/engine/import/framing/envelopeText'
import { SliceIndex } from '../../../../../src/engine/import/framing/sliceIndex'

/** Every path into a value. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, child]) => pathsOf(child, [...path, key]))]
}

function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (found, key) =>
      typeof found === 'object' && found !== null ? Object.getOwnPropertyDescriptor(found, key)?.value : undefined,
    value,
  )
}

const documents = fc
  .tuple(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(undefined, 1, '\t', '\r\n'))
  .map(([value, indent]) => ({
    value: JSON.parse(JSON.stringify(value)),
    text: JSON.stringify(value, null, indent === '\r\n' ? 1 : indent).replaceAll(
      '\n',
      indent === '\r\n' ? '\r\n' : '\n',
    ),
  }))

describe('values inside a JSON text', () => {
  it('are found by their paths, each as its exact text', () => {
    fc.assert(
      fc.property(documents, ({ value, text }) => {
        const index = new SliceIndex(text)
        for (const path of pathsOf(value)) {
          const slice = index.find(path)
          expect(JSON.parse(text.slice(slice?.start, slice?.end))).toEqual(valueAt(value, path))
        }
        expect(index.find(['no', 'such', 'path'])).toBeUndefined()
      }),
    )
  })

  it('take the last of equal keys, and keys of the prototype only where they stand there', () => {
    const index = new SliceIndex('{"a":1,"__proto__":{"x":2},"a" : [ 3 , 4 ]}')
    expect(index.find(['a', '1'])).toEqual({ start: 39, end: 40 })
    expect(index.find(['__proto__', 'x'])).toEqual({ start: 24, end: 25 })
    expect(index.find(['constructor'])).toBeUndefined()
  })

  it('have places in bytes and lines, in whatever order they are asked', () => {
    fc.assert(
      fc.property(documents, fc.boolean(), ({ value, text }, backwards) => {
        const bytes = Buffer.from(text)
        const envelope = new EnvelopeText(bytes, text, { line: 5, offset: 1000, length: bytes.length })
        const paths = pathsOf(value)
        for (const path of backwards ? paths.reverse() : paths) {
          const found = envelope.find(path)
          const start = (found?.offset ?? 0) - 1000
          expect(bytes.toString('utf8', start, start + (found?.length ?? 0))).toBe(found?.raw)
          expect(found?.line).toBe(5 + bytes.toString('utf8', 0, start).split('\n').length - 1)
        }
      }),
    )
  })

  it('stand where their envelope stands when its bytes are no valid UTF-8', () => {
    const bytes = Buffer.from('7b2261223a22ff222c2262223a317d', 'hex')
    const place = { line: 2, offset: 7, length: bytes.length }
    expect(new EnvelopeText(bytes, bytes.toString('utf8'), place).find(['b'])).toEqual({ ...place, raw: '1' })
  })

  it('cost the length of the text and not its square', () => {
    const count = 60_000
    const index = new SliceIndex(
      JSON.stringify({ items: Array.from({ length: count }, (_, n) => ({ n, pad: 'x'.repeat(80) })) }),
    )
    for (let n = 0; n < count; n++) expect(index.find(['items', String(n), 'n'])).toBeDefined()
  }, 20_000)
})
