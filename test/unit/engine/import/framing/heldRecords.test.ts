import { expect, it } from 'vitest'
import { HeldRecords } from '../../../../../src/engine/import/framing/heldRecords'

it('lets tiny records go before they outgrow the memory, although their bytes are few', () => {
  let handed = 0
  const held = new HeldRecords(() => {
    handed++
  })
  const layout = { id: 'late', records: ['a', '*'], context: [['c']] }
  const bytes = Buffer.from('{}')
  let added = 0
  for (; !held.over && added < 5_000_000; added++) held.add({ bytes, offset: 0, line: 1, compact: true }, layout, [])
  expect(held.over).toBe(true)
  expect(handed).toBe(added)
  expect(added).toBeLessThan(1_000_000)
})
