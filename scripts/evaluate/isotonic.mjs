/** From counts to a table of shares that only rises: neighbours that would fall are pooled until none does. */

/** @typedef {{ from: number, links: number, right: number }} Step */

/** @param {Record<string, { links: number, right: number }>} support @returns {(Step & { share: number })[]} */
export function isotonic(support) {
  /** @type {Step[]} */
  const pools = []
  const steps = Object.entries(support)
    .filter(([key]) => key !== 'unsettled')
    .map(([key, { links, right }]) => ({ from: Number(key), links, right }))
    .sort((a, b) => a.from - b.from)
  for (const step of steps) {
    let pool = step
    for (let last = pools.at(-1); last !== undefined && mustPool(last, pool); last = pools.at(-1)) {
      pools.pop()
      pool = { from: last.from, links: last.links + pool.links, right: last.right + pool.right }
    }
    pools.push(pool)
  }
  return pools.map((pool) => ({ ...pool, share: smoothed(pool) }))
}

/** Few links say little, so they join what lies below them. */
const leastLinks = 50

/** @param {Step} below @param {Step} above */
const mustPool = (below, above) => below.links < leastLinks || smoothed(below) >= smoothed(above)

/** Never 0 or 1, however few were counted. @param {{ links: number, right: number }} counted */
export const smoothed = ({ links, right }) => (right + 1) / (links + 2)
