/** `1 234 567` with narrow no-break spaces: the same in every locale, so that screenshots and reports agree. */
export function formatCount(value: number | bigint): string {
  const text = value.toString()
  return /^-?\d+$/.test(text) ? text.replace(/\B(?=(\d{3})+$)/g, '\u202f') : text
}

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const

/** Binary units with at most one decimal: `512 B`, `1.5 KiB`, `12 MiB`. */
export function formatBytes(sizeBytes: number): string {
  let value = sizeBytes
  let unit = 0
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024
    unit += 1
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1
  return `${value.toFixed(digits).replace(/\.0$/, '')} ${units[unit]}`
}

/** `12.5 %`; never `100 %` or `0 %` for a share that is not. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return '–'
  const percent = (part / whole) * 100
  if (part > 0 && percent < 0.1) return '< 0.1 %'
  if (part < whole && percent > 99.9) return '> 99.9 %'
  return `${percent.toFixed(percent >= 10 || Number.isInteger(percent) ? 0 : 1)} %`
}

/** `1 event`, `2 events`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}
