import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Occurrences } from '../../../../src/engine/import/occurrences'

it('counts as a map does, whatever the keys', () => {
  const keys = fc.array(fc.oneof(fc.bigInt(0n, 20n), fc.bigInt(0n, 2n ** 64n - 1n)), { maxLength: 3_000 })
  fc.assert(
    fc.property(keys, (all) => {
      const own = new Occurrences()
      const map = new Map<bigint, number>()
      for (const key of all) {
        const count = (map.get(key) ?? 0) + 1
        map.set(key, count)
        expect(own.add(key)).toBe(count)
      }
      for (const [key, count] of map) expect(own.get(key)).toBe(count)
      expect(own.get(2n ** 63n + 12_345n)).toBe(map.get(2n ** 63n + 12_345n) ?? 0)
    }),
    { numRuns: 30 },
  )
})
