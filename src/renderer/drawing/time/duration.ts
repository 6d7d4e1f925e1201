/** Durations for people: three significant digits and the unit that fits, from nanoseconds. */
const units: readonly (readonly [string, number])[] = [
  ['ns', 1],
  ['µs', 1_000],
  ['ms', 1_000_000],
  ['s', 1_000_000_000],
]
const minuteNs = 60_000_000_000

export function formatDuration(ns: number): string {
  if (!Number.isFinite(ns)) return '–'
  if (ns < 0) return `−${formatDuration(-ns)}`
  if (ns === 0) return '0'
  if (ns >= 60 * minuteNs) return twoParts(ns, 60 * minuteNs, 'h', minuteNs, 'min')
  if (ns >= minuteNs) return twoParts(ns, minuteNs, 'min', 1_000_000_000, 's')
  let unit = units[0] ?? (['ns', 1] as const)
  // 999.6 µs reads as 1 ms, not as 1000 µs: choose the unit by the rounded value.
  for (const next of units) if (Number((ns / next[1]).toPrecision(3)) >= 1) unit = next
  return `${Number((ns / unit[1]).toPrecision(3))} ${unit[0]}`
}

function twoParts(ns: number, bigNs: number, big: string, smallNs: number, small: string): string {
  const whole = Math.round(ns / smallNs)
  const perBig = bigNs / smallNs
  const rest = whole % perBig
  return rest === 0 ? `${Math.floor(whole / perBig)} ${big}` : `${Math.floor(whole / perBig)} ${big} ${rest} ${small}`
}
