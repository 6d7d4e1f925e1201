/**
 * Case work as the journal has it now. Written by reading the journal on; read by the handlers, the projection and the
 * report. It never reads the database: what it says is what the journal says.
 */
import { z } from 'zod'
import type { WorkKind } from '../../contract/work'
import type { JournalRecord } from '../case/journal'
import { type Act, actOf, type WorkItem } from './acts'

interface Entry {
  readonly record: JournalRecord
  readonly act: Act
}

/** The name of an item over all kinds; no kind has a blank in it. */
type Key = string

const Seq = z.object({ seq: z.int() })

export class WorkIndex {
  readonly #items = new Map<Key, WorkItem>()
  readonly #byKey = new Map<Key, Entry[]>()
  readonly #bySeq = new Map<number, Entry>()
  readonly #cancelled = new Set<number>()
  /** Acts that were taken back and can come again, the last one at the end. */
  #undone: number[] = []
  /** Acts in force, in order. */
  #done: number[] = []
  /** What each record of the journal was about, by its place there. */
  readonly #touched: { readonly place: number; readonly act: Act }[] = []
  #read = 0

  /** Reads what the journal has gained. */
  advance(records: readonly JournalRecord[]): void {
    for (; this.#read < records.length; this.#read++) {
      const record = records[this.#read]
      if (record !== undefined) this.#take(record)
    }
  }

  #take(record: JournalRecord): void {
    if (record.op === 'work.undo' || record.op === 'work.redo') {
      this.#takeBack(record)
      return
    }
    const act = actOf(record)
    // Of two records with one number, in a damaged journal, the first is the one that can be undone.
    if (act === undefined) return
    const entry = { record, act }
    if (!this.#bySeq.has(record.seq)) this.#bySeq.set(record.seq, entry)
    this.#done.push(record.seq)
    this.#undone = []
    for (const id of act.ids) {
      const key = keyOf(act.kind, id)
      const entries = this.#byKey.get(key)
      if (entries === undefined) this.#byKey.set(key, [entry])
      else entries.push(entry)
      this.#set(key, folded(this.#items.get(key), entry, id))
    }
    this.#touched.push({ place: this.#read, act: entry.act })
  }

  #takeBack(record: JournalRecord): void {
    const seq = Seq.safeParse(record.args).data?.seq ?? 0
    const entry = this.#bySeq.get(seq)
    const back = record.op === 'work.undo'
    if (entry === undefined || this.#cancelled.has(seq) === back) return
    if (back) {
      this.#cancelled.add(seq)
      this.#done = this.#done.filter((other) => other !== seq)
      this.#undone.push(seq)
    } else {
      this.#cancelled.delete(seq)
      this.#undone = this.#undone.filter((other) => other !== seq)
      this.#done.push(seq)
    }
    for (const id of entry.act.ids) {
      const key = keyOf(entry.act.kind, id)
      let item: WorkItem | undefined
      for (const one of this.#byKey.get(key) ?? [])
        if (!this.#cancelled.has(one.record.seq)) item = folded(item, one, id)
      this.#set(key, item)
    }
    this.#touched.push({ place: this.#read, act: entry.act })
  }

  #set(key: Key, item: WorkItem | undefined): void {
    if (item === undefined) this.#items.delete(key)
    else this.#items.set(key, item)
  }

  get(kind: WorkKind, id: string): WorkItem | undefined {
    const item = this.#items.get(keyOf(kind, id))
    return item?.deleted === true ? undefined : item
  }

  /** As it is, also where it was deleted: for the tables. */
  stored(kind: WorkKind, id: string): WorkItem | undefined {
    return this.#items.get(keyOf(kind, id))
  }

  /** Items that are there, in the order in which they were made. */
  all(kind: WorkKind): WorkItem[] {
    return this.everything().filter((item) => item.kind === kind)
  }

  everything(): WorkItem[] {
    return [...this.#items.values()]
      .filter(({ deleted }) => !deleted)
      .sort((a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id))
  }

  history(kind: WorkKind, id: string): { readonly record: JournalRecord; readonly undone: boolean }[] {
    return (this.#byKey.get(keyOf(kind, id)) ?? []).map(({ record }) => ({
      record,
      undone: this.#cancelled.has(record.seq),
    }))
  }

  /** The items that records from this place of the journal on are about. */
  touchedFrom(place: number): { readonly kind: WorkKind; readonly id: string }[] {
    const found = new Map<Key, { kind: WorkKind; id: string }>()
    for (let at = this.#touched.length - 1; at >= 0; at--) {
      const touched = this.#touched[at]
      if (touched === undefined || touched.place < place) break
      const { kind, ids } = touched.act
      for (const id of ids) found.set(keyOf(kind, id), { kind, id })
    }
    return [...found.values()]
  }

  /** The last act in force, and the last one that was taken back with nothing done since. */
  lastDone(): JournalRecord | undefined {
    return this.#recordAt(this.#done.at(-1))
  }

  lastUndone(): JournalRecord | undefined {
    return this.#recordAt(this.#undone.at(-1))
  }

  /** The act of a record, where it was not taken back. */
  inForce(seq: number): JournalRecord | undefined {
    return this.#cancelled.has(seq) ? undefined : this.#recordAt(seq)
  }

  #recordAt(seq: number | undefined): JournalRecord | undefined {
    return seq === undefined ? undefined : this.#bySeq.get(seq)?.record
  }

  itemsOf(seq: number): number {
    return this.#bySeq.get(seq)?.act.ids.length ?? 0
  }
}

function keyOf(kind: WorkKind, id: string): Key {
  return `${kind} ${id}`
}

function folded(before: WorkItem | undefined, { record, act }: Entry, id: string): WorkItem | undefined {
  const next = act.fold(before, id)
  if (next === undefined) return before
  // Who marked last is who stands for a mark; everything else is of the one who made it.
  const author = act.kind === 'mark' ? record.actor : (before?.author ?? record.actor)
  return { kind: act.kind, id, author, createdAt: before?.createdAt ?? record.at, updatedAt: record.at, ...next }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

const indexes = new WeakMap<readonly JournalRecord[], WorkIndex>()

/** The index of a journal; kept with its list of records, which only grows. */
export function workOf(records: readonly JournalRecord[]): WorkIndex {
  let index = indexes.get(records)
  if (index === undefined) {
    index = new WorkIndex()
    indexes.set(records, index)
  }
  index.advance(records)
  return index
}
