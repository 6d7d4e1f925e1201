/** The journal of a copy: what people did, with the values replaced, at the times at which they did it. */
import type { JournalRecord } from '../case/journal'
import { recordHash, zeroHash } from '../case/journal'

/** What the acts of the original need to be told in the copy. */
export interface ActChange {
  text(value: string): string
  id(value: bigint): bigint
  hash(value: string): string
}

/** Acts that are told. Openings, reports, packages and mappings are about the original and are not. */
const told =
  /^(?:note|finding|hypothesis|task|incident|indicator)\.(?:add|update|delete)$|^(?:mark\.set|link\.(?:confirm|reject|clear)|clock\.set|view\.(?:save|delete)|identity\.(?:merge|split|clear)|work\.(?:undo|redo)|import\.(?:begin|files|reconcile|stop|end|expected)|source\.acquired)$/

/** Members of acts that hold fixed words and ids of ours. */
const fixed = new Set(
  'op kind figure severity confidence status state verdict mark at view trace span level format techniques addTechniques removeTechniques'.split(
    ' ',
  ),
)

export interface Draft {
  readonly at: string
  readonly actor: string
  readonly op: string
  readonly args: Readonly<Record<string, unknown>>
}

/** In their order. `shift`: how many records of the copy come before. */
export function tellActs(records: readonly JournalRecord[], change: ActChange, shift: number): Draft[] {
  const drafts: Draft[] = []
  /** Number of an act in the original to that in the copy. */
  const places = new Map<number, number>()
  for (const { seq, at, actor, op, args } of records) {
    if (!told.test(op)) continue
    places.set(seq, shift + drafts.length + 1)
    const changed = changedArgs(op, args, change)
    if (op === 'work.undo' || op === 'work.redo') {
      const about = typeof args.seq === 'number' ? places.get(args.seq) : undefined
      if (about === undefined) {
        places.delete(seq)
        continue
      }
      drafts.push({ at, actor: change.text(actor), op, args: { ...changed, seq: about } })
    } else drafts.push({ at, actor: change.text(actor), op, args: changed })
  }
  return drafts
}

function changedArgs(op: string, args: Readonly<Record<string, unknown>>, change: ActChange): Record<string, unknown> {
  const changed = changedMembers(args, change)
  if (op.startsWith('link.') && typeof args.event === 'string')
    return { ...changed, event: mappedId(args.event, change) }
  return changed
}

function changedMembers(members: object, change: ActChange): Record<string, unknown> {
  const entries = Object.entries(members)
  const kind: unknown = entries.find(([name]) => name === 'kind')?.[1]
  return Object.fromEntries(
    entries.map(([name, value]) => {
      if (fixed.has(name) && (typeof value === 'string' || name.toLowerCase().includes('techniques')))
        return [name, value]
      if (name === 'id') return [name, typeof value === 'string' ? targetId(kind, value, change) : value]
      if (name === 'seq' || name === 'event') return [name, value]
      if (name === 'sizeBytes' && typeof value === 'number') return [name, Math.ceil(value / 1024) * 1024]
      return [name, changedValue(value, change)]
    }),
  )
}

function changedValue(value: unknown, change: ActChange): unknown {
  if (typeof value === 'string') return changedText(value, change)
  if (Array.isArray(value)) return value.map((item) => changedValue(item, change))
  if (typeof value === 'object' && value !== null) return changedMembers(value, change)
  return value
}

function changedText(value: string, change: ActChange): string {
  if (/^[0-9a-f]{64}$/.test(value)) return change.hash(value)
  const partial = value.replace(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){1,2}\.\*/g, '198.18.*')
  return change
    .text(partial)
    .replace(/\b((?:event_)?id:"?)(\d{1,20})\b/g, (_, name: string, id: string) => name + mappedId(id, change))
}

/** Ids of things of a kind; ids of our own items (UUIDs) stay. */
function targetId(kind: unknown, id: string, change: ActChange): string {
  switch (kind) {
    case 'event':
      return mappedId(id, change)
    case 'link':
      return id.replace(/^\d{1,20}/, (event) => mappedId(event, change))
    case 'span':
    case 'trace':
    case 'time':
    case 'case':
    case 'finding':
      return id
    default:
      return /^[0-9a-f-]{36}$/.test(id) ? id : change.text(id)
  }
}

function mappedId(id: string, change: ActChange): string {
  return /^\d{1,20}$/.test(id) ? change.id(BigInt(id)).toString() : id
}

/** Records with their hashes, each after the one before. */
export function chain(drafts: readonly Draft[], tool: string, before: readonly JournalRecord[] = []): JournalRecord[] {
  const records: JournalRecord[] = [...before]
  for (const { at, actor, op, args } of drafts) {
    const last = records.at(-1)
    const body = { v: 1 as const, seq: (last?.seq ?? 0) + 1, prev: last?.hash ?? zeroHash, at, actor, tool, op, args }
    const clean = { ...body, args: JSON.parse(JSON.stringify(args)) as Record<string, unknown> }
    records.push({ ...clean, hash: recordHash(clean) })
  }
  return records
}
