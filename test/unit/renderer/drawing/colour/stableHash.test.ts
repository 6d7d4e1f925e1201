import { expect, it } from 'vitest'
import { paletteIndex, stableHash } from '../../../../../src/renderer/drawing/colour/stableHash'

it('gives a name the same palette entry for good', () => {
  expect([paletteIndex('orders-api', 12), paletteIndex('billing', 12), paletteIndex('', 12)]).toMatchInlineSnapshot(`
    [
      9,
      4,
      4,
    ]
  `)
})

it('spreads names that differ in one letter over the palette', () => {
  const used = new Set(Array.from({ length: 60 }, (_, at) => paletteIndex(`svc-${at}`, 12)))
  expect(used.size).toBe(12)
  expect(stableHash('a')).not.toBe(stableHash('b'))
})
