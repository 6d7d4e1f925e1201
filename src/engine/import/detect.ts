/** What a member is, judged by its first bytes: never by its name. */
import { isUtf8 } from 'node:buffer'
import type { BinaryReader, CsvReader, Format, TextReader } from '../formats/types'
import { splitCsv } from './framing/csv'

export type Detected =
  | { readonly carrier: 'json'; readonly lineMode: boolean }
  | { readonly carrier: 'csv'; readonly format: Format; readonly reader: CsvReader; readonly header: boolean }
  | {
      readonly carrier: 'text'
      readonly format: Format
      readonly reader: TextReader
      readonly sample: readonly string[]
    }
  | { readonly carrier: 'binary'; readonly format: Format; readonly reader: BinaryReader }
  | { readonly carrier: 'empty' }
  | { readonly carrier: 'unknown'; readonly why: string }

export const sniffBytes = 256 * 1024
/** A reader is taken from this score on. */
export const matchScore = 0.5
const sampleLines = 200
const sampleBytes = 64 * 1024

export function detect(head: Buffer, complete: boolean, formats: readonly Format[]): Detected {
  if (head.length === 0) return { carrier: 'empty' }
  const binary = looksBinary(head)
  const found = binary ? detectBinary(head, complete, formats) : undefined
  if (found !== undefined) return found
  const text = head.toString('utf8')
  if (text.trim() === '') return { carrier: 'empty' }
  const lines = text.slice(0, sampleBytes).split('\n')
  if (!complete && lines.length > 1) lines.pop()
  const sample = lines.slice(0, sampleLines).map((line) => line.replace(/\r$/, ''))
  const hasJson = formats.some((format) => format.json !== undefined)
  if (hasJson && !isMostlyBinary(head) && looksJson(text)) return { carrier: 'json', lineMode: isLinewise(sample) }

  const heads = new Map<string, ReturnType<typeof csvHead>>()
  const csv = pick(
    formats.flatMap((format) => {
      if (format.csv === undefined) return []
      const { delimiter = ',' } = format.csv
      const [first, second] = heads.get(delimiter) ?? csvHead(text, delimiter)
      heads.set(delimiter, [first, second])
      if (first === undefined) return []
      const { score, header } = format.csv.match(first, second)
      return [{ format, reader: format.csv, header, score }]
    }),
  )
  if (csv !== undefined && csv.score >= matchScore)
    return { carrier: 'csv', format: csv.format, reader: csv.reader, header: csv.header }

  const plain = pick(
    formats.flatMap((format) =>
      format.text === undefined ? [] : [{ format, reader: format.text, score: format.text.match(sample) }],
    ),
  )
  if (plain !== undefined && plain.score >= matchScore)
    return { carrier: 'text', format: plain.format, reader: plain.reader, sample }

  if (hasJson && sample.some((line) => line.startsWith('{') && parses(line))) return { carrier: 'json', lineMode: true }
  return { carrier: 'unknown', why: guess(binary, sample, [csv, plain]) }
}

/** A binary format, whatever text the bytes would be; undefined where they are of none. */
export function detectBinary(
  head: Buffer,
  complete: boolean,
  formats: readonly Format[],
): Extract<Detected, { carrier: 'binary' }> | undefined {
  const best = pick(
    formats.flatMap((format) =>
      (format.binary ?? []).map((reader) => ({ format, reader, score: reader.match(head, complete) })),
    ),
  )
  if (best === undefined || best.score < matchScore) return undefined
  return { carrier: 'binary', format: best.format, reader: best.reader }
}

function pick<T extends { readonly score: number }>(candidates: readonly T[]): T | undefined {
  let best: T | undefined
  for (const candidate of candidates)
    if (candidate.score > 0 && (best === undefined || candidate.score > best.score)) best = candidate
  return best
}

function looksBinary(head: Buffer): boolean {
  const part = head.subarray(0, 8192)
  for (const byte of part) if (byte < 0x09 || (byte > 0x0d && byte < 0x1b) || (byte > 0x1b && byte < 0x20)) return true
  for (let cut = 0; cut < 4; cut++) if (isUtf8(part.subarray(0, part.length - cut))) return false
  return true
}

/** More than one control byte in a hundred: no text with a few broken bytes in it. */
function isMostlyBinary(head: Buffer): boolean {
  const part = head.subarray(0, 8192)
  let controls = 0
  for (const byte of part) if (byte < 0x09 || (byte > 0x0d && byte < 0x20 && byte !== 0x1b)) controls++
  return controls * 100 > part.length
}

/** An object, or an array of objects, arrays or texts. */
function looksJson(text: string): boolean {
  const start = text.search(/[^\s\uFEFF]/)
  if (text[start] === '{') return true
  if (text[start] !== '[') return false
  const next = text.slice(start + 1).search(/\S/)
  return next === -1 || '{["]'.includes(text[start + 1 + next] ?? '')
}

/** Most of the first lines, or most of all that are at hand, are whole objects: a log may begin with broken ones. */
function isLinewise(sample: readonly string[]): boolean {
  const filled = sample.filter((line) => line.trim() !== '')
  const mostlyWhole = (lines: readonly string[]) =>
    lines.filter((line) => line.startsWith('{') && parses(line)).length > lines.length / 2
  return filled.length > 1 && (mostlyWhole(filled.slice(0, 9)) || mostlyWhole(filled))
}

function parses(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object'
  } catch {
    return false
  }
}

/** The first two CSV records of the head, joined over line ends inside quotes. */
export function csvHead(text: string, delimiter: string): [string[] | undefined, string[] | undefined] {
  const records: string[][] = []
  let start = 0
  let quoted = false
  for (let at = 0; at < text.length && records.length < 2; at++) {
    if (text[at] === '"') quoted = !quoted
    else if (text[at] === '\n' && !quoted) {
      const record = text.slice(start, at).replace(/\r$/, '')
      if (record !== '') records.push(splitCsv(record, delimiter))
      start = at + 1
    }
  }
  if (records.length < 2 && start < text.length && !quoted) records.push(splitCsv(text.slice(start), delimiter))
  return [records[0], records[1]]
}

function guess(
  binary: boolean,
  sample: readonly string[],
  scored: readonly ({ format: Format; score: number } | undefined)[],
): string {
  const closest = scored.filter((item) => item !== undefined).sort((a, b) => b.score - a.score)[0]
  const near = closest === undefined ? '' : `; closest is ${closest.format.title}, but too little of it fits`
  if (binary) return `it is binary data of no known format${near}`
  const first = sample.find((line) => line.trim() !== '') ?? ''
  const columns = splitCsv(first).length
  const shape =
    columns > 3
      ? `it looks like CSV with ${columns} columns`
      : `it looks like plain text that begins with “${first.slice(0, 60)}”`
  return `${shape}; no known format matches${near}`
}
