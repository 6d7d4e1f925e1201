/**
 * Whether two shares differ by more than chance.
 *
 * Two by two table of events with and without a value (a, b: with it, in the region and in the rest; n, m: of how many).
 * Where every expected count is at least 5: the likelihood ratio G = 2 Σ O ln(O / E), against χ² with one degree of
 * freedom (Dunning 1993, “Accurate methods for the statistics of surprise and coincidence”). Else Fisher's exact test,
 * two-sided: the sum of the chances of all tables with the same margins that are no more likely than this one
 * (Fisher 1922; Agresti, “Categorical data analysis”, 3.5). For many values at once Bonferroni's correction: the chance
 * times the number of values that were compared, shown or not.
 */
export interface Shares {
  readonly inside: number
  readonly insideOf: number
  readonly outside: number
  readonly outsideOf: number
}

const leastExpected = 5

/** The chance of shares at least as far apart where there is no difference. */
export function chance({ inside, insideOf, outside, outsideOf }: Shares): number {
  const all = insideOf + outsideOf
  const having = inside + outside
  if (insideOf <= 0 || outsideOf <= 0 || having <= 0 || having >= all) return 1
  const cells = [
    [inside, (having * insideOf) / all],
    [outside, (having * outsideOf) / all],
    [insideOf - inside, ((all - having) * insideOf) / all],
    [outsideOf - outside, ((all - having) * outsideOf) / all],
  ] as const
  if (cells.some(([, expected]) => expected < leastExpected)) return fisher(inside, having, insideOf, all)
  const g = cells.reduce((sum, [seen, expected]) => sum + (seen === 0 ? 0 : 2 * seen * Math.log(seen / expected)), 0)
  return Math.min(1, complementaryError(Math.sqrt(Math.max(0, g) / 2)))
}

/** Tables in the order of the counts; their number is bounded by the smallest margin, which is small here. */
function fisher(inside: number, having: number, insideOf: number, all: number): number {
  const first = Math.max(0, having - (all - insideOf))
  const last = Math.min(having, insideOf)
  const base = logChoose(all, having)
  const logOf = (count: number) => logChoose(insideOf, count) + logChoose(all - insideOf, having - count) - base
  const own = logOf(inside)
  let sum = 0
  // What is equal but for rounding counts as no more likely.
  for (let count = first; count <= last; count++) {
    const log = logOf(count)
    if (log <= own + 1e-7) sum += Math.exp(log)
  }
  return Math.min(1, sum)
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
}

const lanczos = [
  676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
]

/** Lanczos' approximation, for x ≥ 1. */
function logGamma(x: number): number {
  const at = x - 1
  const t = at + lanczos.length - 0.5
  const sum = lanczos.reduce((total, coefficient, index) => total + coefficient / (at + index + 1), 0.9999999999998099)
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(t) - t + Math.log(sum)
}

/** erfc for x ≥ 0, relative error below 1.2e-7 (Press et al., “Numerical recipes”, 6.2). */
function complementaryError(x: number): number {
  const t = 1 / (1 + 0.5 * x)
  const coefficients = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587, -0.82215223,
    0.17087277,
  ]
  const exponent = coefficients.reduceRight((sum, coefficient) => coefficient + t * sum, 0)
  return t * Math.exp(-x * x + exponent)
}

/** Corrected for `compared` comparisons; holds whichever of them are shown, and whatever depends on what. */
export function corrected(p: number, compared: number): number {
  return Math.min(1, p * Math.max(1, compared))
}
