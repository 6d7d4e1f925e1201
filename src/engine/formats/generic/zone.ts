/** The zone of times that name none. A name such as `Europe/Berlin` is applied time by time; hours that do not exist or occur twice are told. */
export type Zone =
  | { readonly kind: 'fixed'; readonly offsetUs: bigint }
  | { readonly kind: 'named'; offsetsUs(localUs: bigint): readonly bigint[] }

const minuteUs = 60_000_000n
const dayUs = 86_400_000_000n
const MAX_CACHED = 20_000

export function parseZone(text: string): Zone | { readonly problem: string } {
  if (/^(?:UTC|GMT|Z)$/i.test(text)) return { kind: 'fixed', offsetUs: 0n }
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(text)
  if (match !== null) {
    const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
    if (minutes > 18 * 60 || Number(match[3] ?? 0) > 59) return { problem: `the zone “${text}” is not within ±18:00` }
    return { kind: 'fixed', offsetUs: BigInt(match[1] === '-' ? -minutes : minutes) * minuteUs }
  }
  // Abbreviations mean different zones to different readers (IST, CST); names with a slash are unmistakable.
  const formatter = text.includes('/') ? formatterOf(text) : undefined
  if (formatter === undefined)
    return { problem: `“${text}” is no zone: write UTC, an offset such as +02:00, or a name such as Europe/Berlin` }
  return named(formatter)
}

/** The instant of a local time: exactly one, or why there is none. */
export function toUtc(localUs: bigint, zone: Zone): bigint | { readonly problem: string } {
  if (zone.kind === 'fixed') return localUs - zone.offsetUs
  const offsets = zone.offsetsUs(localUs)
  const [only] = offsets
  if (only === undefined) return { problem: 'does not exist in the zone: the clocks went forward' }
  if (offsets.length > 1) return { problem: 'occurs twice in the zone: the clocks went back' }
  return localUs - only
}

function formatterOf(zone: string): Intl.DateTimeFormat | undefined {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  } catch {
    return undefined
  }
}

function named(formatter: Intl.DateTimeFormat): Zone {
  const cache = new Map<bigint, readonly bigint[]>()
  return {
    kind: 'named',
    offsetsUs(localUs) {
      const minute = localUs / minuteUs
      const known = cache.get(minute)
      if (known !== undefined) return known
      const candidates = new Set([offsetAt(formatter, localUs - dayUs), offsetAt(formatter, localUs + dayUs)])
      const found = [...candidates].filter((offset) => offsetAt(formatter, localUs - offset) === offset)
      if (cache.size >= MAX_CACHED) cache.clear()
      cache.set(minute, found)
      return found
    },
  }
}

function offsetAt(formatter: Intl.DateTimeFormat, us: bigint): bigint {
  const name = formatter.formatToParts(Number(us / 1000n)).find(({ type }) => type === 'timeZoneName')?.value ?? ''
  const match = /^GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(name)
  const seconds = Number(match?.[2] ?? 0) * 3600 + Number(match?.[3] ?? 0) * 60 + Number(match?.[4] ?? 0)
  return BigInt(match?.[1] === '-' ? -seconds : seconds) * 1_000_000n
}
