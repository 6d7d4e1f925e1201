import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sql } from '../../../../src/engine/db/sql'
import { classOf, classSql } from '../../../../src/engine/enrich/addressClass'
import { halves, parseAddressRange } from '../../../../src/engine/query/filter/address'
import { memoryDatabase } from '../../../support/memoryDatabase'

function bits(address: string): bigint {
  return parseAddressRange(address)?.low ?? -1n
}

const cases: readonly (readonly [string, string])[] = [
  ['10.0.0.1', 'private'],
  ['172.15.255.255', 'public'],
  ['172.16.0.0', 'private'],
  ['172.31.255.255', 'private'],
  ['172.32.0.0', 'public'],
  ['192.168.1.1', 'private'],
  ['127.0.0.53', 'loopback'],
  ['169.254.169.254', 'link_local'],
  ['100.63.255.255', 'public'],
  ['100.64.0.1', 'cgnat'],
  ['100.128.0.0', 'public'],
  ['192.0.2.7', 'documentation'],
  ['198.51.100.7', 'documentation'],
  ['203.0.113.7', 'documentation'],
  ['224.0.0.1', 'multicast'],
  ['239.255.255.255', 'multicast'],
  ['0.0.0.0', 'reserved'],
  ['192.0.0.8', 'reserved'],
  ['192.0.0.9', 'public'],
  ['198.18.0.1', 'reserved'],
  ['240.0.0.1', 'reserved'],
  ['255.255.255.255', 'reserved'],
  ['8.8.8.8', 'public'],
  ['::ffff:10.1.2.3', 'private'],
  ['::ffff:8.8.8.8', 'public'],
  ['::', 'reserved'],
  ['::1', 'loopback'],
  ['fe80::1', 'link_local'],
  ['febf:ffff::1', 'link_local'],
  ['fd12:3456::1', 'private'],
  ['ff02::1', 'multicast'],
  ['2001:db8::1', 'documentation'],
  ['3fff:0fff::1', 'documentation'],
  ['2001:2::1', 'reserved'],
  ['2001:4860:4860::8888', 'public'],
  ['64:ff9b::808:808', 'public'],
  ['64:ff9b:1::1', 'private'],
  ['100::1', 'reserved'],
  ['4000::1', 'reserved'],
]

describe('the class of an address', () => {
  it.each(cases)('of %s is %s', (address, expected) => {
    expect(classOf(bits(address))).toBe(expected)
  })

  it('is the same in SQL and here, for all of these, their neighbours and any other', async () => {
    const random = fc.sample(fc.oneof(fc.ipV4(), fc.ipV6()), { numRuns: 400, seed: 7 })
    const all = [...cases.map(([address]) => address), ...random].map(bits)
    const asked = all.flatMap((value) => [value, value + 1n, value === 0n ? 0n : value - 1n])
    const db = await memoryDatabase()
    const rows = asked.map((value, at) => {
      const { hi, lo } = halves(value)
      return sql`(${at}, ${hi}::UBIGINT, ${lo}::UBIGINT)`
    })
    const answers = await db.all(
      z.object({ class: z.string() }),
      sql`SELECT ${classSql()} AS "class" FROM (VALUES ${sql.join(rows, ', ')}) t(n, src_ip_hi, src_ip_lo) ORDER BY n`,
    )
    expect(answers.map((row) => row.class)).toEqual(asked.map((value) => classOf(value)))
    const nothing = await db.rows(
      sql`SELECT ${classSql()} AS "class" FROM (SELECT NULL AS src_ip_hi, NULL AS src_ip_lo)`,
    )
    expect(nothing).toEqual([{ class: null }])
    await db.close()
  })
})
