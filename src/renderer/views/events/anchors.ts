/** Counts by time in the order of a list: ascending times, or descending where `descending` is set. */
export interface Buckets {
  readonly startUs: readonly number[]
  readonly widthUs: number
  readonly count: readonly number[]
  readonly descending: boolean
}

export interface Anchor {
  /** Index of the first row at `fromUs` in the order of the list. */
  readonly index: number
  readonly fromUs: number
  readonly window: { readonly fromUs: number; readonly toUs: number }
}

/**
 * The bucket that holds the row `index`, or the last one for rows behind all buckets (rows without a time stand there).
 * `fromUs` is the time at which the list enters the bucket.
 */
export function anchorFor(buckets: Buckets, index: number): Anchor | undefined {
  const { startUs, widthUs, count, descending } = buckets
  let before = 0
  let found: Anchor | undefined
  for (let step = 0; step < count.length; step += 1) {
    const bucket = descending ? count.length - 1 - step : step
    const rows = count[bucket] ?? 0
    const start = startUs[bucket]
    if (rows === 0 || start === undefined) continue
    const window = { fromUs: Math.floor(start), toUs: Math.max(Math.floor(start) + 1, Math.ceil(start + widthUs)) }
    found = { index: before, fromUs: descending ? window.toUs - 1 : window.fromUs, window }
    before += rows
    if (before > index) return found
  }
  return found
}

/** A bucket of one microsecond cannot be split further. */
export function narrowest(anchor: Anchor): boolean {
  return anchor.window.toUs - anchor.window.fromUs <= 1
}
