/** What an MMDB record says of a place and its network, by the layouts of the usual makers. */
import type { MmdbMap, MmdbValue } from './mmdbDecoder'

export interface PlaceFacts {
  readonly country?: string
  readonly city?: string
  /** Digits only. */
  readonly asn?: string
  readonly asOrg?: string
}

const MAX_TEXT = 200

/**
 * MaxMind and DB-IP nest (`country.iso_code`, `city.names.en`, `autonomous_system_number`); IPinfo and others are flat
 * (`country_code`, `asn`, `as_name`). The country is its ISO code where there is one. A registered country is where the
 * owner of the addresses is, not their users; it is not taken.
 */
export function placeOf(record: MmdbMap): PlaceFacts {
  const country =
    textIn(record, ['country', 'iso_code']) ??
    textIn(record, ['country_code']) ??
    textIn(record, ['country', 'names', 'en']) ??
    textIn(record, ['country'])
  const city = textIn(record, ['city', 'names', 'en']) ?? textIn(record, ['city', 'name']) ?? textIn(record, ['city'])
  const asn = asnOf(record.get('autonomous_system_number') ?? record.get('asn'))
  const asOrg =
    textIn(record, ['autonomous_system_organization']) ??
    textIn(record, ['as_name']) ??
    textIn(record, ['as_organization'])
  return {
    ...(country === undefined ? {} : { country }),
    ...(city === undefined ? {} : { city }),
    ...(asn === undefined ? {} : { asn }),
    ...(asOrg === undefined ? {} : { asOrg }),
  }
}

function textIn(record: MmdbMap, path: readonly string[]): string | undefined {
  let value: MmdbValue | undefined = record
  for (const key of path) value = value instanceof Map ? value.get(key) : undefined
  return typeof value === 'string' && value !== '' ? value.slice(0, MAX_TEXT) : undefined
}

/** `15169`, `"15169"` and `"AS15169"`. */
function asnOf(value: MmdbValue | undefined): string | undefined {
  const digits = typeof value === 'string' ? value.replace(/^AS/i, '') : typeof value === 'number' ? String(value) : ''
  return /^\d{1,10}$/.test(digits) && digits !== '0' ? digits : undefined
}
