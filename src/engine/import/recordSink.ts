/**
 * Takes what formats emit for one file, gives rows their ids and keys, keeps the account, and hands over batches of
 * whole records. Writers: the sessions of the file's members. Reader: the parse port.
 */
import type { Reject } from '../../contract/import'
import type { Flag } from '../db/rows'
import type { EmittedRow, RecordAt, Sink } from '../formats/types'
import { AssumedZone } from '../zone/assumedZone'
import { addressBits } from './addressBits'
import { type CellIn, type Cells, TableBuilder } from './columns'
import { alternateMark, type Hash64 } from './hash64'
import { pointContent, SeriesIds } from './metricSeries'
import { Occurrences } from './occurrences'
import { type Batch, maxRejectChars, maxRejectsPerFile, type ParsePort } from './protocol'
import { type TableName, tables } from './tables'

const batchRows = 4096
const batchBytes = 4 * 2 ** 20

export interface MemberSink extends Sink {
  /** Number for the next record of the member; every number given must be accounted. */
  nextRecordNo(): number
  /** Bytes that are no record at all: counted as one record read and rejected. */
  foreign(fault: { line: number; offset: number; length: number; reason: string }): void
  /** Closes the account of the member: records that no session accounted for are rejects. */
  end(): void
  readonly accounted: number
}

export class RecordSink {
  readonly #sha256: string
  readonly #hash: Hash64
  readonly #port: ParsePort
  readonly #zone: AssumedZone
  #builders: Partial<Record<TableName, TableBuilder>> = {}
  #emitted = 0
  readonly #series: SeriesIds
  readonly #occurrences = new Occurrences()
  #listedChars = 0
  readonly rejects: Reject[] = []
  readonly limits = new Set<string>()
  merged = 0
  skipped = 0
  rejected = 0
  /** Records with rows whose flags say so, over the whole file. */
  assumed = 0
  ambiguous = 0
  /** Records that gave rows, over the whole file. */
  kept = 0

  constructor(sha256: string, hash: Hash64, port: ParsePort, zone = new AssumedZone()) {
    this.#zone = zone
    this.#sha256 = sha256
    this.#hash = hash
    this.#series = new SeriesIds(hash.text)
    this.#port = port
  }

  get records(): number {
    return this.kept + this.merged + this.skipped + this.rejected
  }

  member(name: string | null): MemberSink {
    let next = 0
    let accounted = 0
    const memberKey = `${this.#sha256}\0${name ?? ''}\0`
    return {
      nextRecordNo: () => {
        this.#zone.nextRecord()
        return next++
      },
      emit: (at, rows) => {
        accounted++
        if (rows.length === 0) this.merged++
        else this.#emit(memberKey, name, at, rows)
      },
      skip: () => {
        accounted++
        this.skipped++
      },
      reject: (at, reason) => {
        accounted++
        // A time that could not be told is why, whatever the format makes of its absence.
        const why = this.#zone.problem ?? reason
        this.reject({ member: name, line: at.line, offset: at.offset, length: at.length, reason: why })
      },
      foreign: ({ line, offset, length, reason }) => this.reject({ member: name, line, offset, length, reason }),
      end: () => {
        for (; accounted < next; accounted++)
          this.reject({
            member: name,
            line: 0,
            offset: 0,
            length: 0,
            reason: 'the reader of the format left this record out',
          })
      },
      get accounted() {
        return accounted
      },
    }
  }

  reject(reject: Reject): void {
    this.rejected++
    this.#listedChars += reject.reason.length
    if (this.rejects.length < maxRejectsPerFile && this.#listedChars <= maxRejectChars) this.rejects.push(reject)
  }

  skip(): void {
    this.skipped++
  }

  #emit(memberKey: string, member: string | null, at: RecordAt, rows: readonly EmittedRow[]): void {
    const record = this.#emitted++
    this.kept++
    if (hasFlag(rows, 'zone_assumed')) this.assumed++
    if (hasFlag(rows, 'time_ambiguous')) this.ambiguous++
    rows.forEach((emitted, index) => {
      const id = this.#hash.text(`${memberKey}${at.recordNo}\0${index}`)
      const keys = this.#keys(emitted, index, at, id)
      const added: Record<string, CellIn> = {
        record_no: at.recordNo,
        member,
        line: at.line,
        byte_offset: at.offset,
        byte_length: at.length,
        dup_key: keys.key,
        dup_alt: keys.alternate,
      }
      switch (emitted.table) {
        case 'access_event': {
          const { row } = emitted
          const bits = row.src_ip === undefined ? undefined : addressBits(row.src_ip)
          added.event_id = id
          added.src_ip_hi = bits?.hi
          added.src_ip_lo = bits?.lo
          added.raw = at.bytes?.() ?? at.raw()
          this.#push('access_event', row, added, record)
          return
        }
        case 'span': {
          const { row } = emitted
          added.row_id = id
          added.ts = row.start_ns / 1000n
          const parent = this.#push('span', row, added, record)
          const ids = { trace_id: row.trace_id, span_id: row.span_id, span_row_id: id }
          emitted.events?.forEach((event, ordinal) => {
            this.#push('span_event', event, { ordinal, ...ids }, parent)
          })
          emitted.links?.forEach((link, ordinal) => {
            this.#push('span_link', link, { ordinal, ...ids }, parent)
          })
          return
        }
        case 'log_record':
          added.row_id = id
          this.#push('log_record', emitted.row, added, record)
          return
        case 'metric_point': {
          const seriesId = this.#series.id(emitted.series)
          added.row_id = id
          added.series_id = seriesId
          const point = this.#push('metric_point', emitted.row, added, record)
          if (this.#series.isFirst(seriesId))
            this.#push('metric_series', emitted.series, { series_id: seriesId }, point)
          return
        }
      }
    })
  }

  #push(table: TableName, row: object, added: Cells, owner: number): number {
    let builder = this.#builders[table]
    if (builder === undefined) {
      builder = new TableBuilder(tables[table])
      this.#builders[table] = builder
    }
    return builder.push(row as Cells, added, owner)
  }

  #keys(
    emitted: EmittedRow,
    index: number,
    at: RecordAt,
    rowId: bigint,
  ): { key: bigint; alternate: bigint | undefined } {
    const alternate = emitted.alternate === undefined ? undefined : this.#hash.text(emitted.alternate)
    if (emitted.identity === null && alternate !== undefined)
      return { key: alternate ^ alternateMark, alternate: undefined }
    if (typeof emitted.identity === 'string') return { key: this.#hash.text(emitted.identity), alternate }
    if (emitted.table === 'metric_point') {
      // Samples without a time are of unknown scrapes: equal ones may well be two observations.
      if (emitted.row.ts === undefined) return { key: rowId, alternate }
      const seriesId = this.#series.id(emitted.series)
      return { key: this.#hash.text(`metric_point\0${seriesId}\0${pointContent(emitted.row)}`), alternate }
    }
    const stated = emitted.table === 'span' ? undefined : emitted.content
    const content = stated === undefined ? this.#content(at) : this.#hash.text(stated)
    const source = emitted.table === 'span' ? 'span' : emitted.row.source
    const id = emitted.table === 'access_event' ? emitted.row.source_event_id : undefined
    if (id !== undefined) return { key: this.#hash.text(`${source}\0${id}\0${content}\0${index}`), alternate }
    // Without an id two equal records of one file are two records; the n-th of them is the n-th of another rendering.
    const occurrence = index === 0 ? this.#occurrences.add(content) : Math.max(1, this.#occurrences.get(content))
    return { key: this.#hash.text(`${source}\0\0${content}\0${occurrence}\0${index}`), alternate }
  }

  #content(at: RecordAt): bigint {
    const bytes = at.compact === true ? at.bytes?.() : undefined
    return bytes === undefined ? this.#hash.text(contentOf(at.raw(), at.compact)) : this.#hash.bytes(bytes)
  }

  /** Sends what has been gathered once it is large enough, or all of it. Call between chunks, never inside a record. */
  async flush(all: boolean): Promise<void> {
    let rows = 0
    let bytes = 0
    for (const builder of Object.values(this.#builders)) {
      rows += builder.rows
      bytes += builder.sizeBytes
    }
    if (rows === 0 || (!all && rows < batchRows && bytes < batchBytes)) return
    const batch: Batch = {
      tables: Object.fromEntries(Object.entries(this.#builders).map(([name, builder]) => [name, builder.finish()])),
      emitted: this.#emitted,
    }
    this.#builders = {}
    this.#emitted = 0
    await this.#port.batch(batch)
  }
}

/** The record's content without what renderings differ in: white space between JSON tokens, CR before LF in other text. */
function contentOf(raw: string, compact: boolean | undefined): string {
  if (compact === true) return raw
  if (!raw.startsWith('{')) return raw.includes('\r\n') ? raw.replaceAll('\r\n', '\n') : raw
  if (compact === undefined && !(raw.includes('\n') || raw.includes('": ') || raw.includes(', "'))) return raw
  try {
    return JSON.stringify(JSON.parse(raw))
  } catch {
    return raw
  }
}

function hasFlag(rows: readonly EmittedRow[], flag: Flag): boolean {
  return rows.some((emitted) => emitted.table === 'access_event' && emitted.row.flags?.includes(flag) === true)
}
