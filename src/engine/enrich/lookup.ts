/** From one address and the files to what they say of it. Files given later win over earlier ones, fact by fact. */
import { classOf } from './addressClass'
import type { GivenFile } from './givenFile'
import type { KeptRow } from './kept'
import type { MmdbMap } from './mmdbDecoder'
import { type PlaceFacts, placeOf } from './places'

/** Places of a file by where their record lies: neighbours share them. */
const MAX_REMEMBERED = 100_000

export class Lookup {
  readonly #files: readonly { readonly file: GivenFile; readonly known: Map<number, PlaceFacts> }[]

  constructor(files: readonly GivenFile[]) {
    this.#files = files.map((file) => ({ file, known: new Map() }))
  }

  /** `before`: what earlier runs found, which stays where the files say nothing. Errors: `input.refused` for damaged files. */
  row(address: string, bits: bigint, before: KeptRow | undefined): KeptRow {
    const row: { -readonly [K in keyof KeptRow]: KeptRow[K] } = { ...before, address, class: 'public', basis: {} }
    const basis: Record<string, string> = { ...before?.basis }
    for (const { file, known } of this.#files) {
      const { sha256 } = file.about
      if (file.kind === 'ranges') {
        const found = file.ranges.find(bits)
        if (found === undefined) continue
        row.provider = found.provider
        row.service = found.service
        row.region = found.region
        basis.cloud = sha256
        continue
      }
      const at = file.mmdb.find(bits)
      if (at === undefined) continue
      const place = remembered(known, at, () => file.mmdb.record(at))
      if (place.country !== undefined) {
        // A city belongs to its country: one that an earlier file gave would contradict another country.
        if (row.country !== place.country) {
          row.city = undefined
          delete basis.city
        }
        row.country = place.country
        basis.country = sha256
      }
      if (place.city !== undefined) {
        row.city = place.city
        basis.city = sha256
      }
      if (place.asn !== undefined) {
        row.asn = place.asn
        basis.asn = sha256
      }
      if (place.asOrg !== undefined) {
        row.as_org = place.asOrg
        basis.as_org = sha256
      }
    }
    const natural = classOf(bits)
    return { ...row, class: natural === 'public' && row.provider !== undefined ? 'cloud' : natural, basis }
  }
}

function remembered(known: Map<number, PlaceFacts>, at: number, read: () => MmdbMap | undefined): PlaceFacts {
  const hit = known.get(at)
  if (hit !== undefined) return hit
  const record = read()
  const place = record === undefined ? {} : placeOf(record)
  if (known.size >= MAX_REMEMBERED) known.clear()
  known.set(at, place)
  return place
}
