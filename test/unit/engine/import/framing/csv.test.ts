import { describe, expect, it } from 'vitest'
import { CsvFramer } from '../../../../../src/engine/import/framing/csv'
import type { FrameFault } from '../../../../../src/engine/import/framing/frame'

function read(text: string, delimiter?: string) {
  const records: (readonly string[])[] = []
  const faults: FrameFault[] = []
  const framer = new CsvFramer({
    onRecord: ({ fields }) => records.push(fields),
    onFault: (fault) => faults.push(fault),
    ...(delimiter === undefined ? {} : { delimiter }),
  })
  for (const byte of Buffer.from(text)) framer.push(Uint8Array.of(byte))
  framer.end()
  return { records, faults }
}

describe('CSV framer', () => {
  it('keeps line ends, delimiters and doubled quotes inside quotes', () => {
    expect(read('a,b\r\n"1\r\n2","say ""hi"", now"\r\n,\n').records).toEqual([
      ['a', 'b'],
      ['1\r\n2', 'say "hi", now'],
      ['', ''],
    ])
  })

  it('takes a quote inside an unquoted field as text', () => {
    expect(read('a,b\n5" nail,x\n1,y"\n2,z').records).toEqual([
      ['a', 'b'],
      ['5" nail', 'x'],
      ['1', 'y"'],
      ['2', 'z'],
    ])
  })

  it('takes what follows a closing quote as text up to the next delimiter', () => {
    expect(read('a,b\n"1"x"2,y\n3,z').records).toEqual([
      ['a', 'b'],
      ['1x"2', 'y'],
      ['3', 'z'],
    ])
  })

  it('knows fields that begin after another delimiter, of one byte or two', () => {
    expect(read('a;b\n1;"x\ny"\n2;z,"', ';').records.slice(1)).toEqual([
      ['1', 'x\ny'],
      ['2', 'z,"'],
    ])
    expect(read('a§b\n1§"x\ny"\nç"§z', '§').records.slice(1)).toEqual([
      ['1', 'x\ny'],
      ['ç"', 'z'],
    ])
  })

  it('rejects one line where a quote is never closed, if what follows has as many columns as the head', () => {
    const { records, faults } = read('a,b\n1,"open\n2,y\n3,z\n')
    expect(records).toEqual([
      ['a', 'b'],
      ['2', 'y'],
      ['3', 'z'],
    ])
    expect(faults).toEqual([{ offset: 4, length: 7, line: 2, reason: 'the file ends inside a quoted field' }])
  })

  it('rejects a cut record as a whole where what follows its first line has other columns', () => {
    const { records, faults } = read('a,b\n1,"one\ntwo\nthr')
    expect(records).toEqual([['a', 'b']])
    expect(faults).toEqual([{ offset: 4, length: 14, line: 2, reason: 'the file ends inside a quoted field' }])
  })
})
