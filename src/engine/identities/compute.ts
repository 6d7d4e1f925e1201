/**
 * Writes `identity` and `identity_alias` anew from the records and from what the analyst said (`identity_edit`).
 * Called before every linking, so that links know who is who. Running it twice gives the same rows.
 */
import { z } from 'zod'
import { atomically, type Database, type Writer } from '../db/database'
import { sql } from '../db/sql'
import { readActors, readEdges } from './edges'
import { type Alias, groupIdentities, type Identity } from './group'
import { labelOfKey } from './names'

const ActorRow = z.object({ actorKey: z.string(), label: z.string(), type: z.string(), events: z.coerce.number() })
const EditRow = z.object({ actorKey: z.string(), otherKey: z.string(), merged: z.boolean(), author: z.string() })

const rowsAtOnce = 500

export async function computeIdentities(db: Database): Promise<void> {
  // As in linking, scratch tables are filled outside the transaction, so that the planner knows their sizes.
  await db.write(async (writer) => {
    await dropScratch(writer)
    await readActors(writer)
    const edges = await readEdges(writer)
    const edits = await writer.all(
      EditRow,
      sql`SELECT actor_key AS "actorKey", identity_id AS "otherKey", merged, author FROM identity_edit ORDER BY decided_at, 1, 2`,
    )
    const actors = await writer.all(
      ActorRow,
      sql`
        SELECT actor_key AS "actorKey", ${labelOfKey} AS label,
          coalesce(mode(actor_type), 'unknown') AS "type", count(*) AS events
        FROM access_event
        WHERE actor_key IN (
          SELECT a FROM identity_edge UNION SELECT b FROM identity_edge
          UNION SELECT actor_key FROM identity_edit UNION SELECT identity_id FROM identity_edit)
        GROUP BY actor_key ORDER BY actor_key`,
    )
    const { identities, aliases } = groupIdentities(actors, edges, edits)
    await dropScratch(writer)
    await atomically(writer, () => storeIdentities(writer, identities, aliases))
  })
}

async function storeIdentities(
  writer: Writer,
  identities: readonly Identity[],
  aliases: readonly Alias[],
): Promise<void> {
  await writer.run(sql`DELETE FROM identity_alias`)
  await writer.run(sql`DELETE FROM identity`)
  for (let at = 0; at < identities.length; at += rowsAtOnce) {
    const values = identities.slice(at, at + rowsAtOnce).map((i) => sql`(${i.identityId}, ${i.label}, ${i.kind})`)
    await writer.run(sql`INSERT INTO identity (identity_id, label, kind) VALUES ${sql.join(values, ', ')}`)
  }
  for (let at = 0; at < aliases.length; at += rowsAtOnce) {
    const values = aliases
      .slice(at, at + rowsAtOnce)
      .map(
        (a) =>
          sql`(${a.actorKey}, ${a.identityId}, ${a.basis}, ${a.confidence}::DOUBLE, ${a.viaKey}, ${a.eventId === null ? null : BigInt(a.eventId)}::UBIGINT, ${a.text})`,
      )
    await writer.run(sql`
      INSERT INTO identity_alias (actor_key, identity_id, basis, confidence, via_key, event_id, "text")
      VALUES ${sql.join(values, ', ')}`)
  }
}

async function dropScratch(writer: Writer): Promise<void> {
  for (const table of ['identity_actor', 'identity_edge'])
    await writer.run(sql`DROP TABLE IF EXISTS temp.${sql.ident(table)}`)
}
