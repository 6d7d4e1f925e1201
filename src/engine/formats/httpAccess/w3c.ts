/**
 * W3C extended logs: `#Fields:` names the columns. IIS writes blanks between them and `+` for a blank inside, lengths of
 * time in milliseconds; CloudFront writes tabs, URL-encodes, and counts seconds. Times are UTC in both.
 */
import { utcClock } from '../../../common/time'
import { httpStatus } from '../shared/outcome'
import { amznTrace, type HeaderTrace, plainTrace, traceparent } from '../shared/traceHeaders'
import { countOf, type HttpRequest, stated, type Verdict } from './request'
import { durationUs, logInstant } from './times'

export interface W3cColumns {
  readonly position: ReadonlyMap<string, number>
  readonly count: number
  readonly flavour: 'iis' | 'cloudfront' | 'other'
}

/** Columns by the directive's text, or undefined where it is no `#Fields:` of HTTP requests. */
export function w3cColumns(line: string): W3cColumns | undefined {
  const list = /^#Fields:\s+(.{1,10000})$/.exec(line)?.[1]
  if (list === undefined) return undefined
  const names = list.trim().split(/\s+/).map(columnName)
  const has = (name: string) => names.includes(name)
  if (!has('cs-method') && !has('cs-uri-stem') && !has('cs-uri')) return undefined
  if (!has('sc-status') && !has('c-ip')) return undefined
  const position = new Map<string, number>()
  names.forEach((name, index) => {
    if (!position.has(name)) position.set(name, index)
  })
  const edge = has('x-edge-location') || has('x-edge-request-id')
  const iis = has('sc-win32-status') || has('s-sitename') || has('sc-substatus')
  return { position, count: names.length, flavour: edge ? 'cloudfront' : iis ? 'iis' : 'other' }
}

/** `cs(User-Agent)` is a header of the request; operators add `X-Forwarded-For` under its bare name. */
function columnName(name: string): string {
  return name.toLowerCase().replace(/^cs\((.+)\)$/, '$1')
}

export function w3cRequest(columns: W3cColumns, line: string): HttpRequest | string {
  const tabs = line.includes('\t')
  const values = line.split(tabs ? '\t' : ' ')
  if (values.length !== columns.count)
    return `The line has ${values.length} values; the columns named in #Fields are ${columns.count}.`
  const { flavour } = columns
  const plain = (...names: readonly string[]) => {
    for (const name of names) {
      const value = stated(values[columns.position.get(name) ?? -1])
      if (value !== undefined) return value
    }
    return undefined
  }
  const text = (...names: readonly string[]) => decoded(plain(...names), flavour)
  const date = plain('date')
  const clock = plain('time')
  const status = httpStatus(plain('sc-status'))
  return {
    time: date === undefined || clock === undefined ? undefined : logInstant(`${date}T${clock}Z`, utcClock),
    timeKind: 'end',
    durationUs:
      flavour === 'other' ? fractional(plain('time-taken')) : durationUs(plain('time-taken'), unitOf(flavour)),
    client: plain('c-ip'),
    clientPort: portOf(plain('c-port')),
    forwarded: text('x-forwarded-for'),
    user: text('cs-username'),
    method: plain('cs-method')?.toUpperCase(),
    target: plain('cs-uri-stem', 'cs-uri'),
    host: plain('x-host-header', 'cs-host', 'host'),
    service: plain('s-sitename'),
    status,
    bytesIn: countOf(plain('cs-bytes')),
    bytesOut: countOf(plain('sc-bytes')),
    userAgent: text('user-agent', 'c-useragent', 'cs-user-agent'),
    requestId: plain('x-edge-request-id', 'x-request-id', 'request-id'),
    trace: traceOf(plain('traceparent'), plain('x-amzn-trace-id'), plain('x-b3-traceid')),
    verdict: flavour === 'cloudfront' ? edgeVerdict(plain) : iisVerdict(status, plain('sc-substatus')),
    columns: flavour === 'cloudfront' ? { source_event_id: plain('x-edge-request-id') } : {},
  }
}

function unitOf(flavour: 'iis' | 'cloudfront'): 's' | 'ms' {
  return flavour === 'iis' ? 'ms' : 's'
}

/** Only a fraction shows that seconds are meant. */
function fractional(value: string | undefined): bigint | undefined {
  return value?.includes('.') === true ? durationUs(value, 's') : undefined
}

function decoded(value: string | undefined, flavour: W3cColumns['flavour']): string | undefined {
  if (value === undefined) return undefined
  if (flavour !== 'cloudfront') return value.replaceAll('+', ' ')
  try {
    const once = decodeURIComponent(value)
    // The edge encodes what the client may have encoded already.
    return /%[0-9A-F]{2}/.test(once) && /%25/.test(value) ? decodeURIComponent(once) : once
  } catch {
    return value
  }
}

function portOf(value: string | undefined): number | undefined {
  const port = value !== undefined && /^\d{1,5}$/.test(value) ? Number(value) : 0
  return port > 0 && port <= 65_535 ? port : undefined
}

function traceOf(parent?: string, amazon?: string, b3?: string): HeaderTrace | undefined {
  return (
    (parent === undefined ? undefined : traceparent(parent)) ??
    (amazon === undefined ? undefined : amznTrace(amazon)) ??
    (b3 === undefined ? undefined : plainTrace(b3, undefined, 'b3'))
  )
}

function edgeVerdict(plain: (...names: string[]) => string | undefined): Verdict | undefined {
  const result = plain('x-edge-result-type')
  const detailed = plain('x-edge-detailed-result-type')
  const reason: Verdict = { outcome_reason: detailed ?? result }
  if (result === 'LimitExceeded' || result === 'CapacityExceeded')
    return { ...reason, outcome: 'throttled', policy_type: 'proxy', policy_effect: 'quota' }
  if (detailed === 'ClientGeoBlocked')
    return { ...reason, outcome: 'denied', policy_type: 'geo_restriction', policy_effect: 'explicit_deny' }
  return result === 'Error' ? reason : undefined
}

/** What request filtering refuses is answered as if it were not there. */
const filtered: ReadonlySet<string> = new Set(['5', '6', '7', '8', '9', '11', '12', '18', '19'])

function iisVerdict(status: number | undefined, substatus: string | undefined): Verdict | undefined {
  if (status === undefined || substatus === undefined || substatus === '0' || !/^\d{1,4}$/.test(substatus)) return
  const code: Verdict = { outcome_code: `${status}.${substatus}` }
  if (status === 404 && filtered.has(substatus))
    return { ...code, outcome: 'denied', policy_type: 'request_filtering', policy_effect: 'explicit_deny' }
  // Signed in, but the resource's own access list refused.
  if (status === 401 && substatus === '3')
    return { ...code, outcome: 'denied', policy_type: 'acl', policy_effect: 'implicit_deny' }
  if (status === 403 && (substatus === '501' || substatus === '502'))
    return { ...code, outcome: 'throttled', policy_type: 'ip_restriction', policy_effect: 'quota' }
  return code
}
