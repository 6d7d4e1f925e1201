/** @typedef {import('./imports.mjs').Import} Import */

/**
 * Groups of files that import one another in a circle (Tarjan's strongly connected components), each sorted. Imports
 * of types alone are left out: nothing of them is there when the program runs.
 * @param {readonly Import[]} imports
 * @returns {string[][]}
 */
export function findCycles(imports) {
  /** @type {Map<string, Set<string>>} */
  const targets = new Map()
  for (const { from, to, typeOnly } of imports) {
    if (to === undefined || typeOnly) continue
    const known = targets.get(from) ?? new Set()
    targets.set(from, known.add(to))
  }
  /** @type {Map<string, { index: number, low: number, open: boolean }>} */
  const visits = new Map()
  /** @type {string[]} */
  const stack = []
  /** @type {string[][]} */
  const cycles = []

  /** @param {string} file */
  const visit = (file) => {
    const mine = { index: visits.size, low: visits.size, open: true }
    visits.set(file, mine)
    stack.push(file)
    for (const next of targets.get(file) ?? []) {
      const seen = visits.get(next) ?? visit(next)
      if (seen.open) mine.low = Math.min(mine.low, seen.low)
    }
    if (mine.low === mine.index) {
      const group = stack.splice(stack.indexOf(file))
      for (const member of group) {
        const state = visits.get(member)
        if (state !== undefined) state.open = false
      }
      if (group.length > 1 || targets.get(file)?.has(file) === true) cycles.push(group.sort())
    }
    return mine
  }

  for (const file of targets.keys()) if (!visits.has(file)) visit(file)
  return cycles.sort((a, b) => (a[0] ?? '').localeCompare(b[0] ?? ''))
}
