/**
 * Lines of the plain log that an envelope carries in JSON: log entries of managed services, messages of a log group, log
 * lines of a container. The envelope adds labels and a time.
 */
import { get, isObject, type JsonValue, list, text, textAt } from '../../../common/json'
import { parseInstant } from '../../../common/time'
import type { InnerRecord, JsonContext } from '../types'
import type { EnvelopeFacts } from './plainLine'

export interface WrappedLine {
  readonly kind: 'cloudsql' | 'azure' | 'line'
  readonly line: string
  readonly facts: EnvelopeFacts
}

/** Keys under which collectors put a line as it was written. */
const lineKeys = ['log', 'message', '@message', '_raw', 'msg'] as const

export function wrappedLine(value: JsonValue, context: JsonContext = {}): WrappedLine | undefined {
  if (!isObject(value)) return undefined
  return cloudSqlLine(value) ?? azureLine(value) ?? collectedLine(value, context)
}

function cloudSqlLine(value: JsonValue): WrappedLine | undefined {
  const line = get(value, 'textPayload')
  if (typeof line !== 'string' || textAt(value, 'resource', 'type') !== 'cloudsql_database') return undefined
  if (!/postgres/.test(textAt(value, 'logName')?.slice(-200) ?? '')) return undefined
  const cluster = textAt(value, 'resource', 'labels', 'database_id')
  return { kind: 'cloudsql', line, facts: { ...serverTime(textAt(value, 'timestamp')), cluster, server: cluster } }
}

/**
 * A diagnostic log of Azure Database for PostgreSQL. The flexible server has the whole line in `message`; the single
 * server has its prefix and severity beside it.
 */
function azureLine(value: JsonValue): WrappedLine | undefined {
  const resource = textAt(value, 'resourceId') ?? textAt(value, 'ResourceId') ?? textAt(value, '_ResourceId')
  const category = textAt(value, 'category') ?? textAt(value, 'Category')
  const match = /\/microsoft\.dbforpostgresql\/(?:flexibleservers|servers|servergroupsv2)\/([^/]{1,100})/i.exec(
    resource?.slice(0, 2_000) ?? '',
  )
  if (match === null || category?.toLowerCase() !== 'postgresqllogs') return undefined
  const properties = get(value, 'properties')
  const message = text(get(properties, 'message')) ?? text(get(value, 'Message'))
  if (message === undefined) return undefined
  const prefix = text(get(properties, 'prefix'))
  const severity = textAt(properties, 'errorLevel')
  const line = prefix === undefined || severity === undefined ? message : `${prefix}${severity}:  ${message}`
  const cluster = match[1]?.toLowerCase()
  const seen = parseInstant(textAt(value, 'time') ?? textAt(value, 'TimeGenerated') ?? '')
  return {
    kind: 'azure',
    line,
    facts: { ...serverTime(textAt(properties, 'timestamp')), seen, cluster, server: cluster },
  }
}

/** A time that the server itself stated: it counts before the one in the line, which is often cut to seconds. */
function serverTime(value: string | undefined): Pick<EnvelopeFacts, 'timeUs' | 'precision'> {
  const time = parseInstant(value ?? '')
  return time === undefined ? {} : { timeUs: time.us, precision: time.precision }
}

function collectedLine(value: JsonValue, context: JsonContext): WrappedLine | undefined {
  for (const key of lineKeys) {
    const line = get(value, key)
    if (typeof line !== 'string' || line === '') continue
    const group = textAt(context, 'logGroup') ?? textAt(value, 'logGroup')
    const cluster =
      group === undefined ? undefined : /^\/aws\/rds\/(?:instance|cluster)\/([\w-]{1,100})\//.exec(group)?.[1]
    const server = textAt(value, 'kubernetes', 'pod_name') ?? textAt(value, 'logStreamName') ?? cluster
    return { kind: 'line', line: line.replace(/\r?\n$/, ''), facts: { seen: seenTime(value), cluster, server } }
  }
  return undefined
}

/** When the collector saw the line: RFC 3339, or milliseconds since 1970 as log groups have it. */
function seenTime(value: JsonValue): EnvelopeFacts['seen'] {
  for (const key of ['time', 'timestamp', '@timestamp']) {
    const written = textAt(value, key)
    if (written === undefined) continue
    if (/^\d{13}$/.test(written)) return { us: BigInt(written) * 1000n, precision: 'ms' }
    const time = parseInstant(written)
    if (time !== undefined) return time
  }
  return undefined
}

/** Cheap test before templates are tried: a severity and a colon, near enough to the beginning for a prefix. */
export function mayBeEntry(line: string): boolean {
  return /(?:LOG|ERROR|FATAL|PANIC|WARNING|NOTICE|INFO|DETAIL|HINT|STATEMENT|CONTEXT|QUERY|DEBUG[1-5]?):(?: |$)/.test(
    line.slice(0, 640),
  )
}

/** A record of another rendering as text in an envelope (container logs), or the messages of a log group. */
export function unwrapped(value: JsonValue, isOurs: (item: JsonValue) => boolean): readonly InnerRecord[] | undefined {
  if (!isObject(value)) return undefined
  for (const key of lineKeys) {
    const line = get(value, key)
    if (typeof line === 'string' && isRecordText(line)) return [{ text: line }]
  }
  for (const key of ['logEvents', 'events', 'records']) {
    const items = list(get(value, key))
    if (items.length > 0 && items.some(isOurs))
      return items.map((item, index) => ({ path: [key, String(index)], value: item }))
  }
  return undefined
}

function isRecordText(line: string): boolean {
  return line.startsWith('{') && line.includes('"error_severity"') && /"(?:log_time|timestamp)"/.test(line)
}
