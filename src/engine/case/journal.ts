/**
 * The journal: an append-only, hash-chained list of every act, the source of truth for the analyst's work. Writers:
 * the engine's handlers, through `append`. Readers: the projection, verify, rebuild, reports.
 */
import { createHash } from 'node:crypto'
import { type FileHandle, open, readFile, writeFile } from 'node:fs/promises'
import { canonicalJson } from '../../common/canonical'
import { AppError } from '../../common/errors'
import { asIoError } from '../io'
import { hasDuplicateKeys } from './duplicateKeys'

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

export const zeroHash = '0'.repeat(64)

/** SHA-256 of the canonical form of the record without `hash`. */
export function recordHash(record: Omit<JournalRecord, 'hash'>): string {
  const { v, seq, prev, at, actor, tool, op, args } = record
  return createHash('sha256').update(canonicalJson({ v, seq, prev, at, actor, tool, op, args })).digest('hex')
}

/** What is wrong at one record: `seq` as far as known, and a sentence. */
export interface JournalFault {
  readonly line: number
  readonly message: string
}

export interface ParsedJournal {
  readonly records: readonly JournalRecord[]
  readonly faults: readonly JournalFault[]
  /** Bytes of whole records; what follows is a torn tail. */
  readonly wholeBytes: number
  readonly tornBytes: number
  /** The last record is whole but lacks its line end. */
  readonly missingLineEnd: boolean
}

/**
 * Reads journal bytes; never throws. Only a last line without its line end counts as torn: an append that broke off ends
 * so. A whole line that cannot be read was damaged later, and stays where it is.
 */
export function parseJournal(bytes: Buffer): ParsedJournal {
  const records: JournalRecord[] = []
  const faults: JournalFault[] = []
  let wholeBytes = 0
  let missingLineEnd = false
  let line = 0
  for (let start = 0; start < bytes.length; ) {
    line++
    const end = bytes.indexOf(0x0a, start)
    // What stands after the last brace of an unfinished line is no part of a record.
    const stop = end === -1 ? Math.max(start, bytes.lastIndexOf(0x7d) + 1) : end
    const next = end === -1 ? bytes.length : end + 1
    const record = parseRecord(bytes.toString('utf8', start, stop))
    const readable = typeof record !== 'string' && (end !== -1 || recordHash(record) === record.hash)
    if (readable) {
      faults.push(...chainFaults(record, records.at(-1), line))
      records.push(record)
      missingLineEnd = end === -1
    } else if (end !== -1 && typeof record === 'string') faults.push({ line, message: record })
    if (readable || end !== -1) wholeBytes = end === -1 ? stop : next
    start = next
  }
  return { records, faults, wholeBytes, tornBytes: bytes.length - wholeBytes, missingLineEnd }
}

function chainFaults(record: JournalRecord, previous: JournalRecord | undefined, line: number): JournalFault[] {
  const found: string[] = []
  if (recordHash(record) !== record.hash) found.push(`record ${record.seq} was changed: its hash does not match`)
  if (record.prev !== (previous?.hash ?? zeroHash)) found.push(`record ${record.seq} does not follow the one before it`)
  if (record.seq !== (previous?.seq ?? 0) + 1)
    found.push(`record ${record.seq} stands where ${(previous?.seq ?? 0) + 1} is due`)
  return found.map((message) => ({ line, message }))
}

function parseRecord(text: string): JournalRecord | string {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'a line is not JSON'
  }
  if (typeof value !== 'object' || value === null) return 'a line is no object'
  const { v, seq, prev, at, actor, tool, op, args, hash } = value as Record<string, unknown>
  if (
    v !== 1 ||
    typeof seq !== 'number' ||
    !Number.isSafeInteger(seq) ||
    typeof prev !== 'string' ||
    typeof at !== 'string' ||
    typeof actor !== 'string' ||
    typeof tool !== 'string' ||
    typeof op !== 'string' ||
    typeof hash !== 'string' ||
    typeof args !== 'object' ||
    args === null ||
    Array.isArray(args)
  )
    return 'a line is no journal record'
  if (hasDuplicateKeys(text)) return 'a record has a key twice'
  try {
    canonicalJson(args)
  } catch {
    return 'a record holds a number or text that has no canonical form'
  }
  return { v, seq, prev, at, actor, tool, op, args: args as Record<string, unknown>, hash }
}

export interface JournalOptions {
  readonly path: string
  readonly actor: string
  readonly tool: string
  readonly now: () => Date
  /** Opens the file that records go to; of tests that make its writes fail. */
  readonly openFile?: (path: string, flags: string) => Promise<FileHandle>
}

export class Journal {
  readonly #options: JournalOptions
  readonly #records: JournalRecord[]
  /** Faults inside the chain, found at open: shown by verify, never repaired. */
  readonly faults: readonly JournalFault[]
  /** Bytes known to be durable; anything beyond is an unfinished append. */
  #durableBytes: number
  #file: FileHandle | undefined
  /** Why nothing may be added; of a case from elsewhere that nobody accepted. */
  #closed: string | undefined
  #queue: Promise<unknown> = Promise.resolve()

  private constructor(options: JournalOptions, parsed: ParsedJournal, durableBytes: number) {
    this.#options = options
    this.#records = [...parsed.records]
    this.faults = parsed.faults
    this.#durableBytes = durableBytes
  }

  /**
   * Opens or creates the journal. A torn tail is moved to `journal.torn` and named in `notices`.
   * Errors: `io.*`.
   */
  static async open(options: JournalOptions): Promise<{ journal: Journal; notices: string[] }> {
    const notices: string[] = []
    try {
      const bytes = await readFile(options.path).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return Buffer.alloc(0)
        throw error
      })
      const parsed = parseJournal(bytes)
      let size = parsed.wholeBytes
      if (parsed.tornBytes > 0) {
        const torn = bytes.subarray(parsed.wholeBytes)
        await writeFile(`${options.path.replace(/\.jsonl$/, '')}.torn`, torn, { flag: 'a' })
        const file = await open(options.path, 'r+')
        await file.truncate(parsed.wholeBytes)
        await file.sync()
        await file.close()
        notices.push(
          `The journal ended in an unfinished record (${parsed.tornBytes} bytes); it was set aside in journal.torn.`,
        )
      }
      if (parsed.missingLineEnd) {
        const file = await open(options.path, 'a')
        await file.write('\n')
        await file.datasync()
        await file.close()
        size += 1
      }
      if (parsed.faults.length > 0)
        notices.push(`The journal is damaged (${parsed.faults[0]?.message}); run verify for the whole list.`)
      return { journal: new Journal(options, parsed, size), notices }
    } catch (error) {
      throw asIoError(error, 'The journal cannot be read.')
    }
  }

  get seq(): number {
    return this.#records.at(-1)?.seq ?? 0
  }

  get head(): string {
    return this.#records.at(-1)?.hash ?? zeroHash
  }

  records(): readonly JournalRecord[] {
    return this.#records
  }

  get readOnly(): boolean {
    return this.#closed !== undefined
  }

  /** From now on every append is refused with `case.foreign`; undefined lets them through again. */
  refuseAppends(reason: string | undefined): void {
    this.#closed = reason
  }

  /** For work whose end has to be journaled, before it begins. Errors: `case.foreign` where appends are refused. */
  requireAppends(): void {
    if (this.#closed !== undefined) throw new AppError('case.foreign', this.#closed)
  }

  /** Returns after append and fdatasync. On failure nothing is acknowledged and the next append starts clean. */
  append(op: string, args: Readonly<Record<string, unknown>>): Promise<JournalRecord> {
    const run = this.#queue.then(() => this.#append(op, args))
    this.#queue = run.catch(() => undefined)
    return run
  }

  async #append(op: string, args: Readonly<Record<string, unknown>>): Promise<JournalRecord> {
    this.requireAppends()
    const { actor, tool, now } = this.#options
    const clean = JSON.parse(JSON.stringify(args)) as Record<string, unknown>
    const body = {
      v: 1 as const,
      seq: this.seq + 1,
      prev: this.head,
      at: now().toISOString(),
      actor,
      tool,
      op,
      args: clean,
    }
    const record: JournalRecord = { ...body, hash: recordHash(body) }
    const bytes = Buffer.from(`${JSON.stringify(record)}\n`)
    try {
      this.#file ??= await this.#reopen()
      let written = 0
      while (written < bytes.length) {
        const result = await this.#file.write(bytes, written, bytes.length - written, this.#durableBytes + written)
        written += result.bytesWritten
      }
      await this.#file.datasync()
    } catch (error) {
      // After a failed write or sync the handle proves nothing: the next append reopens and cuts back to what is durable.
      const file = this.#file
      this.#file = undefined
      await file?.truncate(this.#durableBytes).catch(() => undefined)
      await file?.close().catch(() => undefined)
      throw asIoError(error, 'The journal cannot be written. Nothing was recorded; your text is kept here.')
    }
    this.#durableBytes += bytes.length
    this.#records.push(record)
    return record
  }

  async #reopen(): Promise<FileHandle> {
    const { path, openFile = open } = this.#options
    const file = await openFile(path, 'r+').catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT' || this.#durableBytes > 0) throw error
      return openFile(path, 'w+')
    })
    const { size } = await file.stat()
    if (size < this.#durableBytes) {
      await file.close()
      throw new AppError('journal.damaged', 'The journal became shorter while the case was open.')
    }
    if (size > this.#durableBytes) await file.truncate(this.#durableBytes)
    return file
  }

  async close(): Promise<void> {
    await this.#queue
    await this.#file?.close()
    this.#file = undefined
  }
}
