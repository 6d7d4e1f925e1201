/** Placeholder signature; see below for the hash chain. */
export interface JournalRecord {
  readonly v: 1
  readonly seq: number
  readonly prev: string
  readonly at: string
  readonly actor: string
  readonly tool: string
  readonly op: string
  readonly args: Readonly<Record<string, unknown>>
  readonly hash: string
}

export interface Journal {
  readonly seq: number
  readonly head: string
  /** Returns after append and fdatasync. */
  append(op: string, args: Readonly<Record<string, unknown>>): Promise<JournalRecord>
  records(): readonly JournalRecord[]
}
