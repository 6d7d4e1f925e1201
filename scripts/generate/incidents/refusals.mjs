/** Refusals in force: what a change of policy takes away, until it is given back. */

/**
 * @typedef {object} Refusal
 * @property {string} key what is refused, e.g. `pg/orders_app/orders`
 * @property {string} name of the table, bucket, resource or group
 * @property {import('../truth.mjs').Incident | undefined} incident missing where it was never allowed
 * @property {{ id?: string }} pivot the change; its id is known once it is made
 * @property {number} left so many refusals until it is given back
 * @property {(() => void) | undefined} exhausted
 * @property {string} because
 */

/**
 * The refusal of one of these keys, counted.
 *
 * @param {import('../simulation.mjs').Simulation} sim
 * @param {readonly string[]} keys
 * @returns {{ name: string, because: string, facts: () => Record<string, unknown> } | undefined}
 */
export function refusalOf(sim, keys) {
  if (sim.refusals.size === 0) return undefined
  for (const key of keys) {
    const refusal = sim.refusals.get(key)
    if (refusal === undefined) continue
    refusal.left--
    if (refusal.left === 0) refusal.exhausted?.()
    const { name, because, incident, pivot } = refusal
    return { name, because, facts: () => ({ incident: incident?.id, pivot: pivot.id ?? null }) }
  }
  return undefined
}
