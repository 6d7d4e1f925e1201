/**
 * Sources without a format of their own, read by a mapping that the analyst made. The registry's entry only names the
 * format; the pipeline makes readers from the mappings of an import.
 */
import { isObject, type JsonValue } from '../../../common/json'
import type { MappingFile } from '../../../contract/mappingFile'
import { settle } from '../shared/recordSession'
import { withExactIntegers } from '../spans/exact'
import type { CsvReader, Format, JsonReader, RecordAt, SessionOptions } from '../types'
import { type CompiledMapping, compileMapping } from './compile'
import { headHolds } from './head'
import { plainText, type View } from './place'
import { type Mapped, mapView } from './row'

export const genericId = 'generic'

export const generic: Format = {
  id: genericId,
  title: 'Mapped CSV or JSON',
  source: genericId,
  containers: ['CSV, TSV and semicolon with a header', 'JSON documents', 'arrays', 'JSON lines'],
  description: 'Any CSV or JSON, by a mapping of its columns or paths (import --mapping FILE, or the assistant)',
}

/** Above what is taken, below what is unmistakable: a format of its own wins where it is sure. */
const score = 0.89

export const delimiters = [',', '\t', ';', '|'] as const

/** The formats of one mapping. CSV has one for each delimiter: the header tells which it is. */
export function mappingFormats(file: MappingFile, listener?: MappedListener): Format[] {
  const mapping = compileMapping(file)
  if (mapping.carrier === 'json') return [jsonFormat(mapping, listener)]
  return delimiters.map((delimiter) => ({ ...generic, csv: csvReader(mapping, delimiter, listener) }))
}

/** Told what became of each record, for the test of a mapping. */
export type MappedListener = (at: RecordAt, mapped: Mapped) => void

function finish(options: SessionOptions, at: RecordAt, mapped: Mapped, listener: MappedListener | undefined): void {
  listener?.(at, mapped)
  settle(options, at, 'reject' in mapped ? mapped : { rows: [{ table: 'access_event', row: mapped.row }] })
}

function jsonFormat(mapping: CompiledMapping, listener: MappedListener | undefined): Format {
  const json = jsonReader(mapping, listener)
  const [layout] = json.layouts
  if (layout === undefined) return { ...generic, json }
  return { ...generic, json, claims: (head) => headHolds(head, layout, (value) => scoreOf(mapping, value) > 0) }
}

function jsonReader(mapping: CompiledMapping, listener: MappedListener | undefined): JsonReader {
  const { records } = mapping
  return {
    layouts: records === undefined ? [] : [{ id: `${genericId}:${mapping.name}`, records, context: [] }],
    match: (value, layout) => (records !== undefined && layout === undefined ? 0 : scoreOf(mapping, value)),
    open: (options) => ({
      record(value, _context, at) {
        const view = { value: withExactIntegers(value, at) }
        finish(options, at, mapView(mapping, view, options.wallClock), listener)
      },
      end() {},
    }),
  }
}

/** A record is the mapping's own by what `match` says; without it, where the places of time and action say something. */
export function scoreOf(mapping: CompiledMapping, value: JsonValue): number {
  if (!isObject(value) && !Array.isArray(value)) return 0
  return fits(mapping, { value }) ? score : 0
}

function fits(mapping: CompiledMapping, view: View): boolean {
  const { stated, has, equals } = mapping.match
  if (stated)
    return (
      has.every((place) => place.read(view) !== undefined) &&
      equals.every(({ place, text }) => plainText(place.read(view)) === text)
    )
  if (mapping.time.text(view) === undefined) return false
  const action = mapping.columns.find(({ name }) => name === 'action')?.rule
  return action === undefined || action.default !== undefined || action.find(view).source !== undefined
}

function csvReader(mapping: CompiledMapping, delimiter: string, listener: MappedListener | undefined): CsvReader {
  return {
    delimiter,
    match(first, second) {
      const names = new Set(first.map((name) => name.trim()))
      if (first.length < 2 && mapping.header.length > 1) return { score: 0, header: true }
      if (!mapping.header.every((name) => names.has(name))) return { score: 0, header: true }
      const { equals } = mapping.match
      const view = csvView(first, second ?? [])
      const equal = equals.every(({ place, text }) => plainText(place.read(view)) === text)
      return { score: equal ? score : 0, header: true }
    },
    open(options, header) {
      const names = header ?? []
      const index = indexOf(names)
      return {
        record(fields, at) {
          const view = viewOf(index, fields)
          if (fields.length > names.length) {
            options.sink.reject(at, `the record has ${fields.length} fields, but the header names ${names.length}`)
            return
          }
          finish(options, at, mapView(mapping, view, options.wallClock), listener)
        },
        end() {},
      }
    },
  }
}

/** Position by column; of equal names the first one counts. */
function indexOf(header: readonly string[]): ReadonlyMap<string, number> {
  const index = new Map<string, number>()
  header.forEach((name, at) => {
    const trimmed = name.trim()
    if (!index.has(trimmed)) index.set(trimmed, at)
  })
  return index
}

function viewOf(index: ReadonlyMap<string, number>, fields: readonly string[]): View {
  return {
    cell(column) {
      const at = index.get(column)
      return at === undefined ? undefined : fields[at]
    },
  }
}

export function csvView(header: readonly string[], fields: readonly string[]): View {
  return viewOf(indexOf(header), fields)
}
