/** What the items of evidence weigh for a pair. Columns of `fuzzy_event` as `e`, `fuzzy_span` as `s`, `fuzzy_clock` as `c`. */
import { type Sql, sql } from '../../db/sql'
import { shiftUs, windowUs } from './candidates'
import { weights } from './weights'

/** Constants of ours, written into the query. */
const number = (value: number) => sql.trusted(`(${value})::DOUBLE`)

/** A weight, by its name. */
const w = (name: keyof typeof weights) => number(weights[name])

/** w × min(1, log2(N/n)/log2(N)): what all spans share proves nothing. */
function damped(weight: Sql, sharing: Sql): Sql {
  return sql`(${weight} * least(1.0, ln(greatest(s.n_all, 2) / ${sharing}::DOUBLE) / ln(greatest(s.n_all, 2))))`
}

const sameOperation = sql`(e.k_op IS NOT DISTINCT FROM s.k_op AND e.k_op IS NOT NULL)`
const sameResource = sql`coalesce(s.h_res = e.h_res OR s.h_res = e.h_res_last, FALSE)`

const operation = sql`(CASE
  WHEN ${sameOperation} AND s.channel = 'db' THEN ${damped(sql`(CASE WHEN e.statement THEN ${w('statement')} ELSE ${w('verb')} END)`, sql`s.n_op`)}
  WHEN ${sameOperation} AND s.channel = 'call' AND ${sameResource} THEN ${damped(w('resource'), sql`s.n_res`)}
  WHEN ${sameOperation} AND s.channel = 'call' THEN ${damped(w('verb'), sql`s.n_op`)}
  WHEN ${sameOperation} OR (s.channel IN ('http', 'client') AND e.k_near = s.k_op) THEN ${damped(w('resource'), sql`s.n_op`)}
  WHEN e.k_near = s.k_op THEN ${damped(w('verb'), sql`s.n_op`)}
  WHEN e.k_party = s.k_party THEN ${w('party')}
  ELSE 0 END)`

const sameName = sql`coalesce(e.h_who = s.h_who OR e.h_who = s.h_role OR e.h_role = s.h_role, FALSE)`
const sameLogin = sql`coalesce(e.h_login = s.h_login, FALSE)`
const sameAccount = sql`coalesce(e.h_account = s.h_service, FALSE)`
/** How sure it is that the actor is the workload of the span: by its name, or by what was seen together. */
const alias = sql`(CASE WHEN ${sameAccount} THEN 1.0 ELSE coalesce(a.confidence, 0) END)`
const sameIdentity = sql`(${sameName} OR ${sameLogin} OR ${alias} > 0)`

const identity = sql`greatest(
  CASE WHEN ${sameName} THEN ${damped(w('identity'), sql`s.n_who`)} WHEN ${sameLogin} THEN ${damped(sql`(0.8 * ${w('identity')})`, sql`s.n_who`)} ELSE 0 END,
  CASE WHEN ${alias} > 0 THEN ${damped(sql`(${w('identity')} * ${alias})`, sql`s.n_service`)} ELSE 0 END)`

const sameNear = sql`coalesce(e.h_addr = s.h_addr, FALSE)`
const sameFar = sql`coalesce(e.h_addr = s.h_addr_far, FALSE)`
const addressWeight = sql`(CASE WHEN e.private THEN ${w('addressPrivate')} ELSE ${w('addressPublic')} END)`
const address = sql`(CASE WHEN ${sameNear} THEN ${damped(addressWeight, sql`s.n_addr`)}
  WHEN ${sameFar} THEN ${damped(addressWeight, sql`s.n_far`)} ELSE 0 END)`

const sameProduct = sql`coalesce(e.h_product = s.h_service, FALSE)`
const samePod = sql`coalesce(e.h_pod = s.h_pod, FALSE)`
const sameAgent = sql`coalesce(e.h_agent = s.h_agent, FALSE)`
const workload = sql`(CASE WHEN ${sameProduct} THEN ${damped(w('workload'), sql`s.n_service`)} ELSE 0 END)`
const instance = sql`(CASE WHEN ${samePod} THEN ${damped(w('instance'), sql`s.n_pod`)}
  WHEN ${sameAgent} THEN ${damped(w('instance'), sql`s.n_agent`)} ELSE 0 END)`

/** A call that was throttled is repeated by the client, whose span ends well. */
const status = sql`(CASE
  WHEN e.http_status IS NOT NULL AND s.http_status IS NOT NULL AND s.channel IN ('http', 'client')
    THEN CASE WHEN e.http_status = s.http_status THEN ${damped(w('statusAgrees'), sql`s.n_st`)} ELSE ${w('statusContradicts')} END
  WHEN e.st IS NULL OR (e.st = 'again' AND s.channel = 'call') OR e.k_who = s.k_who THEN 0
  WHEN (e.st = 'ok') = (s.st = 'ok') THEN ${damped(w('statusAgrees'), sql`s.n_st`)}
  ELSE ${w('statusContradicts')} END)`

/** How far the interval in which the event may have been lies outside the span. */
const outsideUs = sql`greatest(0, s.start_us - (e.hi_us - ${shiftUs}), (e.ts_us - ${shiftUs}) - s.end_us)`
/** What is compared with the stated time, and how far from it the event lies at least. */
const offUs = sql`(CASE WHEN e.tk = 'end' THEN greatest(0, s.end_us - (e.hi_us - ${shiftUs}), (e.ts_us - ${shiftUs}) - s.end_us)
  ELSE greatest(0, s.start_us - (e.hi_us - ${shiftUs}), (e.ts_us - ${shiftUs}) - s.start_us) END)`
const scatterUs = sql`(CASE WHEN c.jitter_us IS NOT NULL THEN greatest(c.jitter_us, 1000) ELSE e.slack_us / 2 END)::DOUBLE`
/** Measured clocks also tell spans apart that both hold the event: by what distance is usual. */
const time = sql`(CASE
  WHEN ${outsideUs} <= (CASE WHEN c.jitter_us IS NOT NULL THEN 3 * ${scatterUs} ELSE 0 END)
    THEN ${w('inside')} - (CASE WHEN c.jitter_us IS NOT NULL THEN least(2.0, pow(${offUs} / ${scatterUs}, 2) / 8) ELSE 0 END)
  ELSE greatest(${w('outsideLowest')}, -0.5 * pow(${outsideUs} / ${scatterUs}, 2)) END)`

const spanUs = sql`(s.end_us - s.start_us)`
const duration = sql`(CASE WHEN e.duration_us > 0 AND ${spanUs} > 0
  AND abs(e.duration_us - ${spanUs}) <= 0.2 * greatest(e.duration_us, ${spanUs}) THEN ${w('duration')} ELSE 0 END)`

/** How many other spans of this operation (and address, where it agrees) such a window holds by chance. */
const chanceSpans = sql`(greatest(CASE WHEN ${sameNear} THEN s.n_op_addr ELSE s.n_op END - 1, 0) + 0.25) / s.slice_us::DOUBLE
  * (e.hi_us - e.ts_us + ${spanUs} + (CASE WHEN c.jitter_us IS NOT NULL THEN 4 * ${scatterUs} ELSE 2 * ${windowUs} END))`
const chance = sql`(CASE WHEN s.k_op IS NULL OR NOT coalesce(e.k_op = s.k_op OR e.k_near = s.k_op, FALSE) THEN 0
  ELSE greatest(${w('chanceLeast')}, least(${w('chanceMost')}, -log2(${chanceSpans}) * ${w('chancePerBit')})) END)`

/** −5 for what always agrees in clear pairs, less where it does so less often, nothing below four in five. */
function differs(rate: Sql): Sql {
  return sql`(CASE WHEN ${rate} >= 0.8 THEN ${w('differs')} * least(1.0, (${rate} - 0.75) / 0.2) ELSE 0 END)`
}

/** What is compared at all, and whether it agrees: for the rates of clear pairs, and for conflicts. */
export const comparisons: readonly { readonly item: string; readonly comparable: Sql; readonly agrees: Sql }[] = [
  {
    item: 'address',
    comparable: sql`(e.h_addr IS NOT NULL AND s.h_addr IS NOT NULL)`,
    agrees: sql`(${sameNear} OR ${sameFar})`,
  },
  {
    item: 'identity',
    comparable: sql`(e.h_who IS NOT NULL AND s.h_who IS NOT NULL)`,
    agrees: sql`(${sameName} OR ${sameLogin})`,
  },
  { item: 'workload', comparable: sql`(e.h_product IS NOT NULL AND s.h_service IS NOT NULL)`, agrees: sameProduct },
  { item: 'pod', comparable: sql`(e.h_pod IS NOT NULL AND s.h_pod IS NOT NULL)`, agrees: samePod },
  { item: 'agent', comparable: sql`(e.h_agent IS NOT NULL AND s.h_agent IS NOT NULL)`, agrees: sameAgent },
  { item: 'resource', comparable: sql`(e.h_res IS NOT NULL AND s.h_res IS NOT NULL)`, agrees: sameResource },
]

const conflict = (item: string) => {
  const found = comparisons.find((one) => one.item === item)
  if (found === undefined) return sql`0`
  return sql`(CASE WHEN ${found.comparable} AND NOT ${found.agrees} THEN ${differs(sql`r.${sql.ident(item)}`)} ELSE 0 END)`
}

/** The actor is known as another workload. */
const otherWorkload = sql`(CASE WHEN a.confidence IS NULL AND known.confidence >= 0.9 AND NOT ${sameIdentity} THEN ${w('differs')} ELSE 0 END)`

export const items: readonly { readonly item: string; readonly weight: Sql }[] = [
  { item: 'operation', weight: operation },
  { item: 'identity', weight: sql`(${identity} + ${conflict('identity')} + ${otherWorkload})` },
  { item: 'address', weight: sql`(${address} + ${conflict('address')})` },
  { item: 'workload', weight: sql`(${workload} + ${conflict('workload')})` },
  { item: 'instance', weight: sql`(${instance} + ${conflict('pod')} + ${conflict('agent')})` },
  { item: 'resource', weight: conflict('resource') },
  { item: 'status', weight: status },
  { item: 'time', weight: time },
  { item: 'duration', weight: duration },
  { item: 'chance', weight: chance },
]

/** All that the items look at, for a relation `p` of columns `eid` and `sid`. */
export function judged(pairs: Sql): Sql {
  return sql`
    FROM (${pairs}) p
    JOIN fuzzy_event e ON e.eid = p.eid
    JOIN fuzzy_span s ON s.sid = p.sid
    JOIN fuzzy_clock c ON c.source = e.source AND c.service = s.service
    LEFT JOIN fuzzy_alias a ON a.h_actor = e.h_actor AND a.h_service = s.h_service
    LEFT JOIN fuzzy_known known ON known.h_actor = e.h_actor
    LEFT JOIN fuzzy_rate r ON r.source = e.source AND r.channel IS NOT DISTINCT FROM s.channel`
}

export const score: Sql = sql.join(
  items.map(({ weight }) => weight),
  ' + ',
)
