/** Tries a mapping on a file without a case: what an import would make of its records, and why not. */
import { formatShortest, utcClock } from '../../common/time'
import type { MappingTrial } from '../../contract/mapping'
import type { MappingFile } from '../../contract/mappingFile'
import type { Row } from '../../contract/shared'
import type { AccessEventRow } from '../db/rows'
import { eachMember } from '../evidence/eachMember'
import { csvView, delimiters, mappingFormats } from '../formats/generic'
import { compileMapping } from '../formats/generic/compile'
import type { Mapped } from '../formats/generic/row'
import type { RecordAt } from '../formats/types'
import { peek } from '../import/containers/member'
import { parseMember } from '../import/parseMember'
import type { MemberSink } from '../import/recordSink'

export interface TrialOptions {
  readonly records: number
  readonly rows: number
  readonly signal?: AbortSignal
}

const listedFailures = 100
const listedMisfits = 100

/** Errors: `usage` where the mapping itself is at fault, `io.*`, `cancelled`. */
export async function tryMapping(path: string, mapping: MappingFile, options: TrialOptions): Promise<MappingTrial> {
  const rows: { line: number; row: Row }[] = []
  const failures: MappingTrial['failures'] = []
  const misfits = new Map<string, { column: string; reason: string; count: number; line: number }>()
  let records = 0
  let mapped = 0
  let failed = 0
  let truncated = false

  const fail = (member: string | null, line: number, reason: string) => {
    records++
    failed++
    if (failures.length < listedFailures) failures.push({ member, line, reason: reason.toWellFormed() })
  }
  const listener = (at: RecordAt, result: Mapped) => {
    if (!('row' in result)) return
    if (rows.length < options.rows) rows.push({ line: at.line, row: asRow(result.row) })
    for (const { column, reason } of result.misfits) {
      const key = `${column}\0${reason}`
      const known = misfits.get(key)
      if (known !== undefined) known.count++
      else if (misfits.size < listedMisfits)
        misfits.set(key, { column, reason: reason.toWellFormed(), count: 1, line: at.line })
    }
  }
  const formats = mappingFormats(mapping, listener)
  await eachMember(
    path,
    options.signal,
    async (member, stop) => {
      const { head, rest } = await peek(member.chunks, 64 * 1024)
      const { refusal } = await parseMember(
        { name: member.name, chunks: rest },
        {
          formats,
          sink: countingSink({
            kept: () => {
              records++
              mapped++
            },
            rejected: (line, reason) => fail(member.name, line, reason),
          }),
          limits: new Set(),
          sessionOptions: () => ({ wallClock: utcClock, memberName: member.name ?? '' }),
          formatSeen() {},
        },
        async () => {
          await new Promise<void>((resolve) => setImmediate(resolve))
          options.signal?.throwIfAborted()
          if (records < options.records) return
          truncated = true
          stop()
        },
      )
      if (refusal !== undefined) fail(member.name, 1, whyNot(mapping, head.toString('utf8'), refusal))
    },
    (member, reason) => fail(member, 0, reason),
  )
  return { records, mapped, failed, truncated, rows, failures, misfits: [...misfits.values()] }
}

function countingSink(count: { kept(): void; rejected(line: number, reason: string): void }): MemberSink {
  let next = 0
  return {
    nextRecordNo: () => next++,
    emit: () => count.kept(),
    skip: () => count.kept(),
    reject: ({ line }, reason) => count.rejected(line, reason),
    foreign: ({ line, reason }) => count.rejected(line, reason),
    end() {},
    accounted: 0,
  }
}

/** A row as it travels: times as text, 64-bit numbers as text. */
export function asRow(row: AccessEventRow): Row {
  const { ts, ts_end, ...rest } = row
  const cells: [string, Row[string]][] = []
  if (ts !== undefined) cells.push(['ts', formatShortest(ts)])
  if (ts_end !== undefined) cells.push(['ts_end', formatShortest(ts_end)])
  for (const [name, value] of Object.entries(rest)) {
    if (value === undefined) continue
    const json: Row[string] = JSON.parse(
      JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item)),
    )
    cells.push([name, json])
  }
  return Object.fromEntries(cells)
}

function whyNot(mapping: MappingFile, text: string, refusal: string): string {
  const { header } = compileMapping(mapping)
  const missing = missingColumns(header, text)
  // Where no column is there at all, the file is of another kind altogether.
  if (missing.length === 0 || missing.length === header.length) return `the mapping does not fit: ${refusal}`
  return `the header has no column ${missing.map((name) => `“${name}”`).join(', ')}`
}

/** Columns that the mapping needs and the header of a CSV file lacks, by the delimiter that comes nearest. */
function missingColumns(header: readonly string[], text: string): string[] {
  const first = text.split('\n', 1)[0] ?? ''
  const lacks = delimiters.map((delimiter) => {
    const names = first.split(delimiter).map((name) => name.trim().replace(/^"|"$/g, ''))
    const view = csvView(names, names)
    return header.filter((name) => view.cell?.(name) === undefined)
  })
  return lacks.sort((a, b) => a.length - b.length)[0] ?? []
}
