import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeySet } from '../../../../src/engine/import/keySet'

const key = fc.oneof(
  fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  // Many in one place of one segment, and halves that are zero.
  fc.bigInt({ min: 0n, max: 40n }),
  fc.bigInt({ min: 0n, max: 40n }).map((high) => high << 32n),
  fc.constantFrom(0n, 2n ** 64n - 1n, 0xffff_ffffn, 0xffff_ffff_0000_0000n),
)

describe('the set of keys', () => {
  it('has what was added, and says what is new', () => {
    fc.assert(
      fc.property(
        fc.array(key, { maxLength: 400 }),
        fc.array(key, { maxLength: 50 }),
        fc.nat(300),
        (added, others, expected) => {
          const set = new KeySet(expected)
          const model = new Set<bigint>()
          for (const one of added) {
            expect(set.add(one)).toBe(!model.has(one))
            model.add(one)
          }
          for (const one of [...added, ...others]) expect(set.has(one)).toBe(model.has(one))
          expect(set.size).toBe(model.size)
        },
      ),
    )
  })

  it('grows to many keys within 15 bytes a key, also where their number was told before', () => {
    let state = 1n
    const next = () => {
      state = (state * 6_364_136_223_846_793_005n + 1_442_695_040_888_963_407n) & (2n ** 64n - 1n)
      return state ^ (state >> 29n)
    }
    const keys = Array.from({ length: 300_000 }, next)
    for (const expected of [0, keys.length]) {
      const set = new KeySet(expected)
      for (const one of keys) set.add(one)
      expect(set.size).toBe(keys.length)
      expect(set.sizeBytes / keys.length).toBeLessThan(15.5)
      for (const one of keys) if (!set.has(one)) throw new Error(`${one} is lost`)
      expect(keys.some((one) => set.has(one ^ 0x5555n))).toBe(false)
    }
  })
})
