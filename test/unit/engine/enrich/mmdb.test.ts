import fc from 'fast-check'
import { Reader } from 'mmdb-lib'
import { describe, expect, it } from 'vitest'
import { Mmdb } from '../../../../src/engine/enrich/mmdb'
import { placeOf } from '../../../../src/engine/enrich/places'
import { parseAddressRange } from '../../../../src/engine/query/filter/address'
import { type MmdbOptions, mmdbMarker, mmdbOf } from '../../../support/mmdbWriter'

const entries = [
  ['8.8.8.0/24', { country: { iso_code: 'US', names: { en: 'United States' } }, city: { names: { en: 'Ålesund' } } }],
  ['81.2.69.160/27', { country: { iso_code: 'GB' }, location: { latitude: -51.5 }, traits: [true, false] }],
  [
    '2a02:100::/32',
    { country: { iso_code: 'DE' }, autonomous_system_number: 3320, autonomous_system_organization: 'x'.repeat(400) },
  ],
] as const

function bits(address: string): bigint {
  return parseAddressRange(address)?.low ?? -1n
}

function place(mmdb: Mmdb, address: string) {
  const at = mmdb.find(bits(address))
  const record = at === undefined ? undefined : mmdb.record(at)
  return record === undefined ? undefined : placeOf(record)
}

describe('MMDB files', () => {
  it.each([24, 28, 32] as const)('answer for addresses of both families, with records of %i bits', (recordSize) => {
    const mmdb = new Mmdb(mmdbOf(entries, { recordSize }))
    expect(mmdb.info).toEqual({ databaseType: 'Test-City', builtAt: '2023-11-14T22:13:20.000Z', ipVersion: 6 })
    expect(place(mmdb, '8.8.8.8')).toEqual({ country: 'US', city: 'Ålesund' })
    expect(place(mmdb, '::ffff:8.8.8.8')).toEqual({ country: 'US', city: 'Ålesund' })
    expect(place(mmdb, '2a02:100::1')).toEqual({ country: 'DE', asn: '3320', asOrg: 'x'.repeat(200) })
    expect(place(mmdb, '8.8.9.1')).toBeUndefined()
    expect(place(mmdb, '2a03::1')).toBeUndefined()
  })

  it('for IPv4 alone know nothing of IPv6', () => {
    const mmdb = new Mmdb(mmdbOf(entries.slice(0, 2), { ipVersion: 4 }))
    expect(place(mmdb, '81.2.69.170')).toEqual({ country: 'GB' })
    expect(place(mmdb, '2a02:100::1')).toBeUndefined()
  })

  it('are read as an independent reader reads them', () => {
    for (const recordSize of [24, 28, 32] as const) {
      const file = mmdbOf(entries, { recordSize })
      const [ours, theirs] = [new Mmdb(file), new Reader(file)]
      fc.assert(
        fc.property(
          fc.oneof(fc.ipV4(), fc.constantFrom('8.8.8.1', '81.2.69.161', '81.2.69.192', '2a02:100::9')),
          (address) => {
            const record: unknown = theirs.get(address)
            const known = typeof record === 'object' && record !== null
            expect(ours.find(bits(address)) !== undefined).toBe(known)
          },
        ),
      )
    }
  })

  it('of other makers state country and network flat', () => {
    const flat = { country: 'Germany', country_code: 'DE', asn: 'AS3320', as_name: 'Example Net', city: 'Bonn' }
    const mmdb = new Mmdb(mmdbOf([['9.0.0.0/8', flat]]))
    expect(place(mmdb, '9.1.1.1')).toEqual({ country: 'DE', city: 'Bonn', asn: '3320', asOrg: 'Example Net' })
  })
})

describe('hostile MMDB files', () => {
  const refused = expect.objectContaining({ code: 'input.refused' })
  const whole = mmdbOf(entries)

  it.each([
    ['an unknown record size', { metadata: { record_size: 26 } }],
    ['a huge number of nodes', { metadata: { node_count: 4_000_000_000 } }],
    ['no number of nodes', { metadata: { node_count: undefined } }],
    ['a number of nodes that is text', { metadata: { node_count: '3' } }],
    ['fewer nodes than there are', { metadata: { node_count: 2 } }],
    ['another version', { metadata: { binary_format_major_version: 3 } }],
    ['another address family', { metadata: { ip_version: 5 } }],
  ] satisfies [string, MmdbOptions][])('are refused for %s', (_, options) => {
    expect(() => new Mmdb(mmdbOf(entries, options))).toThrow(refused)
  })

  it('are refused or read wherever they are cut off, and never fail otherwise', () => {
    for (let length = 0; length < whole.length; length++)
      expect(() => new Mmdb(whole.subarray(0, length)), `${length} bytes`).toThrow(refused)
  })

  /** Three-byte pointers have a base of 526,336; one-byte ones reach 2,047. */
  const pointTo = (offset: number) => Buffer.from([0x20 | (offset >> 8), offset & 255])

  it.each([
    ['a pointer to itself', pointTo(0)],
    ['pointers in a circle', Buffer.concat([pointTo(2), pointTo(0)])],
    ['an array that holds itself', Buffer.concat([Buffer.from([1, 4]), pointTo(0)])],
    ['a pointer out of the file', Buffer.from([0x38, 255, 255, 255, 255])],
    ['a list of sixteen million members', Buffer.from([31, 4, 255, 255, 255])],
    ['a map of sixteen million members', Buffer.from([0xff, 255, 255, 255])],
    ['a text longer than the file', Buffer.from([0x5e, 255, 255])],
    ['an unknown type', Buffer.from([0, 200])],
    ['a map with a number for a key', Buffer.from([0xe1, 0xa0, 0xa0])],
  ])('are refused for %s', (_, data) => {
    const mmdb = new Mmdb(mmdbOf([['8.0.0.0/8', 0]], { data }))
    expect(() => place(mmdb, '8.8.8.8')).toThrow(refused)
  })

  it('end where lists of lists by pointer would double without end', () => {
    // Level n is a list of two pointers to level n+1: 2^20 values out of 100 bytes.
    const levels = Array.from({ length: 20 }, (_, level) =>
      Buffer.concat([Buffer.from([2, 4]), pointTo((level + 1) * 6), pointTo((level + 1) * 6)]),
    )
    const mmdb = new Mmdb(mmdbOf([['8.0.0.0/8', 0]], { data: Buffer.concat([...levels, Buffer.from([0xa0])]) }))
    expect(() => place(mmdb, '8.8.8.8')).toThrow(refused)
  })

  it('give an answer or are refused when any of their bytes are others', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.constantFrom('8.8.8.8', '81.2.69.161', '2a02:100::1', '1.1.1.1'),
        (changes, address) => {
          const file = Buffer.from(whole)
          for (const [at, byte] of changes) file[at] = byte
          try {
            place(new Mmdb(file), address)
          } catch (error) {
            expect(error).toEqual(refused)
          }
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('are refused when they are nothing but the mark', () => {
    expect(() => new Mmdb(mmdbMarker)).toThrow(refused)
    expect(() => new Mmdb(Buffer.alloc(0))).toThrow(refused)
  })

  it('keep keys of the prototype as data', () => {
    const mmdb = new Mmdb(mmdbOf([['8.0.0.0/8', JSON.parse('{"__proto__":{"country_code":"XX"},"constructor":"x"}')]]))
    expect(place(mmdb, '8.8.8.8')).toEqual({})
  })
})
