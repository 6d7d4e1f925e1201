/** What a measurement comes to, and how all of them are printed. */

/**
 * @typedef {{
 *   name: string,
 *   baseline?: { name: string, value: number },
 *   value: number,
 *   unit: 's' | 'ms' | 'MB',
 *   atMost?: { ratio: number } | { value: number },
 * }} Figure `atMost` is the target: of the ratio to the baseline, or of the value itself
 */

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/**
 * @param {Figure} figure
 * @returns {number | undefined}
 */
export function ratioOf({ baseline, value }) {
  return baseline === undefined ? undefined : value / baseline.value
}

/**
 * @param {readonly Figure[]} figures
 * @returns {string} one line per figure, columns aligned
 */
export function tableOf(figures) {
  const rows = [['what', 'baseline', 'figure', 'ratio', 'target'], ...figures.map(cellsOf)]
  const widths = [0, 1, 2, 3, 4].map((at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)))
  return rows
    .map((row) =>
      row
        .map((cell, at) => (at < 2 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** @param {Figure} figure */
function cellsOf(figure) {
  const { name, baseline, value, unit, atMost } = figure
  const ratio = ratioOf(figure)
  const target =
    atMost === undefined ? '' : 'ratio' in atMost ? `≤ ${atMost.ratio}×` : `≤ ${printed(atMost.value, unit)}`
  return [
    name,
    baseline === undefined ? '' : `${baseline.name} ${printed(baseline.value, unit)}`,
    printed(value, unit),
    ratio === undefined ? '' : `${ratio.toFixed(2)}×`,
    target,
  ]
}

/**
 * @param {number} value
 * @param {Figure['unit']} unit
 */
function printed(value, unit) {
  return `${unit === 's' ? value.toFixed(2) : Math.round(value)} ${unit}`
}
