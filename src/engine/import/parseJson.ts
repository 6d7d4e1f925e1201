/** Drives the JSON readers over one member: frames, parses, peels envelopes, picks the format record by record. */
import { isAscii, isUtf8 } from 'node:buffer'
import type { JsonValue } from '../../common/json'
import { isObject } from '../../common/json'
import type { Format, InnerRecord, JsonContext, JsonReader, JsonSession, RecordAt } from '../formats/types'
import { matchScore } from './detect'
import { EnvelopeText, type Place } from './framing/envelopeText'
import { JsonFramer } from './framing/json'
import type { JsonFrame } from './framing/jsonFrame'
import type { MemberDriver, MemberInput } from './parseMember'

/** After this many records of which none is known, the member is given up as unknown. */
const patience = 200

interface Candidate {
  readonly format: Format
  readonly reader: JsonReader
}

export function jsonDriver(input: MemberInput, lineMode: boolean): MemberDriver {
  const { formats, sink, limits } = input
  const candidates: Candidate[] = formats.flatMap((format) =>
    format.json === undefined ? [] : [{ format, reader: format.json }],
  )
  const sessions = new Map<Format, JsonSession>()
  const pendingUnknown: {
    readonly frame: { line: number; offset: number; length: number }
    readonly reason: string
  }[] = []
  let current: Candidate | undefined
  let known = 0
  let unknown = 0
  let closest = { title: '', score: 0 }

  const choose = (value: JsonValue, layout: string | undefined): Candidate | undefined => {
    if (current !== undefined && current.reader.match(value, layout) >= matchScore) return current
    let best: Candidate | undefined
    let bestScore = 0
    for (const candidate of candidates) {
      const score = candidate.reader.match(value, layout)
      if (score > bestScore) {
        best = candidate
        bestScore = score
      }
    }
    if (best !== undefined && bestScore < matchScore && bestScore > closest.score)
      closest = { title: best.format.title, score: bestScore }
    if (bestScore >= matchScore) return best
    return current?.reader.continues?.(value) === true ? current : undefined
  }

  const session = ({ format, reader }: Candidate): JsonSession => {
    const existing = sessions.get(format)
    if (existing !== undefined) return existing
    const opened = reader.open({ ...input.sessionOptions(format), sink })
    sessions.set(format, opened)
    input.formatSeen(format)
    return opened
  }

  const foreign = (frame: { line: number; offset: number; length: number }, reason: string) => {
    if (known === 0 && pendingUnknown.length < patience) pendingUnknown.push({ frame, reason })
    else sink.foreign({ ...frame, reason })
  }

  const takeUnknown = () => {
    for (const { frame, reason } of pendingUnknown.splice(0)) sink.foreign({ ...frame, reason })
  }

  const onRecord = (frame: JsonFrame) => {
    const { offset, line } = frame
    const length = frame.bytes.length
    // Latin-1 is ASCII's quicker decoder.
    const ascii = isAscii(frame.bytes)
    const text = frame.bytes.toString(ascii ? 'latin1' : 'utf8')
    let value: JsonValue
    try {
      value = JSON.parse(text)
    } catch (error) {
      foreign(
        { line, offset, length },
        `this is no valid JSON: ${error instanceof Error ? shorten(error.message) : 'unreadable'}`,
      )
      return
    }
    const candidate = choose(value, frame.layout)
    if (candidate === undefined) {
      unknown++
      foreign({ line, offset, length }, `no known format: ${describe(value)}`)
      return
    }
    known++
    if (known === 1) takeUnknown()
    current = candidate
    const context = parseContext(frame.context)
    const inner = candidate.reader.unwrap?.(value)
    const target = session(candidate)
    if (inner === undefined) {
      // The bytes are the framer's: they are there only during the call.
      let bytes = ascii || isUtf8(frame.bytes) ? frame.bytes : undefined
      target.record(value, context, {
        recordNo: sink.nextRecordNo(),
        line,
        offset,
        length,
        compact: frame.compact,
        raw: () => text,
        bytes: () => bytes,
      })
      bytes = undefined
      return
    }
    const place = { line, offset, length }
    const outer = new EnvelopeText(frame.bytes, text, place)
    for (const item of inner) record(item, outer, target, context, place)
  }

  /** A record of its own bytes stands there; one inside a text stands where its envelope stands. */
  const record = (
    item: InnerRecord,
    outer: EnvelopeText,
    target: JsonSession,
    context: JsonContext,
    envelope: Place,
  ) => {
    if ('path' in item) {
      const found = outer.find(item.path) ?? { ...envelope, raw: JSON.stringify(item.value) }
      target.record(item.value, context, at(sink.nextRecordNo(), found, found.raw))
      return
    }
    let value: JsonValue
    try {
      value = JSON.parse(item.text)
    } catch {
      sink.foreign({ ...envelope, reason: 'the text inside the envelope is no valid JSON' })
      return
    }
    target.record(value, context, at(sink.nextRecordNo(), envelope, item.text))
  }

  const framer = new JsonFramer({
    layouts: candidates.flatMap(({ reader }) => reader.layouts),
    lineMode,
    onRecord,
    onFault: ({ line, offset, length, reason }) => foreign({ line, offset, length }, reason),
  })

  return {
    push(chunk) {
      framer.push(chunk)
      return known > 0 || unknown < patience
    },
    end() {
      framer.end()
      if (framer.heldOver) limits.add('records were let go before their context was read: too much waited in memory')
      for (const opened of sessions.values()) opened.end()
      if (known > 0) {
        takeUnknown()
        return undefined
      }
      const first = pendingUnknown[0]
      if (first === undefined) return undefined
      const near = closest.score > 0 ? `; closest is ${closest.title}, but too little of it fits` : ''
      return `it is JSON, but ${first.reason}${near}`
    },
  }
}

function at(recordNo: number, { line, offset, length }: Place, raw: string): RecordAt {
  return { recordNo, line, offset, length, raw: () => raw }
}

const contextCache = {
  text: new Map<string, string>(),
  value: {} as JsonContext,
  source: undefined as ReadonlyMap<string, string> | undefined,
}

/** Context values repeat for many records: parsed once as long as their texts are the same. */
function parseContext(context: ReadonlyMap<string, string>): JsonContext {
  if (context.size === 0) return emptyContext
  const same =
    contextCache.text.size === context.size &&
    [...context].every(([key, value]) => contextCache.text.get(key) === value)
  if (same) return contextCache.value
  const entries: [string, JsonValue][] = []
  for (const [key, text] of context) {
    try {
      entries.push([key, JSON.parse(text)])
    } catch {
      // The record goes without this context; the record itself decides whether it can.
    }
  }
  contextCache.text = new Map(context)
  contextCache.value = Object.fromEntries(entries)
  return contextCache.value
}

const emptyContext: JsonContext = Object.freeze({})

function describe(value: JsonValue): string {
  if (!isObject(value)) return Array.isArray(value) ? 'an array' : `a JSON ${typeof value}`
  const keys = Object.keys(value).slice(0, 6)
  return keys.length === 0
    ? 'an empty object'
    : `an object with the keys ${keys.map((key) => shorten(key, 40)).join(', ')}`
}

function shorten(text: string, length = 120): string {
  return text.length > length ? `${text.slice(0, length)}…` : text
}
