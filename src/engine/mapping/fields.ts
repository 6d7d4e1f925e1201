/** The places of sampled records and what stands there. */
import type { JsonValue } from '../../common/json'
import type { ValueShape } from '../../contract/mapping'
import { joinPath } from '../formats/generic/path'
import { plainText } from '../formats/generic/place'
import type { Sample } from './sample'
import { shapesOf } from './shapes'

export interface Field {
  readonly place: string
  readonly filled: number
  /** Distinct values with how often each stands there; at most `MAX_DISTINCT`. */
  readonly values: ReadonlyMap<string, number>
  readonly distinct: number
  readonly shapes: readonly ValueShape[]
  /** The text in each record, in their order. */
  readonly texts: readonly (string | undefined)[]
}

const MAX_FIELDS = 300
const MAX_DISTINCT = 1_000
const MAX_DEPTH = 8

export function fieldsOf(sample: Sample): Field[] {
  const columns = new Map<string, (string | undefined)[]>()
  const put = (place: string, record: number, text: string) => {
    let texts = columns.get(place)
    if (texts === undefined) {
      if (columns.size >= MAX_FIELDS) return
      texts = []
      columns.set(place, texts)
    }
    texts[record] ??= text
  }
  if (sample.carrier === 'csv') for (const name of sample.header) columns.set(name, [])
  sample.records.forEach(({ view }, record) => {
    if (sample.carrier === 'csv') {
      for (const name of sample.header) {
        const text = plainText(view.cell?.(name))
        if (text !== undefined) put(name, record, text)
      }
    } else leaves(view.value, '', 0, (place, text) => put(place, record, text))
  })
  return [...columns].map(([place, texts]) => field(place, texts, sample.records.length))
}

function field(place: string, sparse: readonly (string | undefined)[], records: number): Field {
  const texts = Array.from({ length: records }, (_, record) => sparse[record])
  const values = new Map<string, number>()
  let filled = 0
  let others = 0
  for (const text of texts) {
    if (text === undefined) continue
    filled++
    const before = values.get(text)
    if (before !== undefined || values.size < MAX_DISTINCT) values.set(text, (before ?? 0) + 1)
    else others++
  }
  return { place, filled, values, distinct: values.size + others, shapes: shapesOf(values), texts }
}

/** Scalars, and lists of scalars as a whole; of a list of objects its first element. */
function leaves(
  value: JsonValue | undefined,
  path: string,
  depth: number,
  found: (place: string, text: string) => void,
): void {
  if (value === undefined || value === null || depth > MAX_DEPTH) return
  if (typeof value !== 'object') {
    const text = plainText(value)
    if (text !== undefined && path !== '') found(path, text)
    return
  }
  if (Array.isArray(value)) {
    const scalars = value.every((item: JsonValue) => typeof item !== 'object')
    const text = scalars && path !== '' && value.length > 1 ? plainText(value) : undefined
    if (text !== undefined) found(path, text)
    else if (path === '') {
      value.slice(0, 50).forEach((item: JsonValue, at: number) => {
        leaves(item, `[${at}]`, depth + 1, found)
      })
    } else leaves(value[0], `${path}[0]`, depth + 1, found)
    return
  }
  for (const [key, item] of Object.entries(value)) {
    if (key !== '') leaves(item, joinPath(path, key), depth + 1, found)
  }
}
