/** The readers of the Azure family: they share the recognising, the envelopes and the accounting. */
import { isObject, type JsonObject, type JsonValue } from '../../../common/json'
import { objectIn } from '../shared/embeddedJson'
import { eachRecord, type RecordFate, settle } from '../shared/recordSession'
import type { CsvReader, EmittedRow, JsonReader, SessionOptions } from '../types'
import { bareName, canonicalColumns, rowObject } from './columns'
import { type EnvelopeRules, envelopes, SAMPLE } from './envelope'
import { fieldsOf } from './fields'
import { type AzureKind, classify } from './kinds'
import { emittedRow } from './mapRecord'

/** A portal's CSV has its own column names and states the event only in part. */
export interface Portal {
  readonly kind: Exclude<AzureKind, 'logLine'>
  readonly isHeader: (names: ReadonlySet<string>) => boolean
  /** The record under the names of the interface; `cell` gives the text of a column by its bare name. */
  readonly record: (cell: (name: string) => string | undefined) => JsonObject
}

const words = ['operationName', 'createdDateTime', 'activityDateTime', 'TimeGenerated', 'eventTimestamp', 'riskLevel']

const rules: EnvelopeRules = {
  isRecord: (value) => classify(value) !== undefined,
  looksLikeRecord: (text) => words.some((word) => text.includes(`"${word}"`)) || /"operationname"/i.test(text),
  lists: ['value', 'records', 'Records', 'Results', 'results', 'data'],
  paths: [],
}
const family = envelopes(rules)

const lineReason = 'A line of output of a container or server, written through the diagnostic export: no access.'

/** JSON of all shapes. Batches are mixed, so a session maps every kind of the family that comes to it. */
export function azureJson(kinds: ReadonlySet<AzureKind>): JsonReader {
  return {
    layouts: [{ id: 'diagnostic-records', records: ['records', '*'], context: [] }],
    match(value) {
      const own = classify(value)
      if (own !== undefined) return kinds.has(own.kind) ? own.score : 0
      const held = firstHeld(value)
      return held !== undefined && kinds.has(held.kind) ? Math.min(held.score, 0.94) : 0
    },
    unwrap: family.unwrap,
    open: eachRecord((value, _context, options) => fateOf(value, options)),
  }
}

let lastHeld: { readonly value: JsonValue; readonly found: ReturnType<typeof classify> } | undefined

/** What the first record inside an envelope is; remembered, since each reader of the family asks. */
function firstHeld(value: JsonValue): ReturnType<typeof classify> {
  if (!isObject(value)) return undefined
  if (lastHeld?.value === value) return lastHeld.found
  const found = (family.unwrap(value) ?? [])
    .slice(0, SAMPLE)
    .flatMap((item) => family.recordsIn('value' in item ? item.value : (objectIn(item.text) ?? item.text)))
    .map(classify)
    .find((kind) => kind !== undefined)
  lastHeld = { value, found }
  return found
}

function fateOf(value: JsonValue, options: SessionOptions): RecordFate {
  const rows: EmittedRow[] = []
  let lines = 0
  for (const item of family.recordsIn(value)) {
    const found = classify(item)
    if (found === undefined || !isObject(item)) continue
    if (found.kind === 'logLine') lines++
    else rows.push(emittedRow(found.kind, found.shape, fieldsOf(item), options.wallClock))
  }
  if (rows.length > 0) return { rows }
  return lines > 0 ? { skip: lineReason } : { reject: whyNot(value) }
}

function whyNot(value: JsonValue): string {
  if (!isObject(value)) return 'Not a record of Azure or Entra: no JSON object.'
  return 'Not a record of Azure or Entra: no operation with a resource, and no sign-in, risk or directory change.'
}

/** CSV of tables, whose columns are those of the JSON shape, and of the portal. */
export function azureCsv(kinds: ReadonlySet<AzureKind>, portal: Portal): CsvReader {
  return {
    match(first, second) {
      const names = new Set(first.map(bareName))
      if (portal.isHeader(names)) return { score: 0.95, header: true }
      const found = second === undefined ? undefined : classify(rowObject(canonicalColumns(first), second))
      return { score: found !== undefined && kinds.has(found.kind) ? found.score : 0, header: true }
    },
    open(options, header) {
      const names = canonicalColumns(header ?? [])
      const bare = (header ?? []).map(bareName)
      const fromPortal = portal.isHeader(new Set(bare))
      return {
        record(values, at) {
          settle(
            options,
            at,
            fromPortal ? portalFate(portal, bare, values, options) : tableFate(names, values, options),
          )
        },
        end() {},
      }
    },
  }
}

function portalFate(
  portal: Portal,
  names: readonly string[],
  values: readonly string[],
  options: SessionOptions,
): RecordFate {
  const cells = new Map<string, string>()
  names.forEach((name, index) => {
    const value = values[index]?.trim()
    if (value !== undefined && value !== '' && !cells.has(name)) cells.set(name, value)
  })
  if (cells.size === 0) return { reject: 'Every column of this record is empty.' }
  const record = portal.record((name) => cells.get(name))
  return { rows: [emittedRow(portal.kind, 'table', fieldsOf(record), options.wallClock)] }
}

function tableFate(names: readonly string[], values: readonly string[], options: SessionOptions): RecordFate {
  const record = rowObject(names, values)
  const found = classify(record)
  if (found === undefined) return { reject: whyNot(record) }
  if (found.kind === 'logLine') return { skip: lineReason }
  return { rows: [emittedRow(found.kind, found.shape, fieldsOf(record), options.wallClock)] }
}
