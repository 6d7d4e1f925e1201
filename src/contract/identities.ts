/** Who is the same behind several actor keys, as the records show it and as the analyst says. */
import { z } from 'zod'
import { method } from './method'
import { Id64 } from './shared'

const ActorKey = z.string().min(1).max(2_000)

/** A key of an identity, with what it did and why it belongs here. */
export const IdentityMember = z.strictObject({
  actor_key: z.string(),
  label: z.string(),
  type: z.string(),
  sources: z.array(z.string()),
  events: z.int(),
  first_ts: z.string().nullable(),
  last_ts: z.string().nullable(),
  /** `primary` for the key that the identity is named after, `analyst` where somebody said so; docs/analyses.md lists the others. */
  basis: z.string(),
  /** From 0 to 1: the weakest tie between the key and the primary one. */
  confidence: z.number(),
  /** The key that it is tied to; null for the primary one. */
  via_key: z.string().nullable(),
  /** A record that shows the tie. */
  event_id: Id64.nullable(),
  text: z.string(),
})
export type IdentityMember = z.infer<typeof IdentityMember>

export const IdentityRow = z.strictObject({
  identity_id: z.string(),
  label: z.string(),
  kind: z.string(),
  events: z.int(),
  /** The primary key first, then the surest. */
  members: z.array(IdentityMember),
})
export type IdentityRow = z.infer<typeof IdentityRow>

export const IdentityWord = z.strictObject({
  actor_key: z.string(),
  /** The key itself where it was said to stand alone. */
  other_key: z.string(),
  merged: z.boolean(),
  author: z.string(),
  at: z.string(),
})
export type IdentityWord = z.infer<typeof IdentityWord>

/** The acts of a word that was just given: what takes it back. */
const Words = z.strictObject({
  undo: z.array(z.strictObject({ actorKey: ActorKey, otherKey: ActorKey, merged: z.boolean().nullable() })),
})

export const identityMethods = {
  /** Identities with two keys at least, most events first, and what the analyst said. */
  'identities.list': method({
    params: z.strictObject({
      /** Part of a key or a name. */
      search: z.string().max(500).default(''),
      limit: z.int().min(1).max(1_000).default(200),
    }),
    result: z.strictObject({
      identities: z.array(IdentityRow),
      total: z.int(),
      truncated: z.boolean(),
      words: z.array(IdentityWord),
    }),
  }),
  'identities.of': method({
    params: z.strictObject({ actorKey: ActorKey }),
    result: z.strictObject({ identity: IdentityRow.nullable() }),
  }),
  /** Actor keys by part of their key or name, those that did most first: to choose who is the same. */
  'identities.actors': method({
    params: z.strictObject({ search: z.string().max(500), limit: z.int().min(1).max(100).default(20) }),
    result: z.strictObject({
      actors: z.array(
        z.strictObject({ actor_key: z.string(), label: z.string(), source: z.string(), events: z.int() }),
      ),
    }),
  }),
  /** Both keys are the same identity. Kept in the journal; links are found anew. */
  'identities.merge': method({
    params: z.strictObject({ actorKey: ActorKey, otherKey: ActorKey }),
    result: Words,
  }),
  /** The key is not who its identity is. Kept in the journal; links are found anew. */
  'identities.split': method({ params: z.strictObject({ actorKey: ActorKey }), result: Words }),
  /** Says of pairs what is to hold, null to take the word back: the undo of the two above. */
  'identities.decide': method({
    params: z.strictObject({ words: Words.shape.undo.min(1).max(200) }),
    result: z.strictObject({}),
  }),
}
