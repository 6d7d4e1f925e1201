/** Drives the bytes of one member through detection, framing and the formats, as an import does, without a case. */
import type { AccessEventRow, LogRecordRow, SpanRow } from '../../src/engine/db/rows'
import type { EmittedRow, Format, RecordAt } from '../../src/engine/formats/types'
import { parseMember } from '../../src/engine/import/parseMember'
import { AssumedZone } from '../../src/engine/zone/assumedZone'

export type MetricRow = Extract<EmittedRow, { table: 'metric_point' }>

export interface DrivenMember {
  readonly formats: readonly string[]
  readonly refusal: string | undefined
  readonly rows: readonly EmittedRow[]
  readonly events: readonly AccessEventRow[]
  readonly spans: readonly SpanRow[]
  readonly logs: readonly LogRecordRow[]
  readonly metrics: readonly MetricRow[]
  readonly kept: number
  readonly skips: readonly string[]
  readonly rejects: readonly { readonly line: number; readonly offset: number; readonly reason: string }[]
  /** Records that were given a number; each was accounted once, or this throws. */
  readonly read: number
  /** Where each of them stands, by its number. */
  readonly places: readonly { readonly offset: number; readonly length: number }[]
}

/** `cuts`: where the bytes are cut into the chunks in which they arrive. */
export async function driveMember(
  formats: readonly Format[],
  content: string | Uint8Array,
  cuts: readonly number[] = [],
): Promise<DrivenMember> {
  const rows: EmittedRow[] = []
  const skips: string[] = []
  const rejects: { line: number; offset: number; reason: string }[] = []
  const seen = new Set<number>()
  const ids: string[] = []
  let kept = 0
  let next = 0
  const places: { offset: number; length: number }[] = []
  const account = ({ recordNo, offset, length }: RecordAt) => {
    if (seen.has(recordNo)) throw new Error(`record ${recordNo} is accounted twice`)
    seen.add(recordNo)
    places[recordNo] = { offset, length }
  }
  const bytes = typeof content === 'string' ? Buffer.from(content) : content
  async function* chunks(): AsyncGenerator<Uint8Array> {
    let from = 0
    for (const to of [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b)) {
      if (to > from) yield bytes.subarray(from, to)
      from = to
    }
  }
  const zone = new AssumedZone()
  const { refusal } = await parseMember(
    { name: null, chunks: chunks() },
    {
      formats,
      limits: new Set(),
      sessionOptions: () => ({ wallClock: zone, memberName: 'test' }),
      formatSeen: ({ id }) => ids.push(id),
      sink: {
        nextRecordNo: () => next++,
        emit: (at, emitted) => {
          account(at)
          kept++
          rows.push(...emitted)
        },
        skip: (at, reason) => {
          account(at)
          skips.push(reason)
        },
        reject: (at, reason) => {
          account(at)
          rejects.push({ line: at.line, offset: at.offset, reason })
        },
        foreign: ({ line, offset, reason }) => rejects.push({ line, offset, reason }),
        end: () => undefined,
        get accounted() {
          return seen.size
        },
      },
    },
    async () => undefined,
  )
  if (seen.size !== next) throw new Error(`${next} records went in, ${seen.size} were accounted`)
  return {
    formats: ids,
    refusal,
    rows,
    events: rows.flatMap((item) => (item.table === 'access_event' ? [item.row] : [])),
    spans: rows.flatMap((item) => (item.table === 'span' ? [item.row] : [])),
    logs: rows.flatMap((item) => (item.table === 'log_record' ? [item.row] : [])),
    metrics: rows.flatMap((item) => (item.table === 'metric_point' ? [item] : [])),
    kept,
    skips,
    rejects,
    read: next,
    places,
  }
}
