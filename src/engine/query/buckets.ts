/** Bucket widths that people can read, and edges at whole multiples of them, so that edges stay while zooming. */
const secondUs = 1_000_000
const dayUs = 86_400 * secondUs

const withinDay = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200].map(
  (seconds) => seconds * secondUs,
)

export interface Buckets {
  readonly startUs: number
  readonly widthUs: number
  readonly count: number
}

/** At most `most` buckets of a round width that cover `fromUs` to `lastUs`, both included. */
export function buckets(fromUs: number, lastUs: number, most: number): Buckets {
  for (const widthUs of widths()) {
    const startUs = Math.floor(fromUs / widthUs) * widthUs
    const count = Math.floor((lastUs - startUs) / widthUs) + 1
    if (count <= most || widthUs > 1e18) return { startUs, widthUs, count: Math.max(1, count) }
  }
  throw new Error('unreachable: widths never end')
}

function* widths(): Generator<number> {
  for (let decade = 1; decade < secondUs; decade *= 10) yield* [decade, decade * 2, decade * 5]
  yield* withinDay
  for (let decade = dayUs; ; decade *= 10) yield* [decade, decade * 2, decade * 5]
}
