/** The analyst's word on who is the same. Each act is about two keys; what it leads to is computed anew from all of them. */
import { z } from 'zod'
import { AppError } from '../../common/errors'
import type { Params, Result } from '../../contract'
import { record } from '../case/open'
import type { CaseSession } from '../context'
import type { Database } from '../db/database'
import { type Sql, sql } from '../db/sql'
import { relink } from '../links/handlers'

const Edit = z.object({ actor_key: z.string(), identity_id: z.string(), merged: z.boolean() })
type Undo = Result<'identities.merge'>['undo']
type Word = Undo[number]

/** Errors: `not-found` for a key without events; `input.refused` where nothing would change. */
export async function merge(
  session: CaseSession,
  { actorKey, otherKey }: Params<'identities.merge'>,
  signal?: AbortSignal,
): Promise<Undo> {
  const { db } = session
  await known(db, actorKey)
  await known(db, otherKey)
  const [mine, theirs] = [await keysOf(db, actorKey), await keysOf(db, otherKey)]
  if (mine.includes(otherKey)) throw new AppError('input.refused', 'Both are already the same identity.')
  // Whatever kept the two apart no longer holds.
  const parted = await edits(
    db,
    sql`NOT merged AND actor_key <> identity_id AND (
    (actor_key IN (SELECT unnest(${sql.strings(mine)})) AND identity_id IN (SELECT unnest(${sql.strings(theirs)})))
    OR (actor_key IN (SELECT unnest(${sql.strings(theirs)})) AND identity_id IN (SELECT unnest(${sql.strings(mine)}))))`,
  )
  const lifted = parted.map((one) => ({ actorKey: one.actor_key, otherKey: one.identity_id, merged: null }))
  return decide(session, [...lifted, { actorKey, otherKey, merged: true }], signal)
}

/** Errors: `not-found` where the key has no other beside it. */
export async function split(
  session: CaseSession,
  { actorKey }: Params<'identities.split'>,
  signal?: AbortSignal,
): Promise<Undo> {
  const { db } = session
  const keys = await keysOf(db, actorKey)
  if (keys.length < 2) throw new AppError('not-found', 'This actor belongs to no identity with other keys.')
  const said = await edits(db, sql`merged AND (actor_key = ${actorKey} OR identity_id = ${actorKey})`)
  const undone = said.map((one) => ({ actorKey: one.actor_key, otherKey: one.identity_id, merged: null }))
  return decide(session, [...undone, { actorKey, otherKey: keys[0] ?? actorKey, merged: false }], signal)
}

/** Journals the words and finds identities and links anew. Gives what takes them back, in the order to say it in. */
export async function decide(session: CaseSession, words: readonly Word[], signal?: AbortSignal): Promise<Undo> {
  const undo: Word[] = []
  for (const { actorKey, otherKey, merged } of words) {
    const [before] = await edits(session.db, sql`actor_key = ${actorKey} AND identity_id = ${otherKey}`)
    undo.unshift({ actorKey, otherKey, merged: before?.merged ?? null })
    const op = merged === null ? 'identity.clear' : merged ? 'identity.merge' : 'identity.split'
    await record(session, op, { actorKey, identity: otherKey })
  }
  await relink(session, signal)
  return undo
}

async function edits(db: Database, where: Sql) {
  return db.all(Edit, sql`SELECT actor_key, identity_id, merged FROM identity_edit WHERE ${where} ORDER BY ALL`)
}

/** The keys of the identity, the one that it is named after first. */
async function keysOf(db: Database, actorKey: string): Promise<string[]> {
  const rows = await db.all(
    z.object({ actor_key: z.string() }),
    sql`
      SELECT actor_key FROM identity_alias
      WHERE identity_id IN (SELECT identity_id FROM identity_alias WHERE actor_key = ${actorKey})
      ORDER BY actor_key = identity_id DESC, actor_key`,
  )
  return rows.length === 0 ? [actorKey] : rows.map(({ actor_key: key }) => key)
}

async function known(db: Database, actorKey: string): Promise<void> {
  const rows = await db.rows(sql`SELECT 1 FROM access_event WHERE actor_key = ${actorKey} LIMIT 1`)
  if (rows.length === 0)
    throw new AppError(
      'not-found',
      `No event of this case has the actor key “${actorKey}”. \`count CASE --by actor_key\` lists them.`,
    )
}
