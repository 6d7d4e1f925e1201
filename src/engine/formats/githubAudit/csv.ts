import type { JsonObject, JsonValue } from '../../../common/json'
import type { CsvReader } from '../types'
import { emitted } from './emit'
import { isEntry } from './recognise'

const times = ['created_at', '@timestamp', 'at_sign_timestamp']
const places = [
  'org',
  'repo',
  'business',
  'repository',
  'actor_location.country_code',
  'data.team',
  'data.target_login',
]

/** The export by column names nested fields with a dot: `data.team`, `actor_location.country_code`. */
export const csvReader: CsvReader = {
  match(first, second) {
    const names = new Set(first)
    const shape =
      names.has('action') &&
      names.has('actor') &&
      (names.has('_document_id') || times.some((name) => names.has(name))) &&
      places.filter((name) => names.has(name)).length >= 1
    if (!shape) return { score: 0, header: true }
    const action = second?.[first.indexOf('action')]
    if (action === undefined) return { score: 0.6, header: true }
    return { score: /^[a-z][a-z0-9_]*\.[a-z0-9_.-]+$/.test(action) ? 0.95 : 0, header: true }
  },
  open(options, header) {
    return {
      record(fields, at) {
        if (header === undefined) {
          options.sink.reject(at, 'The file has no line of column names.')
          return
        }
        const entry = fromColumns(header, fields)
        if (isEntry(entry)) options.sink.emit(at, [emitted(entry, options, 'columns')])
        else options.sink.reject(at, 'No GitHub audit entry: the action of this record is no dotted name.')
      },
      end() {},
    }
  },
}

function fromColumns(header: readonly string[], fields: readonly string[]): JsonObject {
  const plain: [string, JsonValue][] = []
  const nested = new Map<string, [string, JsonValue][]>()
  header.forEach((name, index) => {
    const value = fields[index]
    if (value === undefined || value === '') return
    const dot = name.indexOf('.')
    const group = dot > 0 ? name.slice(0, dot) : undefined
    if (group === undefined) plain.push([name, value])
    else nested.set(group, [...(nested.get(group) ?? []), [name.slice(dot + 1), value]])
  })
  for (const [group, entries] of nested) plain.push([group, Object.fromEntries(entries)])
  return Object.fromEntries(plain)
}
