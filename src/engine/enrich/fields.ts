/** What is known of a client address, as expressions on a row of `access_event`. What the source states comes first. */
import { type Sql, sql } from '../db/sql'
import { classSql } from './addressClass'

/** One row an address; the aggregate only tells DuckDB so. It joins: a million events take some 40 ms. */
function lookedUp(column: string): Sql {
  const name = sql.ident(column)
  return sql`(SELECT any_value(a.${name}) FROM address_info a WHERE a.address = src_ip)`
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
