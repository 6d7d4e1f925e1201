import { nearestZones } from './nearestZones'
import { ZoneRules } from './zoneRules'

/** What the clocks of a place show: UTC, a fixed offset, or a zone of the time zone database with its daylight saving. */
export interface Zone {
  /** As it was named. */
  readonly name: string
  /** The instant of a local time. A time that occurred twice is the earlier one; one that was skipped has none. */
  toUtc(localUs: bigint): { readonly us: bigint; readonly ambiguous: boolean } | undefined
}

const minuteUs = 60_000_000n

/**
 * Names that Intl takes, but that are abbreviations: they mean different zones to different readers, with or without
 * daylight saving. `Japan`, `PRC` and the like are names of places.
 */
const abbreviations: ReadonlySet<string> = new Set(
  'ACT AET AGT ART AST BET BST CAT CET CNT CST CTT EAT ECT EET EST HST IET IST JST MET MIT MST NET NST PLT PNT PRT PST SST VST WET'.split(
    ' ',
  ),
)

/** `UTC`, `+02:00`, `-0330`, `+02`, `Europe/Berlin`; or why the text is no zone. */
export function parseZone(text: string): Zone | { readonly problem: string } {
  if (/^(?:UTC|GMT|Z)$/i.test(text)) return fixed(text, 0n)
  const match = /^([+-])(\d{2})(?::?(\d{2}))?$/.exec(text)
  if (match !== null) {
    const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0)
    if (minutes > 18 * 60 || Number(match[3] ?? 0) > 59) return { problem: `the zone “${text}” is not within ±18:00` }
    return fixed(text, BigInt(match[1] === '-' ? -minutes : minutes) * minuteUs)
  }
  const rules = abbreviations.has(text.toUpperCase()) ? undefined : ZoneRules.named(text)
  if (rules === undefined) {
    const near = nearestZones(text)
    const meant = near.length === 0 ? '' : `; did you mean ${near.join(', ')}?`
    return {
      problem: `“${text.slice(0, 60)}” is no zone: write UTC, an offset such as +02:00, or a name such as Europe/Berlin${meant}`,
    }
  }
  return {
    name: text,
    toUtc(localUs) {
      const [earlier, later] = rules.instants(localUs)
      return earlier === undefined ? undefined : { us: earlier, ambiguous: later !== undefined }
    },
  }
}

function fixed(name: string, offsetUs: bigint): Zone {
  return { name, toUtc: (localUs) => ({ us: localUs - offsetUs, ambiguous: false }) }
}
