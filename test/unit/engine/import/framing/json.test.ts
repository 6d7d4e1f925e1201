import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonLayout } from '../../../../../src/engine/formats/types'
import type { FrameFault } from '../../../../../src/engine/import/framing/frame'
import { JsonFramer } from '../../../../../src/engine/import/framing/json'

const layouts: readonly JsonLayout[] = [
  { id: 'records', records: ['Records', '*'], context: [] },
  {
    id: 'spans',
    records: ['resourceSpans', '*', 'scopeSpans', '*', 'spans', '*'],
    context: [
      ['resourceSpans', '*', 'resource'],
      ['resourceSpans', '*', 'scopeSpans', '*', 'scope'],
    ],
  },
  { id: 'jaeger', records: ['data', '*', 'spans', '*'], context: [['data', '*', 'processes']] },
]

interface Seen {
  readonly text: string
  readonly offset: number
  readonly line: number
  readonly layout: string | undefined
  readonly context: Record<string, string>
}

function frame(text: string | Buffer, options: { lineMode?: boolean; chunk?: number } = {}) {
  const bytes = Buffer.from(text)
  const records: Seen[] = []
  const faults: FrameFault[] = []
  const framer = new JsonFramer({
    layouts,
    lineMode: options.lineMode ?? false,
    onRecord: ({ bytes: slice, offset, line, layout, context }) =>
      records.push({ text: slice.toString('utf8'), offset, line, layout, context: Object.fromEntries(context) }),
    onFault: (fault) => faults.push(fault),
  })
  const chunk = options.chunk ?? bytes.length
  for (let at = 0; at < bytes.length; at += Math.max(1, chunk)) framer.push(bytes.subarray(at, at + Math.max(1, chunk)))
  framer.end()
  return { records, faults }
}

describe('JSON framer', () => {
  it('gives each line of JSON lines with its line and byte offset', () => {
    const { records, faults } = frame('{"a":1}\n{"b":"ü"}\n\n{"c":3}')
    expect(records.map(({ text, offset, line }) => [text, offset, line])).toEqual([
      ['{"a":1}', 0, 1],
      ['{"b":"ü"}', 8, 2],
      ['{"c":3}', 20, 4],
    ])
    expect(faults).toEqual([])
  })

  it('gives elements of a root array and of nested root arrays', () => {
    expect(frame('[{"a":1}, {"b":2}]').records.map((record) => record.text)).toEqual(['{"a":1}', '{"b":2}'])
    expect(frame('[[{"a":1}],[{"b":2}]]').records.map((record) => record.text)).toEqual(['{"a":1}', '{"b":2}'])
  })

  it('gives the records of a layout instead of the document', () => {
    const { records } = frame('{"x":{"Records":[9]},"Records":[{"a":1},{"b":[1,{"c":"]}"}]}],"more":true}')
    expect(records.map(({ text, layout }) => [text, layout])).toEqual([
      ['{"a":1}', 'records'],
      ['{"b":[1,{"c":"]}"}]}', 'records'],
    ])
  })

  it('gives a document that holds no layout as a record', () => {
    expect(frame('{"Records":"none","a":{"b":1}}').records.map((record) => record.text)).toEqual([
      '{"Records":"none","a":{"b":1}}',
    ])
  })

  it('gives nothing for an empty list of records', () => {
    expect(frame('{"Records":[]}')).toEqual({ records: [], faults: [] })
  })

  it('hands along context that comes before the records', () => {
    const { records } = frame(
      '{"resourceSpans":[{"resource":{"r":1},"scopeSpans":[{"scope":{"s":1},"spans":[{"n":1},{"n":2}]},{"scope":{"s":2},"spans":[{"n":3}]}]}]}',
    )
    expect(records.map(({ text, context }) => [text, context.resource, context.scope])).toEqual([
      ['{"n":1}', '{"r":1}', '{"s":1}'],
      ['{"n":2}', '{"r":1}', '{"s":1}'],
      ['{"n":3}', '{"r":1}', '{"s":2}'],
    ])
  })

  it('holds records back until context that comes after them is known, and lets them go without it at the end', () => {
    const { records } = frame('{"data":[{"spans":[{"n":1}],"processes":{"p":1}},{"spans":[{"n":2}]}]}')
    expect(records.map(({ text, context }) => [text, context.processes])).toEqual([
      ['{"n":1}', '{"p":1}'],
      ['{"n":2}', undefined],
    ])
  })

  it('reports a foreign line between records and goes on', () => {
    const { records, faults } = frame('{"a":1}\nnot json at all\n{"b":2}\n')
    expect(records).toHaveLength(2)
    expect(faults).toEqual([{ offset: 8, length: 15, line: 2, reason: 'this is no JSON value' }])
  })

  it('loses one line to a broken line where records are one a line', () => {
    const { records, faults } = frame('{"a":1}\n{"b":"cut\n{"c":3}\n{"d":[1\n{"e":5}', { lineMode: true })
    expect(records.map((record) => record.text)).toEqual(['{"a":1}', '{"c":3}', '{"e":5}'])
    expect(faults.map(({ offset, length, line }) => [offset, length, line])).toEqual([
      [8, 9, 2],
      [26, 7, 4],
    ])
  })

  it('keeps what is whole before a cut and says where it is cut', () => {
    const { records, faults } = frame('{"Records":[{"a":1},{"b":2},{"c":')
    expect(records.map((record) => record.text)).toEqual(['{"a":1}', '{"b":2}'])
    expect(faults).toEqual([{ offset: 27, length: 6, line: 1, reason: 'the text ends inside a JSON value' }])
  })

  it('refuses nesting beyond the limit without recursion', () => {
    const { records, faults } = frame(`{"Records":[${'['.repeat(100_000)}${']'.repeat(100_000)},{"a":1}]}`)
    expect(records.map((record) => record.text)).toEqual(['{"a":1}'])
    expect(faults[0]?.reason).toContain('nested deeper')
  })

  it('refuses a record beyond the size limit and goes on after it', () => {
    const { records, faults } = frame(`{"a":"${'x'.repeat(17 * 2 ** 20)}"}\n{"b":2}`, { chunk: 1 << 20 })
    expect(records.map((record) => record.text)).toEqual(['{"b":2}'])
    expect(faults).toHaveLength(1)
    expect(faults[0]?.reason).toContain('larger than the limit')
  })

  it('refuses an object with too many keys', () => {
    const keys = Array.from({ length: 10_001 }, (_, index) => `"k${index}":0`).join(',')
    expect(frame(`[{${keys}}]`).faults[0]?.reason).toContain('keys')
  })

  it('frames the same whatever the chunks', () => {
    const documents = fc.array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 6 })
    fc.assert(
      fc.property(documents, documents, fc.integer({ min: 1, max: 40 }), (inner, lines, chunk) => {
        const text = `${JSON.stringify({ meta: lines, Records: inner })}\n${lines
          .map((line) => JSON.stringify({ line }))
          .join('\n')}`
        expect(frame(text, { chunk })).toEqual(frame(text))
        const whole = frame(text)
        expect(whole.faults).toEqual([])
        expect(whole.records.map((record) => JSON.parse(record.text))).toEqual([
          ...JSON.parse(JSON.stringify(inner)),
          ...JSON.parse(JSON.stringify(lines)).map((line: unknown) => ({ line })),
        ])
      }),
    )
  })

  it('never throws and never frames outside the text', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.boolean(),
        fc.integer({ min: 1, max: 50 }),
        (bytes, lineMode, chunk) => {
          const { records, faults } = frame(Buffer.from(bytes), { lineMode, chunk })
          for (const { offset, length } of faults) expect(offset + length).toBeLessThanOrEqual(bytes.length)
          for (const { offset } of records) expect(offset).toBeLessThan(bytes.length)
        },
      ),
    )
  })
})
