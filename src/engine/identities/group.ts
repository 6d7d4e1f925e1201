/**
 * Pairs of keys to identities: the most trusted pairs first, never against the analyst's word, and a weak pair never
 * makes two people with different mail addresses one. Pure: the same pairs give the same identities in any order.
 */
import { z } from 'zod'

export const Edge = z.object({
  a: z.string(),
  b: z.string(),
  basis: z.string(),
  confidence: z.number(),
  said: z.string().nullable(),
  events: z.coerce.number(),
  eventId: z.string().nullable(),
})
export type Edge = z.output<typeof Edge>

export interface Edit {
  readonly actorKey: string
  /** Another key; the key itself where it was said to stand alone. */
  readonly otherKey: string
  readonly merged: boolean
  readonly author: string
}

export interface Actor {
  readonly actorKey: string
  readonly label: string
  readonly type: string
  readonly events: number
}

export interface Alias {
  readonly actorKey: string
  readonly identityId: string
  readonly basis: string
  readonly confidence: number
  /** The key it is tied to; null for the one that the identity is named after. */
  readonly viaKey: string | null
  readonly eventId: string | null
  readonly text: string
}

export interface Identity {
  readonly identityId: string
  readonly label: string
  readonly kind: string
}

/** Below this, two mail addresses stay two people. */
const sure = 0.9

/** Only identities with two keys at least. */
export function groupIdentities(actors: readonly Actor[], edges: readonly Edge[], edits: readonly Edit[]) {
  const byKey = new Map(actors.map((actor) => [actor.actorKey, actor]))
  const root = new Map<string, string>()
  const members = new Map<string, string[]>()
  const find = (key: string): string => {
    let at = key
    for (let up = root.get(at); up !== undefined; up = root.get(at)) at = up
    return at
  }
  const of = (key: string) => members.get(find(key)) ?? [key]
  const ties: Edge[] = []
  const join = (edge: Edge) => {
    const [a, b] = [find(edge.a), find(edge.b)]
    if (a === b) return
    const all = [...of(a), ...of(b)]
    members.delete(b)
    members.set(a, all)
    root.set(b, a)
    ties.push(edge)
  }
  for (const { actorKey: a, otherKey: b, merged, author } of edits)
    if (merged && a !== b && byKey.has(a) && byKey.has(b))
      join({ a, b, basis: 'analyst', confidence: 1, said: author, events: 0, eventId: null })
  const parted = edits.filter(({ merged }) => !merged)
  const alone = new Set(
    parted.filter(({ actorKey, otherKey }) => actorKey === otherKey).map(({ actorKey }) => actorKey),
  )
  const moved = new Set(parted.map(({ actorKey }) => actorKey))
  const refused = (edge: Edge) => {
    if (alone.has(edge.a) || alone.has(edge.b)) return true
    const [left, right] = [new Set(of(edge.a)), new Set(of(edge.b))]
    if (
      parted.some(
        (p) => (left.has(p.actorKey) && right.has(p.otherKey)) || (right.has(p.actorKey) && left.has(p.otherKey)),
      )
    )
      return true
    if (edge.confidence >= sure) return false
    const [mine, theirs] = [localParts(left), localParts(right)]
    return mine.size > 0 && theirs.size > 0 && ![...mine].some((name) => theirs.has(name))
  }
  const ranked = edges
    .filter(({ a, b }) => byKey.has(a) && byKey.has(b))
    .sort(
      (x, y) =>
        rank(x) - rank(y) ||
        y.confidence - x.confidence ||
        compare(x.a, y.a) ||
        compare(x.b, y.b) ||
        compare(x.basis, y.basis),
    )
  // What was split off is looked at last, so that the others stay together without it.
  function rank({ a, b }: Edge): number {
    return moved.has(a) || moved.has(b) ? 1 : 0
  }
  for (const edge of ranked) if (find(edge.a) !== find(edge.b) && !refused(edge)) join(edge)

  const identities: Identity[] = []
  const aliases: Alias[] = []
  const near = neighbours(ties)
  for (const keys of members.values()) {
    const [primary] = keys
      .map((key) => byKey.get(key))
      .filter((actor) => actor !== undefined)
      .sort(first)
    if (primary === undefined) continue
    identities.push({ identityId: primary.actorKey, label: primary.label, kind: primary.type })
    aliases.push(...walk(primary, near, byKey))
  }
  identities.sort((x, y) => compare(x.identityId, y.identityId))
  return { identities, aliases }
}

/** From the primary key along the ties; a key is as sure as the weakest tie on the way. */
function walk(primary: Actor, near: ReadonlyMap<string, readonly Edge[]>, byKey: ReadonlyMap<string, Actor>): Alias[] {
  const identityId = primary.actorKey
  const found: Alias[] = [
    {
      actorKey: identityId,
      identityId,
      basis: 'primary',
      confidence: 1,
      viaKey: null,
      eventId: null,
      text: 'The identity is named after this key.',
    },
  ]
  const seen = new Set([identityId])
  for (let index = 0; index < found.length; index++) {
    const from = found[index]
    if (from === undefined) break
    for (const edge of near.get(from.actorKey) ?? []) {
      const actorKey = edge.a === from.actorKey ? edge.b : edge.a
      if (seen.has(actorKey)) continue
      seen.add(actorKey)
      const confidence = Math.min(from.confidence, edge.confidence)
      const { basis, eventId } = edge
      found.push({
        actorKey,
        identityId,
        basis,
        confidence,
        viaKey: from.actorKey,
        eventId,
        text: sentence(edge, byKey),
      })
    }
  }
  return found
}

function neighbours(ties: readonly Edge[]): ReadonlyMap<string, readonly Edge[]> {
  const near = new Map<string, Edge[]>()
  for (const tie of ties)
    for (const key of [tie.a, tie.b]) {
      const list = near.get(key)
      if (list === undefined) near.set(key, [tie])
      else list.push(tie)
    }
  return near
}

/** Why two keys are one identity, for a person. */
function sentence({ a, b, basis, said, events }: Edge, byKey: ReadonlyMap<string, Actor>): string {
  const name = (key: string) => byKey.get(key)?.label ?? key
  const records = events === 1 ? '1 record' : `${events} records`
  switch (basis) {
    case 'analyst':
      return `${said ?? 'The analyst'} said that ${name(a)} and ${name(b)} are the same.`
    case 'record':
      return `Records give the native id ${said} with both keys.`
    case 'assume-role':
    case 'saml':
    case 'web-identity':
      return `${name(b)} was given the key ${said} of this session; it was used in ${records}.`
    case 'federation':
      return `The cluster says that ${said} stands behind ${name(a)} (${records}).`
    case 'login':
      return `The database says that ${said} signed in as ${name(a)} (${records}).`
    case 'access-key':
      return `Both used the access key ${said} (${records}), and nobody else did.`
    case 'session':
      return `Both are in the session ${said} (${records}), and nobody else is.`
    case 'guest':
      return `${said} is the name of ${name(b)} as a guest of another tenant.`
    case 'domain':
      return `The same name before the @, ${said}, in domains that belong together.`
    case 'local-part':
      return `The name ${said} is what stands before the @ in ${name(b)}, and in no other address of the case.`
    default:
      return `The same name, ${said}, which nobody else bears in either log.`
  }
}

function localParts(keys: Iterable<string>): ReadonlySet<string> {
  const names = new Set<string>()
  for (const key of keys) if (key.startsWith('mail:')) names.add(key.slice(5).split('@', 1)[0] ?? '')
  return names
}

/** A mail address first, then a user of the cloud, then a person, then who did most. */
function first(x: Actor, y: Actor): number {
  return standing(x) - standing(y) || y.events - x.events || compare(x.actorKey, y.actorKey)
}

function standing({ actorKey, type }: Actor): number {
  if (actorKey.startsWith('mail:')) return actorKey.includes('#ext#') ? 1 : 0
  if (actorKey.includes(':user/')) return 2
  return type === 'user' ? 3 : 4
}

function compare(x: string, y: string): number {
  return x < y ? -1 : x > y ? 1 : 0
}
