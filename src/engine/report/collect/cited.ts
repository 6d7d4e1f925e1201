/** The events that a report cites, with everything that a reader needs to check them. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { throwIfAborted } from '../../../common/errors'
import { formatInstant, type Precision } from '../../../common/time'
import { sql } from '../../db/sql'
import type { Cell } from '../../db/values'
import { type CitedEvent, printLimits } from '../model'
import { type Ask, queryText } from './ask'
import { linksOfEvents, linksShown, shownTrace } from './links'
import { notesOfEvents } from './notes'
import { collectTrace } from './traces'

const EventKey = z.object({ event_id: z.string() })
const Place = z.object({
  event_id: z.string(),
  ts_micros: z.string().nullable(),
  ts_precision: z.string().nullable(),
  raw: z.string().nullable(),
  file_name: z.string(),
  file_sha256: z.string(),
  member: z.string().nullable(),
  record_no: z.number(),
  line: z.number(),
  byte_offset: z.number(),
  byte_length: z.number(),
})

/** Columns that say where the event stands or how it is stored, not what happened. */
const notFields = new Set(
  `event_id seq import_id record_no member line byte_offset byte_length src_ip_hi src_ip_lo dup_key dup_alt raw
  ts_micros file_name file_sha256`.split(/\s+/),
)

const wholeEvent = sql`
  SELECT event.* EXCLUDE (event_id), CAST(event_id AS VARCHAR) AS event_id,
    CAST(epoch_us(ts) AS VARCHAR) AS ts_micros, file.name AS file_name, file.sha256 AS file_sha256
  FROM access_event event JOIN source_file file USING (import_id)`

/** What a report of the whole case cites: the events that findings name or that carry a note, in time order. */
export async function eventsOfCase(
  ask: Ask,
  named: readonly string[],
): Promise<{ readonly ids: readonly string[]; readonly total: number }> {
  const wanted = sql`
    FROM access_event
    WHERE CAST(event_id AS VARCHAR) IN (
      SELECT target_id FROM note WHERE target_kind = 'event' AND NOT deleted UNION SELECT unnest(${sql.strings(named)}))`
  const total = await ask.db.get(z.object({ n: z.number() }), sql`SELECT count(*) AS n ${wanted}`, ask.signal)
  const keys = await ask.db.all(
    EventKey,
    sql`
      SELECT CAST(event_id AS VARCHAR) AS event_id ${wanted}
      ORDER BY ts NULLS LAST, seq, event_id
      LIMIT ${printLimits.citedEvents}`,
    ask.signal,
  )
  return { ids: keys.map((row) => row.event_id), total: total?.n ?? 0 }
}

/** In the order of `ids`; one that the case does not hold is left out. */
export async function collectCited(ask: Ask, ids: readonly string[]): Promise<CitedEvent[]> {
  if (ids.length === 0) return []
  const notes = await notesOfEvents(ask, ids)
  const links = await linksOfEvents(ask, ids)
  const rows = new Map(
    (
      await ask.db.rows(
        sql`${wholeEvent} WHERE event_id IN (SELECT CAST(unnest(${sql.strings(ids)}) AS UBIGINT))`,
        ask.signal,
      )
    ).map((row) => [row.event_id, row]),
  )
  const cited: CitedEvent[] = []
  for (const eventId of ids) {
    throwIfAborted(ask.signal)
    const row = rows.get(eventId)
    if (row === undefined) continue
    const place = Place.parse(row)
    const all = links.get(eventId) ?? []
    const traceId = shownTrace(all)
    cited.push({
      eventId,
      ts: eventTime(place.ts_micros, place.ts_precision),
      fields: fieldsOf(row, place.ts_precision),
      position: {
        file: place.file_name,
        sha256: place.file_sha256,
        member: place.member,
        recordNo: place.record_no,
        line: place.line,
        offset: place.byte_offset,
        length: place.byte_length,
      },
      raw: excerpt(place.raw ?? ''),
      notes: notes.get(eventId) ?? [],
      links: all.slice(0, linksShown),
      linksLeftOut: Math.max(0, all.length - linksShown),
      trace: traceId === null ? null : await collectTrace(ask, traceId),
      sql: queryText(sql`${wholeEvent} WHERE event_id = CAST(${eventId} AS UBIGINT)`),
    })
  }
  return cited
}

function toPrecision(text: string | null): Precision {
  return text === 's' || text === 'ms' ? text : 'us'
}

function eventTime(micros: string | null, precision: string | null): string | null {
  return micros === null ? null : formatInstant(BigInt(micros), toPrecision(precision))
}

/** Columns with a value, in the order of the table; decimals as text, since the model has no floats. */
function fieldsOf(row: Readonly<Record<string, Cell>>, precision: string | null): Record<string, Cell> {
  return Object.fromEntries(
    Object.entries(row)
      .filter(
        ([name, value]) => value !== null && !notFields.has(name) && !(Array.isArray(value) && value.length === 0),
      )
      .map(([name, value]) => [name, name === 'ts' || name === 'ts_end' ? cutTime(value, precision) : plain(value)]),
  )
}

function cutTime(value: Cell, precision: string | null): Cell {
  if (typeof value !== 'string') return value
  const digits = { s: 0, ms: 3, us: 6 }[toPrecision(precision)]
  return digits === 0
    ? value.replace(/\.\d+Z$/, 'Z')
    : value.replace(/(\.\d+)Z$/, (_, part: string) => `${part.slice(0, digits + 1)}Z`)
}

function plain(value: Cell): Cell {
  if (typeof value === 'number' && !Number.isSafeInteger(value)) return String(value)
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]))
  return value
}

function excerpt(raw: string): CitedEvent['raw'] {
  const bytes = Buffer.from(raw, 'utf8')
  const cut = bytes.length > printLimits.rawBytes
  // A cut inside a code point would give a replacement sign that the source does not have.
  let end = Math.min(bytes.length, printLimits.rawBytes)
  while (cut && end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  return {
    text: bytes.toString('utf8', 0, end),
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    cut,
  }
}
