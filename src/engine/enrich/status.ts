/** What is known of the addresses of a case, and from which files. */
import { z } from 'zod'
import { AddressInfo, type EnrichStatus } from '../../contract/enrich'
import type { CaseSession } from '../context'
import { sql } from '../db/sql'
import { parseAddressRange } from '../query/filter/address'
import { classOf } from './addressClass'
import { addressTexts } from './addresses'
import { addressFields } from './fields'
import { journaledEnrichment } from './kept'

const ClassRow = z.object({ class: z.string(), addresses: z.number(), events: z.number() })
const FoundRow = z.object({
  addresses: z.number(),
  pending: z.number(),
  cloud: z.number(),
  country: z.number(),
  city: z.number(),
  asn: z.number(),
  as_org: z.number(),
})

export async function enrichStatus(session: CaseSession, signal?: AbortSignal): Promise<EnrichStatus> {
  const classes = await session.db.all(
    ClassRow,
    sql`
      SELECT "class", count(DISTINCT src_ip) AS addresses, count(*) AS events
      FROM (SELECT src_ip, ${addressFields.ip_class} AS "class" FROM access_event WHERE src_ip_hi IS NOT NULL)
      GROUP BY "class"
      ORDER BY events DESC, "class"`,
    signal,
  )
  const found = await session.db.get(
    FoundRow,
    sql`
      SELECT count(*) AS addresses, count_if(a.address IS NULL) AS pending, count(provider) AS cloud,
        count(country) AS country, count(city) AS city, count(asn) AS asn, count(as_org) AS as_org
      FROM (${addressTexts}) t
      LEFT JOIN address_info a ON a.address = t.address`,
    signal,
  )
  const nothing = { addresses: 0, pending: 0, cloud: 0, country: 0, city: 0, asn: 0, as_org: 0 }
  const { addresses, pending, ...facts } = found ?? nothing
  const files = journaledEnrichment(session.journal.records())?.files ?? []
  return { classes, addresses, pending, found: facts, files: [...files] }
}

const InfoRow = AddressInfo.omit({ lookedUp: true })

/** Null where the text is no address. */
export async function addressInfo(
  session: CaseSession,
  address: string,
  signal?: AbortSignal,
): Promise<AddressInfo | null> {
  const row = await session.db.get(
    z.object({ info: z.string() }),
    sql`SELECT CAST(to_json(a) AS VARCHAR) AS info FROM address_info a WHERE a.address = ${address} LIMIT 1`,
    signal,
  )
  const stored = row === undefined ? undefined : InfoRow.safeParse(JSON.parse(row.info))
  if (stored?.success === true) return { ...stored.data, lookedUp: true }
  const range = address.includes('/') ? undefined : parseAddressRange(address)
  if (range === undefined) return null
  const nothing = { provider: null, service: null, region: null, country: null, city: null, asn: null, as_org: null }
  return { address, class: classOf(range.low), ...nothing, basis: [], lookedUp: false }
}
