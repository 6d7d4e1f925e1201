/**
 * What the times of one file mean that name no zone, or name one by an abbreviation, and the account of them. Written by
 * the parsers of the file through `parseInstant`, read once the file is at its end. A time that cannot be told is none,
 * and `problem` says why.
 */
import { AppError } from '../../common/errors'
import type { WallClock, WallInstant } from '../../common/time'
import type { ZoneAccount } from '../../contract/import'
import { citiesByAbbreviation, plainAbbreviations } from './abbreviations'
import { parseZone, type Zone } from './zone'

/** What the analyst said. Both are journaled with the import, so that a rebuild gives the same rows. */
export interface ZoneAnswer {
  /** Zone of times that name none. */
  readonly timeZone?: string | undefined
  /** Zones by the abbreviations that the data has, in capitals. */
  readonly zoneNames?: Readonly<Record<string, string>> | undefined
  /** Zones of times that name none by the id of their format; they go before `timeZone`. */
  readonly formatZones?: Readonly<Record<string, string>> | undefined
}

interface Seen {
  records: number
  readonly readAs: string | null
  readonly sample: string
}

const maxAbbreviations = 50
const abbreviationShape = /^[A-Z]{1,6}$/

export class AssumedZone implements WallClock {
  readonly #zone: Zone | undefined
  readonly #byFormat = new Map<string, Zone>()
  /** Zones that times without one were read in; null: in UTC, since nobody named one. */
  readonly #readIn = new Set<string | null>()
  readonly #answers = new Map<string, Zone>()
  readonly #seen = new Map<string, Seen>()
  readonly #inRecord = new Set<string>()
  #sample: string | undefined
  #missing = 0
  #problem: string | undefined

  /** Errors: `usage` where a zone is none. */
  constructor({ timeZone, zoneNames = {}, formatZones = {} }: ZoneAnswer = {}) {
    this.#zone = timeZone === undefined ? undefined : zoneOf(timeZone)
    for (const [format, zone] of Object.entries(formatZones)) this.#byFormat.set(format, zoneOf(zone))
    for (const [name, zone] of Object.entries(zoneNames)) {
      const key = name.toUpperCase()
      if (!abbreviationShape.test(key))
        throw new AppError(
          'usage',
          `“${name.slice(0, 60)}” is no abbreviation of a zone: up to six letters, as in IST.`,
        )
      this.#answers.set(key, zoneOf(zone))
    }
  }

  /** Why a time of the record in hand could not be told. */
  get problem(): string | undefined {
    return this.#problem
  }

  nextRecord(): void {
    this.#problem = undefined
    if (this.#inRecord.size > 0) this.#inRecord.clear()
  }

  /** The clock of one format's records. */
  clock(format: string): WallClock {
    const zone = this.#byFormat.get(format)
    if (zone === undefined) return this
    return {
      local: (us, text) => this.#local(zone, us, text),
      abbreviated: (us, name, text) => this.abbreviated(us, name, text),
    }
  }

  local(localUs: bigint, text: string): WallInstant | undefined {
    return this.#local(this.#zone, localUs, text)
  }

  abbreviated(localUs: bigint, abbreviation: string, text: string): WallInstant | undefined {
    const answer = this.#answers.get(abbreviation) ?? this.#cityOf(abbreviation)
    const minutes = plainAbbreviations.get(abbreviation)
    this.#note(abbreviation, answer?.name ?? (minutes === undefined ? null : offsetText(minutes)), text)
    if (answer !== undefined) return this.#in(answer, localUs, text)
    if (minutes !== undefined) return { us: localUs - BigInt(minutes) * 60_000_000n }
    this.#problem = `the zone “${abbreviation}” of its time means several offsets or is not known: name it with --tz ${abbreviation}=ZONE`
    return undefined
  }

  /** `assumed` and `ambiguous`: records whose rows have these flags, as the sink counted them. Null where all is plain. */
  account(assumed: number, ambiguous: number): ZoneAccount | null {
    if (assumed === 0 && ambiguous === 0 && this.#missing === 0 && this.#seen.size === 0) return null
    return {
      timeZone: this.#zoneName(),
      assumed,
      ambiguous,
      missing: this.#missing,
      sample: this.#sample ?? null,
      abbreviations: [...this.#seen]
        .map(([name, { records, readAs, sample }]) => ({ name, records, readAs, sample }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    }
  }

  #local(zone: Zone | undefined, localUs: bigint, text: string): WallInstant | undefined {
    this.#sample ??= text.slice(0, 60)
    this.#readIn.add(zone?.name ?? null)
    if (zone === undefined) return { us: localUs }
    const found = this.#in(zone, localUs, text)
    return found === undefined ? undefined : { ...found, answered: true }
  }

  #zoneName(): string | null {
    if (this.#readIn.has(null)) return null
    return this.#readIn.size === 0 ? (this.#zone?.name ?? null) : [...this.#readIn].sort().join(', ')
  }

  #cityOf(abbreviation: string): Zone | undefined {
    const city = citiesByAbbreviation.get(abbreviation)
    if (city === undefined) return undefined
    const zone = zoneOf(city)
    this.#answers.set(abbreviation, zone)
    return zone
  }

  #in(zone: Zone, localUs: bigint, text: string): WallInstant | undefined {
    const found = zone.toUtc(localUs)
    if (found === undefined) {
      this.#missing++
      this.#problem = `the time “${text.slice(0, 60)}” does not exist in ${zone.name}: the clocks went forward`
      return undefined
    }
    return found.ambiguous ? { us: found.us, ambiguous: true } : { us: found.us }
  }

  #note(name: string, readAs: string | null, text: string): void {
    const known = this.#seen.get(name)
    if (known === undefined) {
      if (this.#seen.size < maxAbbreviations) this.#seen.set(name, { records: 1, readAs, sample: text.slice(0, 60) })
    } else if (!this.#inRecord.has(name)) known.records++
    this.#inRecord.add(name)
  }
}

/** Whether times in this abbreviation are read without asking. */
export const readsOneWay = (abbreviation: string): boolean =>
  plainAbbreviations.has(abbreviation) || citiesByAbbreviation.has(abbreviation)

function zoneOf(text: string): Zone {
  const zone = parseZone(text)
  if ('problem' in zone) throw new AppError('usage', `${zone.problem}${zone.problem.endsWith('?') ? '' : '.'}`)
  return zone
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes)
  const two = (value: number) => String(value).padStart(2, '0')
  return minutes === 0 ? 'UTC' : `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}
