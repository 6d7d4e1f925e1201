/** What is known of a client address, as expressions on a row of `access_event`. What the source states comes first. */
import { type Sql, sql } from '../db/sql'
import { classSql } from './addressClass'

/** Columns of `address_info` by the field that asks for them. */
export const lookedUpColumns = {
  class: 'class',
  cloud: 'provider',
  cloud_service: 'service',
  cloud_region: 'region',
  country: 'country',
  city: 'city',
  asn: 'asn',
  as_org: 'as_org',
} as const

/**
 * What was looked up for the address in the column `of`. One row an address; the aggregate only tells DuckDB so. It
 * joins: a million events take some 40 ms.
 */
export function lookedUp(column: string, of = 'src_ip'): Sql {
  return sql`(SELECT any_value(a.${sql.ident(column)}) FROM address_info a WHERE a.address = ${sql.ident(of)})`
}

/** A condition on `a`, the row of `address_info`, for any hop of the forwarded addresses of an event. */
export function anyHop(inner: Sql): Sql {
  return sql`event_id IN (SELECT h.event_id
    FROM (SELECT event_id, unnest(ip_chain) AS hop FROM access_event WHERE ip_chain IS NOT NULL) h
    JOIN address_info a ON a.address = h.hop
    WHERE ${inner})`
}

export const addressFields = {
  ip_class: classSql(sql`coalesce(${lookedUp('class')}, 'public')`),
  cloud: lookedUp('provider'),
  cloud_service: lookedUp('service'),
  cloud_region: lookedUp('region'),
  country: sql`coalesce(src_country, ${lookedUp('country')})`,
  city: sql`coalesce(src_city, ${lookedUp('city')})`,
  asn: sql`coalesce(src_asn, ${lookedUp('asn')})`,
  as_org: sql`coalesce(src_as_org, ${lookedUp('as_org')})`,
} as const
