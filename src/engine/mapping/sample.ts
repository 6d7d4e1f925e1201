/** The first records of a file, cut the way an import with a mapping would cut them. */
import { AppError } from '../../common/errors'
import type { JsonValue } from '../../common/json'
import { eachMember } from '../evidence/eachMember'
import { csvView, delimiters } from '../formats/generic'
import { parsePath } from '../formats/generic/path'
import type { View } from '../formats/generic/place'
import { quoteLongIntegers } from '../formats/spans/exact'
import type { JsonLayout } from '../formats/types'
import { peek } from '../import/containers/member'
import { csvHead } from '../import/detect'
import { CsvFramer } from '../import/framing/csv'
import { JsonFramer } from '../import/framing/json'
import { MemberText } from '../import/utf'
import { arraysIn, type FoundArray } from './arrays'

export interface SampledRecord {
  readonly line: number
  readonly view: View
}

export interface Sample {
  readonly carrier: 'csv' | 'json'
  readonly member: string | null
  readonly delimiter: string | null
  readonly header: readonly string[]
  readonly recordsPath: string | null
  readonly records: readonly SampledRecord[]
  readonly truncated: boolean
}

const sampleBytes = 4 * 2 ** 20

/** Errors: `input.refused` where no member is CSV with a header or JSON; `io.*`. */
export async function readSample(path: string, wanted: number, signal?: AbortSignal): Promise<Sample> {
  let sample: Sample | undefined
  await eachMember(path, signal, async (member, stop) => {
    const { head, complete } = await peek(new MemberText(member.chunks).chunks(), sampleBytes)
    sample = sampleOf(head, complete, member.name, wanted)
    if (sample !== undefined) stop()
  })
  if (sample === undefined)
    throw new AppError(
      'input.refused',
      'This is neither JSON nor CSV with a header of at least two columns; only these can be mapped.',
    )
  return sample
}

export function sampleOf(head: Buffer, complete: boolean, member: string | null, wanted: number): Sample | undefined {
  const text = head.toString('utf8')
  if (/^[\s\uFEFF]*[{[]/.test(text)) return jsonSample(head, text, complete, member, wanted)
  return csvSample(head, text, complete, member, wanted)
}

function csvSample(
  head: Buffer,
  text: string,
  complete: boolean,
  member: string | null,
  wanted: number,
): Sample | undefined {
  const [best] = delimiters
    .map((delimiter) => {
      const [first = [], second] = csvHead(text, delimiter)
      const fits = first.length > 1 && (second === undefined || second.length === first.length)
      return { delimiter, columns: fits ? first.length : 0 }
    })
    .sort((a, b) => b.columns - a.columns)
  if (best === undefined || best.columns < 2) return undefined
  let header: readonly string[] | undefined
  const records: SampledRecord[] = []
  let more = !complete
  const framer = new CsvFramer({
    delimiter: best.delimiter,
    onFault() {},
    onRecord({ fields, line }) {
      if (header === undefined) header = fields.map((name) => name.trim())
      else if (records.length < wanted) records.push({ line, view: csvView(header, fields) })
      else more = true
    },
  })
  framer.push(head)
  if (complete) framer.end()
  if (header === undefined || header.every((name) => name === '')) return undefined
  return {
    carrier: 'csv',
    member,
    delimiter: best.delimiter,
    header: [...new Set(header.filter((name) => name !== ''))],
    recordsPath: null,
    records,
    truncated: more,
  }
}

function jsonSample(
  head: Buffer,
  text: string,
  complete: boolean,
  member: string | null,
  wanted: number,
): Sample | undefined {
  const documents = cut(head, complete, undefined, wanted)
  const base = { carrier: 'json', member, delimiter: null, header: [] } as const
  const array = documents.records.length > 1 ? undefined : recordsArray(text, documents.records[0])
  if (array !== undefined) {
    const inner = cut(head, complete, array.path, wanted)
    if (inner.records.length > 0) return { ...base, recordsPath: array.path, ...inner }
  }
  return documents.records.length === 0 ? undefined : { ...base, recordsPath: null, ...documents }
}

/** An array of one document that looks like its records: of several objects, or the only one at the top. */
function recordsArray(text: string, document: SampledRecord | undefined): FoundArray | undefined {
  const arrays = arraysIn(text)
  const [most] = arrays
  if (most === undefined) return undefined
  const hasOwnTime = document !== undefined && topTexts(document.view.value).some((value) => timeLike.test(value))
  if (hasOwnTime && most.elements < 20) return undefined
  return most.elements > 1 || (arrays.length === 1 && most.depth <= 2) ? most : undefined
}

const timeLike = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}|^1[0-9]{9}(?:\d{3}){0,3}$/

function topTexts(value: JsonValue | undefined): string[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap((item) =>
    typeof item === 'string' || typeof item === 'number' ? [String(item)] : [],
  )
}

function cut(
  head: Buffer,
  complete: boolean,
  recordsPath: string | undefined,
  wanted: number,
): { readonly records: readonly SampledRecord[]; readonly truncated: boolean } {
  const layouts = recordsPath === undefined ? [] : [layoutOf(recordsPath)]
  const records: SampledRecord[] = []
  let more = !complete
  const framer = new JsonFramer({
    layouts,
    lineMode: false,
    onFault() {},
    onRecord(frame) {
      if (recordsPath !== undefined && frame.layout === undefined) return
      if (records.length >= wanted) {
        more = true
        return
      }
      try {
        // Long integers as text, so that the sample shows each of their digits.
        const value: JsonValue = JSON.parse(quoteLongIntegers(frame.bytes.toString('utf8')))
        records.push({ line: frame.line, view: { value } })
      } catch {
        // A broken record shows in the trial, with its line.
      }
    },
  })
  framer.push(head)
  if (complete) framer.end()
  return { records, truncated: more }
}

function layoutOf(recordsPath: string): JsonLayout {
  const path = parsePath(recordsPath)
  const steps = 'problem' in path ? [] : path.steps
  return { id: 'sample', records: [...steps, '*'], context: [] }
}
