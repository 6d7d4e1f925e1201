/** Records beyond the size limit: one fault each, at its place and in its line, in bounded memory; the rest is kept. */
import { describe, expect, it } from 'vitest'
import { CsvFramer } from '../../../../../src/engine/import/framing/csv'
import type { Frame, FrameFault } from '../../../../../src/engine/import/framing/frame'
import { JsonFramer } from '../../../../../src/engine/import/framing/json'
import { LineFramer } from '../../../../../src/engine/import/framing/lines'
import { limits } from '../../../../../src/engine/import/limits'

interface Sink {
  onRecord(frame: Frame): void
  onFault(fault: FrameFault): void
}

/** Pushes text, then `filler` until it is well beyond the limit, then the rest. */
function run(
  make: (sink: Sink) => { push(chunk: Uint8Array): void; end(): void },
  before: string,
  filler: string,
  after: string,
) {
  const records: [text: string, offset: number, line: number][] = []
  const faults: FrameFault[] = []
  const framer = make({
    onRecord: ({ bytes, offset, line }) => records.push([bytes.toString('utf8'), offset, line]),
    onFault: (fault) => faults.push(fault),
  })
  const block = Buffer.from(filler.repeat(Math.ceil(2 ** 18 / filler.length)))
  let fillerBytes = 0
  framer.push(Buffer.from(before))
  while (fillerBytes < limits.recordBytes * 1.2) {
    framer.push(block)
    fillerBytes += block.length
  }
  framer.push(Buffer.from(after))
  framer.end()
  const fillerLines = filler.includes('\n') ? (fillerBytes / filler.length) * (filler.split('\n').length - 1) : 0
  return { records, faults, fillerBytes, fillerLines }
}

const json = (lineMode: boolean) => (sink: Sink) =>
  new JsonFramer({
    layouts: [{ id: 'records', records: ['R', '*'], context: [['R', '*', 'c']] }],
    lineMode,
    ...sink,
  })

const long = `${'x'.repeat(3000)}\n`

describe('a record that is too large', () => {
  it('is one fault of a JSON document over many lines', () => {
    const { records, faults, fillerBytes, fillerLines } = run(
      json(false),
      '{"a":1}\n{\n',
      `  "k": "${'v'.repeat(3000)}",\n`,
      '"z":1}\n{"b":2}',
    )
    expect(faults).toEqual([{ offset: 8, length: fillerBytes + 8, line: 2, reason: expect.stringContaining('limit') }])
    expect(records).toEqual([
      ['{"a":1}', 0, 1],
      ['{"b":2}', fillerBytes + 17, fillerLines + 4],
    ])
  })

  it('is one fault of a record inside a document, over many lines', () => {
    const { records, faults, fillerBytes, fillerLines } = run(
      json(false),
      '{"R":[\n{"a":1},\n{"v":[\n',
      `${'1'.repeat(3000)},\n`,
      '2]},\n{"b":2}]}',
    )
    expect(faults).toEqual([
      { offset: 16, length: fillerBytes + 10, line: 3, reason: expect.stringContaining('limit') },
    ])
    expect(records.map(([text, , line]) => [text, line])).toEqual([
      ['{"a":1}', 2],
      ['{"b":2}', fillerLines + 5],
    ])
  })

  it('is one fault of a JSON line', () => {
    const { records, faults, fillerBytes } = run(json(true), '{"a":1}\n{"v":"', 'xyz', '"}\n{"b":2}')
    expect(faults).toEqual([{ offset: 8, length: fillerBytes + 8, line: 2, reason: expect.stringContaining('limit') }])
    expect(records.map(([text, , line]) => [text, line])).toEqual([
      ['{"a":1}', 1],
      ['{"b":2}', 3],
    ])
  })

  const csv = (sink: Sink) => new CsvFramer(sink)

  it('is one fault of a CSV record over many lines', () => {
    const { records, faults, fillerBytes, fillerLines } = run(csv, 'a,b\n1,"', long, '"\n2,y\n')
    expect(faults).toEqual([{ offset: 4, length: fillerBytes + 4, line: 2, reason: expect.stringContaining('limit') }])
    expect(records.map(([text, , line]) => [text, line])).toEqual([
      ['a,b', 1],
      ['2,y', fillerLines + 3],
    ])
  })

  it('is one line of CSV where a quote is never closed and the lines below it are records', () => {
    const { records, faults, fillerLines } = run(csv, 'a,b\n1,"x\n', `2,${long}`, '3,z')
    expect(faults).toEqual([{ offset: 4, length: 4, line: 2, reason: expect.stringContaining('quoted') }])
    expect(records).toHaveLength(fillerLines + 2)
    expect(records.at(-1)?.[2]).toBe(fillerLines + 3)
  })

  it('is one fault of a line', () => {
    const lines = (sink: Sink) => new LineFramer({ begins: (line) => line.startsWith('>'), ...sink })
    const { records, faults, fillerBytes } = run(lines, '>a\n>', 'x', '\n>b\n')
    expect(faults).toEqual([{ offset: 3, length: fillerBytes + 1, line: 2, reason: expect.stringContaining('limit') }])
    expect(records.map(([text, , line]) => [text, line])).toEqual([
      ['>a', 1],
      ['>b', 3],
    ])
  })

  it('is one fault of a record of many lines', () => {
    const lines = (sink: Sink) => new LineFramer({ begins: (line) => line.startsWith('>'), ...sink })
    const { records, faults, fillerBytes, fillerLines } = run(lines, '>a\n>\n', long, '>b\n')
    expect(faults).toEqual([{ offset: 3, length: fillerBytes + 2, line: 2, reason: expect.stringContaining('limit') }])
    expect(records.map(([text, , line]) => [text, line])).toEqual([
      ['>a', 1],
      ['>b', fillerLines + 3],
    ])
  })
})
