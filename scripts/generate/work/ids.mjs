/** Which id an operation carries where others could join it: its own, none, or that of an earlier operation. */

/** @typedef {'kept' | 'removed' | 'wrong'} IdFate */

const remembered = 512

/** @param {import('../options.mjs').AxisValues} axes @param {import('../base/random.mjs').Random} random */
export function idFates(axes, random) {
  /** Ids of earlier operations by kind; a slot is overwritten at random, so that old ones stay too. @type {Map<string, unknown[]>} */
  const earlier = new Map()
  return {
    /** @returns {IdFate} */
    fate: () => {
      const dice = random.next()
      if (dice < axes['ids-removed']) return 'removed'
      return dice < axes['ids-removed'] + axes['ids-wrong'] ? 'wrong' : 'kept'
    },
    /**
     * What is written in place of `own`; undefined for nothing. The first of its kind has nothing earlier to carry.
     *
     * @template T
     * @param {IdFate} fate
     * @param {string} kind
     * @param {T} own
     * @returns {T | undefined}
     */
    carried: (fate, kind, own) => {
      if (fate === 'kept' && axes['ids-wrong'] === 0) return own
      const pool = /** @type {T[]} */ (earlier.get(kind) ?? [])
      const other = pool.length === 0 ? undefined : random.pick(pool)
      if (pool.length < remembered) pool.push(own)
      else pool[random.int(0, remembered - 1)] = own
      earlier.set(kind, pool)
      if (fate === 'removed') return undefined
      return fate === 'wrong' ? other : own
    },
  }
}
