/** Compares rows with the documents that another party's parser makes of the same records, where both state a value. */
import { readFileSync } from 'node:fs'
import { at, type JsonValue, list, text } from '../../../../../src/common/json'
import type { AccessEventRow } from '../../../../../src/engine/db/rows'
import type { Format } from '../../../../../src/engine/formats/types'
import { type Driven, driveJson, recordsOf } from '../../../../support/formatDriver'
import { sharedData } from '../../../../support/sharedData'

export interface Difference {
  readonly file: string
  readonly record: number
  readonly column: string
  readonly ours: string
  readonly theirs: string
}

export interface Comparison {
  readonly compared: number
  readonly differences: readonly Difference[]
}

/** Drives a file of third-party data through the formats that claim its records. */
export function driveShared(formats: readonly Format[], ...path: string[]): Driven[] {
  const found = readFileSync(sharedData(...path), 'utf8')
  const first = formats[0]
  if (first === undefined) throw new Error('no format')
  return recordsOf(first, found).map((value) => driveJson(claiming(formats, value), [value]))
}

export function claiming(formats: readonly Format[], value: JsonValue): Format {
  const scored = formats.map((format) => ({ format, score: format.json?.match(value, undefined) ?? 0 }))
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a))
  if (best.score < 0.5) throw new Error(`no format claims ${JSON.stringify(value).slice(0, 200)}`)
  return best.format
}

export function eventsOf(driven: readonly Driven[]): AccessEventRow[] {
  return driven.flatMap(({ events }) => events)
}

/** An unknown outcome states nothing. */
const groups: Readonly<Record<AccessEventRow['outcome'], string | undefined>> = {
  success: 'success',
  denied: 'failure',
  auth_failed: 'failure',
  throttled: 'failure',
  failed: 'failure',
  interrupted: 'interrupted',
  unknown: undefined,
}

type Pair = readonly [column: string, ours: string | undefined, theirs: string | undefined]

function pairs(row: AccessEventRow, document: JsonValue | undefined): readonly Pair[] {
  const say = (...path: string[]) => text(at(document, ...path))
  const address = say('source', 'ip')
  return [
    ['outcome', groups[row.outcome], say('event', 'outcome')],
    ['action', row.action, say('event', 'action')],
    ['source_event_id', row.source_event_id, say('event', 'id')],
    ['actor_id', row.actor_id, say('user', 'id')],
    ['actor_name', row.actor_name, say('user', 'full_name')],
    ['actor_email', row.actor_email, mailOf(document)],
    ['src_ip', row.src_ip, address],
    ['src_port', row.src_port?.toString(), say('source', 'port')],
    ['user_agent', row.user_agent, say('user_agent', 'original')],
    ['resource', urlOf(row), say('url', 'original')],
    ['correlation_ids', correlationOf(row, say('azure', 'correlation_id')), say('azure', 'correlation_id')],
    ['actor_tenant', row.source === 'azure_activity' ? undefined : row.actor_tenant, say('azure', 'tenant_id')],
  ]
}

function mailOf(document: JsonValue | undefined): string | undefined {
  const name = text(at(document, 'user', 'name'))
  const domain = text(at(document, 'user', 'domain'))
  return name === undefined || domain === undefined ? undefined : `${name}@${domain}`.toLowerCase()
}

/** The id that is asked for where the row has it, else the row's first. */
function correlationOf(row: AccessEventRow, wanted: string | undefined): string | undefined {
  const values = row.correlation_ids?.map(({ value }) => value) ?? []
  return values.find((value) => value === wanted) ?? values[0]
}

function urlOf(row: AccessEventRow): string | undefined {
  return /^m365:[a-z]+\/(https?:.*)$/s.exec(row.resource_key ?? '')?.[1]
}

/** `expected` is the file that stands beside the records, in their order. */
export function compare(file: string, events: readonly AccessEventRow[], ...expected: string[]): Comparison {
  const documents = list(at(JSON.parse(readFileSync(sharedData(...expected), 'utf8')), 'expected'))
  if (documents.length !== events.length)
    throw new Error(`${file}: ${events.length} rows, ${documents.length} expected`)
  const differences: Difference[] = []
  let compared = 0
  events.forEach((row, record) => {
    for (const [column, ours, theirs] of pairs(row, documents[record])) {
      if (ours === undefined || theirs === undefined || theirs === '') continue
      compared++
      if (ours !== theirs) differences.push({ file, record, column, ours, theirs })
    }
  })
  return { compared, differences }
}
