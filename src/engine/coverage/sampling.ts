/**
 * The share of traces that is kept, as spans state it themselves. Ways of stating, in the order of preference:
 * the threshold of the trace state (`ot=th:8` keeps what has a randomness of at least 0x80000000000000 of 2^56), its
 * predecessor `ot=p:3` (one in 2^3), and attributes of samplers.
 */
import { type Sql, sql } from '../db/sql'

const threshold = sql`nullif(regexp_extract(trace_state, '(?:^|,)\\s*ot=(?:[^,]*;)?th:([0-9a-f]{1,14})', 1), '')`
const power = sql`TRY_CAST(nullif(regexp_extract(trace_state, '(?:^|,)\\s*ot=(?:[^,]*;)?p:([0-9]{1,2})', 1), '') AS INTEGER)`

const attribute = (key: string): Sql =>
  sql`CASE WHEN contains(attributes, ${`"${key}"`}) AND json_valid(attributes)
    THEN TRY_CAST(json_extract_string(attributes, ${`/${key}`}) AS DOUBLE) END`

/** Columns of `span` → 0 to 1, or NULL where nothing is stated. */
export const declaredRate: Sql = sql`(CASE
  WHEN contains(trace_state, 'ot=') AND ${threshold} IS NOT NULL
    THEN 1 - ('0x' || rpad(${threshold}, 14, '0'))::BIGINT / 72057594037927936.0
  WHEN contains(trace_state, 'ot=') AND ${power} BETWEEN 0 AND 62 THEN pow(2, -(${power}))
  WHEN contains(attributes, '"sampler.type"') AND contains(attributes, 'probabilistic') THEN ${rateIn('sampler.param')}
  WHEN contains(attributes, '"SampleRate"') THEN ${oneIn('SampleRate')}
  WHEN contains(attributes, '"_dd.rule_psr"') THEN ${rateIn('_dd.rule_psr')}
  WHEN contains(attributes, '"_dd.agent_psr"') THEN ${rateIn('_dd.agent_psr')} END)`

/** An attribute that states the share. */
function rateIn(key: string): Sql {
  return sql`(CASE WHEN (${attribute(key)}) BETWEEN 0 AND 1 THEN (${attribute(key)}) END)`
}

/** An attribute that states that one in so many is kept. */
function oneIn(key: string): Sql {
  return sql`(CASE WHEN (${attribute(key)}) >= 1 THEN 1 / (${attribute(key)}) END)`
}

/** z of a 95 % interval. */
const z = 1.959964

/** Wilson's interval of a share: holds for few and for extreme counts. */
export function wilson(hits: number, n: number): { readonly low: number; readonly high: number } {
  if (n <= 0) return { low: 0, high: 1 }
  const share = hits / n
  const centre = (share + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  return { low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}
