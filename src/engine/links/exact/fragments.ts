/** Pieces of SQL that the exact tier shares: how ids are compared, which times are plausible, how a sentence says it. */
import { type Sql, sql } from '../../db/sql'

/**
 * A request id as it is compared: lower case, no dashes, and in a UUID the 13th hex digit masked, since proxies write
 * the trace decision into the version digit. The same rule as `normalizeRequestId` of the span formats.
 */
export function normalizedId(value: Sql): Sql {
  const plain = plainId(value)
  return sql`CASE WHEN regexp_full_match(${plain}, '[0-9a-f]{32}') THEN ${plain}[:12] || 'x' || ${plain}[14:] ELSE ${plain} END`
}

function plainId(value: Sql): Sql {
  return sql`replace(lower(trim(${value})), '-', '')`
}

/** Ids that may join: at least 8 characters with a digit among them, and not one character over and over. */
export function joinable(value: Sql): Sql {
  const plain = plainId(value)
  return sql`length(${plain}) >= 8 AND regexp_matches(${plain}, '[0-9]') AND replace(${plain}, left(${plain}, 1), '') <> ''`
}

/** How far a time may lie before the start and after the end of a span, from what it is and how precise it is. */
export const slackBeforeUs = sql`(CASE WHEN ts_kind = 'logged' THEN 5000000 ELSE 1000000 END)::BIGINT`
export const slackAfterUs = sql`(CASE WHEN ts_kind = 'logged' THEN 5000000
  WHEN ts_precision = 's' THEN 2000000 ELSE 1000000 END)::BIGINT`

/** Columns ts_us, start_us, end_us, offset_us and jitter_us → how far outside its window the time lies, 0 inside, NULL unknown. */
export const outsideUs = sql`(CASE
  WHEN ts_us IS NULL THEN NULL
  WHEN ts_us BETWEEN start_us - ${slackBeforeUs} AND end_us + ${slackAfterUs} THEN 0
  WHEN offset_us IS NOT NULL AND abs(ts_us - start_us - offset_us) <= 3 * jitter_us + ${slackAfterUs} THEN 0
  WHEN ts_us < start_us THEN start_us - ts_us
  ELSE ts_us - end_us END)`

/** −(Δ/σ)²/2, not below −8, with half the slack as σ; nothing where the time is plausible. */
export const timeWeight = sql`(CASE WHEN outside_us IS NULL OR outside_us = 0 THEN 0.0
  ELSE greatest(-8.0, -0.5 * pow(outside_us / (${slackAfterUs} / 2.0), 2)) END)`

/** How many pairs tell whether the ids of a source are believed, and which share of them may contradict. */
const leastJudged = 5
const mostContradicted = 0.2

/**
 * Columns `named_pairs`, `against` and `distrusted` from `source` and `contradicted`: where many ids of a source contradict
 * what stands beside them, those that happen to fit prove nothing either.
 */
export const distrusted = sql`count(*) OVER (PARTITION BY source) AS named_pairs,
  count(*) FILTER (WHERE contradicted) OVER (PARTITION BY source) AS against,
  named_pairs >= ${leastJudged} AND against > ${mostContradicted} * named_pairs AS distrusted`

export const distrustText = sql`format('Of {} ids by which {} names its counterpart, {} contradict time or operation, so none of them is believed by itself.',
  named_pairs, source, against)`

export function duration(us: Sql): Sql {
  return sql`(CASE WHEN abs(${us}) < 1000 THEN format('{} µs', (${us})::BIGINT)
    WHEN abs(${us}) < 1000000 THEN format('{:.1f} ms', (${us}) / 1000.0)
    WHEN abs(${us}) < 600000000 THEN format('{:.3f} s', (${us}) / 1000000.0)
    ELSE format('{:.1f} min', (${us}) / 60000000.0) END)`
}

export function instant(us: Sql): Sql {
  return sql`strftime(make_timestamp((${us})::BIGINT), '%Y-%m-%dT%H:%M:%S.%fZ')`
}

const act = sql`(CASE WHEN source = 'pgaudit' THEN 'the statement' ELSE 'the event' END)
  || (CASE ts_kind WHEN 'logged' THEN ' was logged ' WHEN 'end' THEN ' ended ' WHEN 'start' THEN ' began ' ELSE ' is timed ' END)`

const place = sql`(CASE
  WHEN ts_precision = 's' AND ts_us <= end_us AND ts_us + 999999 >= start_us
    THEN 'in the second of ' || strftime(make_timestamp(ts_us::BIGINT), '%H:%M:%S') || ' (its source writes whole seconds), in which the span ran'
  WHEN ts_us < start_us THEN ${duration(sql`start_us - ts_us`)} || ' before it began'
  WHEN ts_us > end_us THEN ${duration(sql`ts_us - end_us`)} || ' after it ended'
  ELSE ${duration(sql`ts_us - start_us`)} || ' after it began' END)`

const whole = sql`(CASE WHEN linked_span IS NULL THEN 'The trace'
  ELSE 'The span \`' || span_name || '\`' || coalesce(' of ' || span_service, '') END)
  || ' ran from ' || ${instant(sql`start_us`)} || ' to ' || ${instant(sql`end_us`)}`

/** The sentence about time, with what makes it plausible or not. */
export const timeText = sql`(CASE
  WHEN ts_us IS NULL THEN ${whole} || '; the event has no time, so nothing can be said about when it was.'
  ELSE ${whole} || '; ' || ${act} || ${place} || (CASE
    WHEN outside_us > 0 THEN '. That is outside of what clocks and precision explain, so the id is not believed by itself.'
    WHEN ts_us NOT BETWEEN start_us - ${slackBeforeUs} AND end_us + ${slackAfterUs}
      THEN ', which is how far the clocks of ' || source || ' and ' || coalesce(span_service, 'the trace')
        || ' lie apart: ' || ${duration(sql`offset_us`)} || ' in the median of ' || clock_pairs || ' exact pairs.'
    ELSE '.' END) END)`
