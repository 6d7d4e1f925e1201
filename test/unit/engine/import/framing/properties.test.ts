/** What must hold for each splitter, whatever the text and however it arrives. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonLayout } from '../../../../../src/engine/formats/types'
import { CsvFramer } from '../../../../../src/engine/import/framing/csv'
import type { FrameFault } from '../../../../../src/engine/import/framing/frame'
import { JsonFramer } from '../../../../../src/engine/import/framing/json'
import { LineFramer } from '../../../../../src/engine/import/framing/lines'
import { ProtobufFramer } from '../../../../../src/engine/import/framing/protobuf'

interface Piece {
  readonly offset: number
  readonly length: number
  readonly line: number
  /** Undefined for a fault. */
  readonly text: string | undefined
  readonly why?: string
}

interface Hooks {
  record(bytes: Uint8Array, offset: number, line: number): void
  fault(fault: FrameFault): void
}
type Make = (hooks: Hooks) => { push(chunk: Uint8Array): void; end(): void }

const layouts: readonly JsonLayout[] = [
  { id: 'records', records: ['R', '*'], context: [] },
  { id: 'held', records: ['D', '*', 'S', '*'], context: [['D', '*', 'c']] },
]

function split(make: Make, input: Buffer, cuts: readonly number[]): Piece[] {
  const pieces: Piece[] = []
  const framer = make({
    record: (bytes, offset, line) =>
      pieces.push({ offset, length: bytes.length, line, text: Buffer.from(bytes).toString('latin1') }),
    fault: ({ offset, length, line, reason }) => pieces.push({ offset, length, line, text: undefined, why: reason }),
  })
  let from = 0
  for (const to of [...new Set(cuts.map((cut) => cut % (input.length + 1)))].sort((a, b) => a - b)) {
    framer.push(input.subarray(from, to))
    from = to
  }
  framer.push(input.subarray(from))
  framer.end()
  return pieces
}

/** Records and faults stand where they say, in the lines that they say, and never over one another. */
function expectInPlace(pieces: readonly Piece[], input: Buffer, withLines = true): void {
  let end = 0
  for (const { offset, length, line, text } of [...pieces].sort((a, b) => a.offset - b.offset)) {
    expect(offset).toBeGreaterThanOrEqual(end)
    end = offset + length
    expect(end).toBeLessThanOrEqual(input.length)
    if (text !== undefined) expect(input.toString('latin1', offset, end)).toBe(text)
    if (withLines) expect(line).toBe(input.subarray(0, offset).filter((byte) => byte === 0x0a).length + 1)
  }
}

/** What lies between the pieces. */
function gaps(pieces: readonly Piece[], input: Buffer): string {
  let end = 0
  let text = ''
  for (const { offset, length } of [...pieces].sort((a, b) => a.offset - b.offset)) {
    text += input.toString('latin1', end, offset)
    end = offset + length
  }
  return text + input.toString('latin1', end)
}

const cuts = fc.array(fc.nat(400), { maxLength: 12 })
const textOf = (...words: string[]) =>
  fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((parts) => Buffer.from(parts.join('')))

const json =
  (lineMode: boolean, known: readonly JsonLayout[]): Make =>
  (hooks) =>
    new JsonFramer({
      layouts: known,
      lineMode,
      onRecord: ({ bytes, offset, line }) => hooks.record(bytes, offset, line),
      onFault: (fault) => hooks.fault(fault),
    })
const csv: Make = (hooks) =>
  new CsvFramer({
    onRecord: ({ bytes, offset, line }) => hooks.record(bytes, offset, line),
    onFault: (fault) => hooks.fault(fault),
  })
const lines: Make = (hooks) =>
  new LineFramer({
    begins: (line) => line.startsWith('>'),
    onRecord: ({ bytes, offset, line }) => hooks.record(bytes, offset, line),
    onFault: (fault) => hooks.fault(fault),
  })
const protobuf =
  (framing: 'protobuf-field-1' | 'length-prefixed-be32' | 'length-prefixed-varint'): Make =>
  (hooks) =>
    new ProtobufFramer({
      framing,
      onMessage: (bytes, offset) => hooks.record(bytes, offset, 0),
      onFault: (fault) => hooks.fault(fault),
    })

describe('any text in any chunks', () => {
  const jsonText = textOf(
    ...['{', '}', '[', ']', '"', '\\', ',', ':', '\n', '\r\n', ' ', 'ü', '1', 'null', 'x'],
    ...[
      '"R":[',
      '"D":[',
      '"S":[',
      '"c":',
      '{"a":1}',
      '{"R":[{"a":"\\n"},{"b":[]}]}',
      '{"D":[{"S":[{"n":1}],"c":"k"}]}',
    ],
  )

  it.each([true, false])('gives JSON records and faults in their places (one a line: %s)', (lineMode) => {
    fc.assert(
      fc.property(jsonText, cuts, (input, at) => {
        const whole = split(json(lineMode, layouts), input, [])
        expectInPlace(whole, input)
        expect(split(json(lineMode, layouts), input, at)).toEqual(whole)
      }),
      { numRuns: 400 },
    )
  })

  it('leaves nothing but commas, brackets and white space between JSON records and faults', () => {
    fc.assert(
      fc.property(jsonText, cuts, (input, at) => {
        const pieces = split(json(false, []), input, at)
        expect(gaps(pieces, input)).toMatch(/^[\s,[\]]*$/)
      }),
      { numRuns: 400 },
    )
  })

  it('leaves nothing but line ends between CSV records and faults', () => {
    fc.assert(
      fc.property(textOf('a', 'b"', '"', '""', ',', '\n', '\r\n', 'ü', ' '), cuts, (input, at) => {
        const whole = split(csv, input, [])
        expectInPlace(whole, input)
        expect(split(csv, input, at)).toEqual(whole)
        expect(gaps(whole, input)).toMatch(/^[\r\n]*$/)
      }),
      { numRuns: 400 },
    )
  })

  it('leaves nothing but blank lines between records of lines and faults', () => {
    fc.assert(
      fc.property(textOf('>', '>a', 'b', '\n', '\n>', '\r\n', ' ', 'ü', '\t'), cuts, (input, at) => {
        const whole = split(lines, input, [])
        expectInPlace(whole, input)
        expect(split(lines, input, at)).toEqual(whole)
        expect(gaps(whole, input)).toMatch(/^\s*$/)
      }),
      { numRuns: 400 },
    )
  })

  it.each(['protobuf-field-1', 'length-prefixed-be32', 'length-prefixed-varint'] as const)(
    'gives messages of %s in their places, and nothing is unaccounted for after the first break',
    (framing) => {
      const hostile = fc
        .array(fc.oneof(fc.constantFrom(0x0a, 0, 0x08, 0xff, 3), fc.nat(255)), { maxLength: 60 })
        .map((bytes) => Buffer.from(bytes))
      fc.assert(
        fc.property(hostile, cuts, (input, at) => {
          const whole = split(protobuf(framing), input, [])
          expectInPlace(whole, input, false)
          const inChunks = split(protobuf(framing), input, at)
          expectInPlace(inChunks, input, false)
          expect(inChunks).toEqual(whole)
          const fault = whole.find(({ text }) => text === undefined)
          if (fault !== undefined) expect(fault.offset + fault.length).toBe(input.length)
        }),
        { numRuns: 400 },
      )
    },
  )

  it('gives back the messages that were written', () => {
    const bodies = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 6 })
    const varint = (value: number) => (value < 0x80 ? [value] : [(value & 0x7f) | 0x80, value >> 7])
    fc.assert(
      fc.property(bodies, cuts, (messages, at) => {
        const be32 = messages.map((body) => Buffer.from([0, 0, body.length >> 8, body.length & 0xff, ...body]))
        const prefixed = messages.map((body) => Buffer.from([...varint(body.length), ...body]))
        const fields = messages.map((body) => Buffer.from([0x0a, ...varint(body.length), ...body]))
        for (const [framing, parts] of [
          ['length-prefixed-be32', be32],
          ['length-prefixed-varint', prefixed],
          ['protobuf-field-1', fields],
        ] as const)
          expect(split(protobuf(framing), Buffer.concat(parts), at).map(({ text }) => text)).toEqual(
            messages.map((body) => Buffer.from(body).toString('latin1')),
          )
      }),
    )
  })
})
