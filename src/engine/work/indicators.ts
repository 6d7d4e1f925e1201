/** Indicators: how their values are written, what in the events could be one, and where one is seen. */
import { z } from 'zod'
import { AppError } from '../../common/errors'
import type { Result } from '../../contract'
import type { Indicator } from '../../contract/incidents'
import type { Database } from '../db/database'
import { type Sql, sql } from '../db/sql'
import { canonicalIp, isPublicIp } from '../formats/shared/address'
import { type Asking, scopeWhere } from '../query/scope'
import { short } from './reach'

type Kind = Indicator['kind']

/** One way to write each value; defanged ones are taken as meant. Errors: `usage`. */
export function indicatorValue(kind: Kind, text: string): string {
  const value = text.trim().toWellFormed()
  const whole = value.replaceAll('[.]', '.').replaceAll('[:]', ':')
  switch (kind) {
    case 'address': {
      const address = canonicalIp(whole)
      if (address === undefined) throw new AppError('usage', 'An address is an IPv4 or IPv6 address.')
      return address
    }
    case 'domain': {
      const name = whole
        .toLowerCase()
        .replace(/^h(?:tt|xx)ps?:\/\//, '')
        .replace(/[/:].*$/, '')
        .replace(/\.$/, '')
      if (!/^(?=.{1,253}$)[\p{L}\p{N}_-]{1,63}(?:\.[\p{L}\p{N}_-]{1,63})+$/u.test(name))
        throw new AppError('usage', 'A domain is a name with a dot.')
      return name
    }
    case 'hash': {
      const hash = value.toLowerCase()
      if (!/^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})$/.test(hash))
        throw new AppError('usage', 'A hash is written as 32, 40, 64 or 128 hex digits.')
      return hash
    }
    case 'account':
    case 'key':
      if (value === '') throw new AppError('usage', 'The value is empty.')
      return value
  }
}

const Candidate = z.object({
  kind: z.enum(['address', 'account', 'key', 'hash', 'domain']),
  value: z.string(),
  count: z.number(),
})

/** Hex digits count as a hash only after the name of one: ids of traces and requests look the same. */
const hashPattern = '(?i)(?:sha-?(?:1|256|512)|md5)[^0-9a-z]{1,12}([0-9a-f]{32,128})'
const domainPattern = '(?i)https?://((?:[a-z0-9_-]{1,63}\\.)+[a-z][a-z0-9-]{1,62})'

export async function extractIndicators(
  asking: Asking,
  where: string,
  limit: number,
): Promise<{ kind: Kind; value: string; count: number }[]> {
  const condition = await scopeWhere(asking, { filter: where })
  const inRaw = (kind: Kind, pattern: string) => sql`
    SELECT ${kind} AS kind, lower(unnest(list_distinct(regexp_extract_all(raw, ${pattern}, 1)))) AS "value"
    FROM scoped WHERE raw IS NOT NULL`
  const rows = await asking.db.all(
    Candidate,
    sql`
      WITH scoped AS (SELECT * FROM access_event WHERE ${condition}), candidate AS (
        SELECT 'address' AS kind, src_ip AS "value" FROM scoped
        UNION ALL SELECT 'account', coalesce(actor_email, actor_name, actor_id) FROM scoped
        UNION ALL SELECT 'key', credential_id FROM scoped
        UNION ALL ${inRaw('hash', hashPattern)}
        UNION ALL ${inRaw('domain', domainPattern)})
      SELECT kind, "value", count(*) AS count FROM candidate WHERE "value" IS NOT NULL AND "value" <> ''
      GROUP BY kind, "value"
      QUALIFY row_number() OVER (PARTITION BY kind ORDER BY count DESC, "value") <= ${limit * 4}
      ORDER BY count DESC, kind, "value"`,
    asking.signal,
  )
  const taken = new Map<Kind, number>()
  return rows.flatMap((row) => {
    if (!isPossible(row.kind, row.value) || (taken.get(row.kind) ?? 0) >= limit) return []
    taken.set(row.kind, (taken.get(row.kind) ?? 0) + 1)
    return [row]
  })
}

function isPossible(kind: Kind, value: string): boolean {
  if (kind === 'address') return isPublicIp(value)
  if (kind !== 'hash') return value.length <= 2000
  return [32, 40, 64, 128].includes(value.length)
}

const Sighting = z.object({
  source: z.string(),
  count: z.number(),
  first: z.string().nullable(),
  last: z.string().nullable(),
})

/** Exact columns for addresses and accounts, where a part of a text would be another one; the raw record for the rest. */
const seenIn: Readonly<Record<Kind, (value: string) => { event: Sql; span: Sql; log: Sql }>> = {
  address: (value) => ({
    event: sql`src_ip = ${value} OR list_contains(ip_chain, ${value})`,
    span: sql`client_address = ${value} OR peer_address = ${value} OR host_address = ${value}`,
    log: withoutNeighbours(value),
  }),
  account: (value) => ({
    event: sql`${value} IN (actor_key, actor_id, actor_name, actor_email, effective_id, effective_name)`,
    span: sql`${value} IN (user_id, db_user)`,
    log: withoutNeighbours(value),
  }),
  key: (value) => ({
    event: sql`credential_id = ${value} OR contains(raw, ${value})`,
    span: sql`contains(attributes, ${value})`,
    log: sql`contains(body, ${value})`,
  }),
  hash: (value) => anyCase(value),
  domain: (value) => anyCase(value),
}

function anyCase(value: string) {
  return {
    event: sql`contains(lower(raw), ${value}) OR lower(src_host) = ${value}`,
    span: sql`contains(lower(attributes), ${value})`,
    log: sql`contains(lower(body), ${value})`,
  }
}

/** In free text: the value, with nothing beside it that would make it another one. */
function withoutNeighbours(value: string): Sql {
  const literal = value.replace(/[^\p{L}\p{N}_ ]/gu, (sign) => `\\x{${sign.codePointAt(0)?.toString(16) ?? '0'}}`)
  return sql`contains(body, ${value})
    AND regexp_matches(body, ${`(?:^|[^0-9A-Za-z_.:@-])${literal}(?:$|[^0-9A-Za-z_:@-])`})`
}

export async function sightings(
  db: Database,
  kind: Kind,
  value: string,
  signal?: AbortSignal,
): Promise<Result<'indicators.sightings'>> {
  const { event, span, log } = seenIn[kind](value)
  const rows = await db.all(
    Sighting,
    sql`
      SELECT source, count(*) AS count, min(ts) AS first, max(ts) AS last FROM access_event WHERE ${event} GROUP BY source
      UNION ALL SELECT 'spans', count(*), make_timestamp(min(start_ns) // 1000), make_timestamp(max(start_ns) // 1000)
      FROM span WHERE ${span} HAVING count(*) > 0
      UNION ALL SELECT 'logs', count(*), min(ts), max(ts) FROM log_record WHERE ${log} HAVING count(*) > 0
      ORDER BY count DESC, source`,
    signal,
  )
  return rows.map(({ source, count, first, last }) => ({
    source,
    count,
    firstTs: short(first),
    lastTs: short(last),
  }))
}
