import { describe, expect, it } from 'vitest'
import {
  idPairs,
  numberIn,
  placeOf,
  statedReason,
  timeColumns,
  truth,
} from '../../../../../src/engine/formats/shared/rowParts'

describe('parts of rows', () => {
  it('keeps ids that have a value, once', () => {
    expect(
      idPairs([
        ['a', '1'],
        ['b', undefined],
        ['a', '1'],
        ['a', '2'],
      ]),
    ).toEqual([
      { kind: 'a', value: '1' },
      { kind: 'a', value: '2' },
    ])
    expect(idPairs([['a', undefined]])).toBeUndefined()
  })

  it('takes an address for an address and the rest for a name', () => {
    expect(placeOf('2001:DB8::1')).toEqual({ src_ip: '2001:db8::1' })
    expect(placeOf('gateway')).toEqual({ src_host: 'gateway' })
    expect(placeOf(undefined)).toEqual({})
  })

  it('marks a row without a time', () => {
    expect(timeColumns(undefined, 'start')).toEqual({ flags: ['clock_suspect'] })
    expect(timeColumns({ us: 1n, precision: 's', zoned: true }, 'end')).toEqual({
      ts: 1n,
      ts_precision: 's',
      ts_kind: 'end',
    })
  })

  it('states the first reason and the tickets of all', () => {
    expect(
      statedReason([
        ['a', undefined],
        ['b', 'see OPS-1'],
        ['c', 'OPS-2, OPS-1'],
      ]),
    ).toEqual({ reason: 'see OPS-1', reason_field: 'b', ticket_ids: ['OPS-1', 'OPS-2'] })
    expect(statedReason([['a', undefined]])).toEqual({})
  })

  it.each([
    [1.5, 1.5],
    ['-1.5', -1.5],
    [91, undefined],
    [Number.NaN, undefined],
    ['x', undefined],
    ['', undefined],
    [null, undefined],
    [true, undefined],
  ])('reads %s within its range as %s', (value, number) => {
    expect(numberIn(value, -90, 90)).toBe(number)
  })

  it.each([
    [true, true],
    ['false', false],
    ['yes', undefined],
    [1, undefined],
  ])('reads %s as %s', (value, truthValue) => {
    expect(truth(value)).toBe(truthValue)
  })
})
