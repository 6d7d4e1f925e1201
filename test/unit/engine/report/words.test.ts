import { describe, expect, it } from 'vitest'
import { printOf } from '../../../../src/engine/report/registry'
import {
  cellText,
  count,
  counted,
  duration,
  leftOut,
  outcomeTone,
  outcomeWord,
  size,
} from '../../../../src/engine/report/words'
import { plainLayout } from '../../../support/reportCase'

const print = printOf({ timeZone: 'UTC', layout: plainLayout })

describe('words of a report', () => {
  it('groups digits by three', () => {
    expect([0, 999, 1_000, 12_345, 1_234_567].map(count)).toEqual(['0', '999', '1,000', '12,345', '1,234,567'])
  })

  it('uses the singular for one only', () => {
    expect(counted(1, 'note')).toBe('1 note')
    expect(counted(0, 'note')).toBe('0 notes')
    expect(counted(2, 'address', 'addresses')).toBe('2 addresses')
  })

  it('gives sizes and durations a unit that keeps them short', () => {
    expect([512, 10_239, 10_240, 5_242_880].map(size)).toEqual(['512 B', '10,239 B', '10.0 KiB', '5.0 MiB'])
    expect(['999', '1500', '42500000', '3000000000'].map(duration)).toEqual(['999 ns', '1.5 µs', '42.5 ms', '3.00 s'])
  })

  it('says what is left out, and nothing where all is printed', () => {
    expect(leftOut(12, 250, print)).toBe('12 of 250 are printed; the others are in the case.')
    expect(leftOut(3, 3, print)).toBeNull()
  })

  it('writes lists and structures of a column on one line', () => {
    expect(cellText(['a', 'b'])).toBe('a, b')
    expect(cellText([{ kind: 'assume_role', id: 'x', name: null }])).toBe('kind=assume_role id=x')
    expect(cellText(null)).toBe('')
  })

  it('shows an outcome that it does not know as it is, also one named like a member of objects', () => {
    expect(outcomeWord('denied')).toBe('denied')
    expect(outcomeWord('constructor')).toBe('constructor')
    expect(outcomeTone('__proto__')).toBe('plain')
  })
})
