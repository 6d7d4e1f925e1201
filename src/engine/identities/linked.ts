/** Names for linking: what an actor is called in one log and in a span is the same where one identity bears both. */
import { z } from 'zod'
import type { Writer } from '../db/database'
import { type Sql, sql } from '../db/sql'

/** Less sure ties are left to the comparison of names itself. */
const leastConfidence = 0.8

/**
 * How a name, in lower case, is compared: as the identity whose keys alone bear it, else as it is. Fills the scratch
 * table `linked_person (linked_name, linked_as)` for that; where no identity has several keys, names cost nothing.
 */
export async function linkedNames(writer: Writer): Promise<(name: Sql) => Sql> {
  await writer.run(sql`DROP TABLE IF EXISTS temp.linked_person`)
  const sure = sql`(SELECT actor_key, identity_id FROM identity_alias WHERE confidence >= ${leastConfidence}
    QUALIFY count(*) OVER (PARTITION BY identity_id) > 1)`
  const [known] = await writer.all(z.object({ found: z.boolean() }), sql`SELECT EXISTS (FROM ${sure}) AS found`)
  if (known?.found !== true) return (name) => name
  await writer.run(sql`
    CREATE TEMP TABLE linked_person AS
    WITH borne AS (
      SELECT DISTINCT actor_key, unnest([lower(actor_email), lower(actor_name), lower(actor_id)]) AS name
      FROM (SELECT DISTINCT actor_key, actor_email, actor_name, actor_id FROM access_event WHERE actor_key IS NOT NULL)
    )
    SELECT b.name AS linked_name, 'identity|' || min(s.identity_id) AS linked_as
    FROM borne b LEFT JOIN ${sure} s ON s.actor_key = b.actor_key
    WHERE b.name IS NOT NULL AND b.name <> ''
    GROUP BY b.name HAVING count(DISTINCT coalesce(s.identity_id, b.actor_key)) = 1 AND min(s.identity_id) IS NOT NULL`)
  return (name) =>
    sql`coalesce((SELECT any_value(linked_as) FROM linked_person WHERE linked_name = (${name})), ${name})`
}
