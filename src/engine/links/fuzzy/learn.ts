/**
 * What the case itself shows before anything is judged: in pairs of one operation that have no rival within their
 * window, how often each value agrees, and which workloads stand behind which actors.
 */
import type { Writer } from '../../db/database'
import { sql } from '../../db/sql'
import { candidates } from './candidates'
import { comparisons, judged } from './score'

const sampledEvents = 8_000
const leastPairs = 20
const leastForAlias = 8

/** Fills `fuzzy_rate`, `fuzzy_alias` and `fuzzy_known`. */
export async function learn(writer: Writer): Promise<void> {
  await writer.run(sql`CREATE TEMP TABLE fuzzy_alias (h_actor UBIGINT, h_service UBIGINT, actor_key VARCHAR, service VARCHAR,
    pairs BIGINT, confidence DOUBLE)`)
  await writer.run(sql`CREATE TEMP TABLE fuzzy_known (h_actor UBIGINT, confidence DOUBLE)`)
  await writer.run(sql`CREATE TEMP TABLE fuzzy_rate (source VARCHAR, channel VARCHAR,
    ${sql.join(
      comparisons.map(({ item }) => sql`${sql.ident(item)} DOUBLE`),
      ', ',
    )})`)
  // Whole minutes, so that rivals are seen.
  const share = sql`(SELECT greatest(1, count(*) // ${sampledEvents}) FROM fuzzy_event)`
  await writer.run(sql`
    CREATE TEMP TABLE fuzzy_clear AS
    SELECT p.eid, p.sid
    FROM (${candidates(sql`hash(e.ts_us // 60000000) % ${share} = 0`)}) p JOIN fuzzy_event e ON e.eid = p.eid
    QUALIFY count(*) OVER (PARTITION BY p.eid) = 1 AND count(DISTINCT e.grp) OVER (PARTITION BY p.sid, e.lane) = 1`)
  const rate = (item: string, agrees: typeof share, comparable: typeof share) => sql`
    CASE WHEN count(*) FILTER (WHERE ${comparable}) >= ${leastPairs}
      THEN avg((${agrees})::INTEGER) FILTER (WHERE ${comparable}) END AS ${sql.ident(item)}`
  await writer.run(sql`
    INSERT INTO fuzzy_rate
    SELECT e.source, s.channel, ${sql.join(
      comparisons.map(({ item, agrees, comparable }) => rate(item, agrees, comparable)),
      ', ',
    )}
    ${judged(sql`SELECT * FROM fuzzy_clear`)}
    GROUP BY e.source, s.channel`)
  await writer.run(sql`
    INSERT INTO fuzzy_alias
    WITH seen AS (
      SELECT e.h_actor, s.h_service, any_value(e.actor_key) AS actor_key, any_value(s.service) AS service, count(*) AS pairs
      FROM fuzzy_clear p JOIN fuzzy_event e ON e.eid = p.eid JOIN fuzzy_span s ON s.sid = p.sid
      WHERE e.h_actor IS NOT NULL AND s.h_service IS NOT NULL AND NOT s.serving
      GROUP BY e.h_actor, s.h_service
    )
    SELECT h_actor, h_service, actor_key, service, pairs, pairs / sum(pairs) OVER (PARTITION BY h_actor) AS confidence
    FROM seen
    QUALIFY confidence >= 0.8 AND pairs >= ${leastForAlias}`)
  await writer.run(sql`INSERT INTO fuzzy_known SELECT h_actor, max(confidence) FROM fuzzy_alias GROUP BY h_actor`)
}
