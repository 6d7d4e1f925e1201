/** Which traces are kept, as OpenTelemetry decides it: by the trace id at the start, or by the whole trace at its end. */

/**
 * @param {import('../options.mjs').AxisValues} axes
 * @param {import('../base/random.mjs').Random} random
 */
export function samplerOf(axes, random) {
  const rate = axes.sampling
  const head = axes['sampling-kind'] === 'head'
  // The last 56 bits of a trace id are its randomness; 48 of them are compared.
  const threshold = Math.round((1 - rate) * 2 ** 48)
  const declared = threshold.toString(16).padStart(12, '0').replace(/0+$/, '')
  const state =
    head && axes['sampling-declared'] ? { traceState: `ot=th:${declared === '' ? '0' : declared}` } : undefined
  return {
    newTraceId: () => random.hex(32),
    newSpanId: () => random.hex(16),
    /** @param {string} traceId */
    head: (traceId) => !head || rate === 1 || Number.parseInt(traceId.slice(18, 30), 16) >= threshold,
    /** @param {readonly import('./trace.mjs').OpenSpan[]} spans @param {number} slowUs */
    tail: (spans, slowUs) =>
      head ||
      rate === 1 ||
      spans.some(({ error, fromUs, toUs }) => error !== undefined || toUs - fromUs > slowUs) ||
      random.chance(rate),
    lost: () => axes['drop-spans'] > 0 && random.chance(axes['drop-spans']),
    traceState: () => state,
  }
}
