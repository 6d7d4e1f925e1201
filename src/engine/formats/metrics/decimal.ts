/** Decimal texts of monitoring systems, exactly: times as nanoseconds, values with all their digits. */

const decimal = /^([+-]?)(\d{1,30})?(?:\.(\d{0,40}))?(?:[eE]([+-]?\d{1,3}))?$/

/** A number of seconds (or of 10^-`shift` seconds) as nanoseconds, cut below; undefined where the text is no number. */
export function decimalNs(text: string, shift = 0): bigint | undefined {
  const match = decimal.exec(text)
  if (match === null) return undefined
  const [, sign, whole = '', fraction = '', exponent = '0'] = match
  if (whole === '' && fraction === '') return undefined
  const move = Number(exponent) + 9 - shift
  const digits = whole + fraction
  const point = whole.length + move
  // Beyond this no time is meant, and the digits would fill memory.
  if (point > 40) return undefined
  const cut = point <= 0 ? '0' : digits.padEnd(point, '0').slice(0, point)
  const ns = BigInt(cut)
  return sign === '-' ? -ns : ns
}

const infinities: ReadonlyMap<string, number> = new Map([
  ['nan', Number.NaN],
  ...['inf', '+inf', 'infinity', '+infinity'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-inf', '-infinity'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
])

/** A sample's value: whole numbers that a double cannot hold as bigint. Undefined where the text is no number. */
export function sampleValue(text: string): number | bigint | undefined {
  if (/^[+-]?\d{16,40}$/.test(text)) return BigInt(text.startsWith('+') ? text.slice(1) : text)
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return Number(text)
  return infinities.get(text.toLowerCase())
}
