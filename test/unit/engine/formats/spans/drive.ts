/** Drives trace formats over whole texts and messages: records by layout with their context, as the import hands them. */
import { get, isObject, type JsonValue } from '../../../../../src/common/json'
import { utcClock } from '../../../../../src/common/time'
import type { EmittedSpan } from '../../../../../src/engine/formats/spans/draft'
import type {
  BinaryReader,
  Format,
  JsonContext,
  JsonLayout,
  RecordAt,
  Sink,
} from '../../../../../src/engine/formats/types'

export interface DrivenSpans {
  readonly spans: readonly EmittedSpan[]
  readonly rejects: readonly { readonly at: RecordAt; readonly reason: string }[]
  readonly skips: readonly string[]
  /** Records that went in (JSON) or were numbered (binary). */
  readonly read: number
}

interface Found {
  readonly value: JsonValue
  readonly context: JsonContext
}

export function driveSpans(format: Format, text: string): DrivenSpans {
  return driveFound(
    format,
    documents(text).flatMap((document) => find(format, document)),
  )
}

export function driveValues(format: Format, values: readonly JsonValue[], context: JsonContext = {}): DrivenSpans {
  return driveFound(
    format,
    values.map((value) => ({ value, context })),
  )
}

/** The one span of a value that gives one. */
export function driveOne(format: Format, value: JsonValue, context: JsonContext = {}): EmittedSpan {
  const [span, ...more] = expectKept(driveValues(format, [value], context)).spans
  if (span === undefined || more.length > 0) throw new Error('not one span')
  return span
}

function expectKept(driven: DrivenSpans): DrivenSpans {
  if (driven.rejects.length > 0) throw new Error(driven.rejects.map(({ reason }) => reason).join('; '))
  return driven
}

function driveFound(format: Format, found: readonly Found[]): DrivenSpans {
  const reader = format.json
  if (reader === undefined) throw new Error('no JSON')
  const out = collect()
  const session = reader.open({ wallClock: utcClock, memberName: 'test', sink: out.sink })
  let recordNo = 0
  for (const { value, context } of found) {
    for (const inner of reader.unwrap?.(value) ?? [{ value }]) {
      const record = 'value' in inner ? inner.value : null
      const raw = JSON.stringify(record)
      session.record(record, context, { recordNo, line: 1, offset: 0, length: raw.length, raw: () => raw })
      recordNo++
    }
  }
  session.end()
  return out.finish(recordNo)
}

/** Feeds one message to a binary reader; every number that was given out must have been accounted. */
export function driveBinary(reader: BinaryReader, bytes: Uint8Array, offset = 0): DrivenSpans {
  const out = collect()
  const session = reader.open({ wallClock: utcClock, memberName: 'test', sink: out.sink })
  let next = 0
  session.message(bytes, offset, () => next++)
  session.end()
  return out.finish(next)
}

function collect(): { readonly sink: Sink; finish(read: number): DrivenSpans } {
  const spans: EmittedSpan[] = []
  const rejects: { at: RecordAt; reason: string }[] = []
  const skips: string[] = []
  const seen = new Set<number>()
  const account = (at: RecordAt) => {
    if (seen.has(at.recordNo)) throw new Error(`record ${at.recordNo} is accounted twice`)
    seen.add(at.recordNo)
  }
  return {
    sink: {
      emit: (at, rows) => {
        account(at)
        for (const row of rows) if (row.table === 'span') spans.push(row)
      },
      skip: (at, reason) => {
        account(at)
        skips.push(reason)
      },
      reject: (at, reason) => {
        account(at)
        rejects.push({ at, reason })
      },
    },
    finish: (read) => {
      if (seen.size !== read) throw new Error(`${read} records went in, ${seen.size} were accounted`)
      return { spans, rejects, skips, read }
    },
  }
}

/** Root values; elements of root arrays, also of arrays in them, are documents of their own. */
export function documents(text: string): JsonValue[] {
  return rootValues(text).flatMap((root) => (Array.isArray(root) ? root.flat() : [root]))
}

function rootValues(text: string): JsonValue[] {
  try {
    return [JSON.parse(text)]
  } catch {
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line))
  }
}

function find(format: Format, document: JsonValue): Found[] {
  const layouts = format.json?.layouts ?? []
  const found = layouts.flatMap((layout) => follow(document, layout, layout.records, [], {}))
  return found.length > 0 ? found : [{ value: document, context: {} }]
}

function follow(
  value: JsonValue,
  layout: JsonLayout,
  rest: readonly string[],
  path: readonly string[],
  context: JsonContext,
): Found[] {
  const [head, ...tail] = rest
  if (head === undefined) return [{ value, context }]
  const here: Record<string, JsonValue> = { ...context }
  for (const contextPath of layout.context) {
    const name = contextPath.at(-1) ?? ''
    const own = get(value, name)
    if (own !== undefined && contextPath.slice(0, -1).join('\n') === path.join('\n')) here[name] = own
  }
  if (head === '*') {
    return Array.isArray(value)
      ? value.flatMap((item: JsonValue) => follow(item, layout, tail, [...path, '*'], here))
      : []
  }
  const next = isObject(value) ? get(value, head) : undefined
  return next === undefined ? [] : follow(next, layout, tail, [...path, head], here)
}
