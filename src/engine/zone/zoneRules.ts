/**
 * The offsets of a zone of the time zone database over time, found through Intl and remembered. Intl is asked a few
 * times a day of the log, never once a record. Rules are shared by all files of a thread.
 */
const secondUs = 1_000_000n
const hourUs = 3_600n * secondUs
const dayUs = 24n * hourUs
/** Intl is asked at multiples of this; two changes of one zone within it cancel out unseen. None is known. */
const gridUs = 8n * hourUs
/** No offset ever was further from UTC, local mean times included. */
const furthestUs = 16n * hourUs
const maxDays = 20_000

/** From `fromUs` to `untilUs` (exclusive, UTC) the clocks were `offsetUs` ahead of UTC. */
interface Stretch {
  readonly fromUs: bigint
  readonly untilUs: bigint
  readonly offsetUs: bigint
}

export class ZoneRules {
  readonly #formatter: Intl.DateTimeFormat
  readonly #grid = new Map<bigint, bigint>()
  readonly #days = new Map<bigint, readonly Stretch[]>()

  /** Undefined where the time zone database has no such name. */
  static named(name: string): ZoneRules | undefined {
    const key = name.toLowerCase()
    const known = rules.get(key)
    if (known !== undefined) return known
    try {
      const made = new ZoneRules(new Intl.DateTimeFormat('en-US', { timeZone: name, timeZoneName: 'longOffset' }))
      rules.set(key, made)
      return made
    } catch {
      return undefined
    }
  }

  private constructor(formatter: Intl.DateTimeFormat) {
    this.#formatter = formatter
  }

  /** The instants at which the clocks showed this local time, earliest first: none in a gap, two in a fold. */
  instants(localUs: bigint): bigint[] {
    const found: bigint[] = []
    for (const { fromUs, untilUs, offsetUs } of this.#stretches(floor(localUs, dayUs))) {
      const us = localUs - offsetUs
      if (us >= fromUs && us < untilUs) found.push(us)
    }
    return found
  }

  #stretches(dayStartUs: bigint): readonly Stretch[] {
    const known = this.#days.get(dayStartUs)
    if (known !== undefined) return known
    const until = floor(dayStartUs + dayUs + furthestUs, gridUs) + gridUs
    const found: Stretch[] = []
    let fromUs = floor(dayStartUs - furthestUs, gridUs)
    let offsetUs = this.#onGrid(fromUs)
    for (let at = fromUs; at < until; at += gridUs) {
      const next = this.#onGrid(at + gridUs)
      if (next === offsetUs) continue
      const change = this.#change(at, at + gridUs, offsetUs)
      found.push({ fromUs, untilUs: change, offsetUs })
      fromUs = change
      offsetUs = next
    }
    found.push({ fromUs, untilUs: until, offsetUs })
    if (this.#days.size >= maxDays) {
      this.#days.clear()
      this.#grid.clear()
    }
    this.#days.set(dayStartUs, found)
    return found
  }

  /** The second at which the offset stops to be `before`, which it is at `low` and no more at `high`. */
  #change(low: bigint, high: bigint, before: bigint): bigint {
    let [from, to] = [low, high]
    while (to - from > secondUs) {
      const middle = floor((from + to) / 2n, secondUs)
      if (this.#ask(middle) === before) from = middle
      else to = middle
    }
    return to
  }

  #onGrid(us: bigint): bigint {
    const known = this.#grid.get(us)
    if (known !== undefined) return known
    const offset = this.#ask(us)
    this.#grid.set(us, offset)
    return offset
  }

  #ask(us: bigint): bigint {
    const parts = this.#formatter.formatToParts(Number(us / 1000n))
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
    const match = /^GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/.exec(name)
    const seconds = Number(match?.[2] ?? 0) * 3600 + Number(match?.[3] ?? 0) * 60 + Number(match?.[4] ?? 0)
    return BigInt(match?.[1] === '-' ? -seconds : seconds) * secondUs
  }
}

const rules = new Map<string, ZoneRules>()

function floor(us: bigint, step: bigint): bigint {
  const rest = us % step
  return us - (rest < 0n ? rest + step : rest)
}
