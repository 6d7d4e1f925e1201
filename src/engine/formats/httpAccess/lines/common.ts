/**
 * The common and combined log formats of Apache, NGINX, Traefik and many others: optional virtual host, client, ident,
 * user, time, request, status, size, then referer and agent, then whatever the operator added.
 */

import { canonicalIp } from '../../shared/address'
import { httpStatus } from '../../shared/outcome'
import { anyTraceHeader, type HeaderTrace, plainTrace } from '../../shared/traceHeaders'
import { countOf, type HttpRequest, stated } from '../request'
import { requestLine } from '../target'
import { durationUs, logInstant } from '../times'
import { type Token, tokens } from '../tokens'
import type { LineOptions } from './dialect'

/** The time in brackets, before the quoted request: what all of these have and little else has. */
const stamp =
  / \[(\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:\d\d:\d\d:\d\d[^\]]{0,20}|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[^\]]{0,20})\] (?=")/

export function commonLine(line: string, { wallClock }: LineOptions): HttpRequest | undefined {
  const time = stamp.exec(line.slice(0, 2_000))
  if (time === null) return undefined
  const head = headOf(line.slice(0, time.index))
  const rest = tokens(line, time.index + time[0].length)
  if (head === undefined || rest === undefined) return undefined
  const [request, status, size, ...more] = rest
  if (request?.kind !== 'quoted' || !/^(?:\d{3}|-)$/.test(status?.text ?? '')) return undefined
  if (size === undefined || !/^(?:\d{1,18}|-)$/.test(size.text)) return undefined
  const combined = more[0]?.kind === 'quoted' && more[1]?.kind === 'quoted'
  const extras = extrasOf(combined ? more.slice(2) : more)
  return {
    time: logInstant(time[1] ?? '', wallClock),
    // Apache writes when the request came, NGINX when it was answered; the line does not say whose it is.
    timeKind: extras.timeKind ?? 'logged',
    ...head,
    ...requestLine(request.text),
    status: httpStatus(status?.text),
    bytesOut: countOf(size.text),
    userAgent: combined ? more[1]?.text : undefined,
    ...extras.request,
  }
}

/** `client ident user`, `vhost client ident user`, or forwarded addresses in the client's place. User names may hold blanks. */
function headOf(text: string): Pick<HttpRequest, 'client' | 'user' | 'host' | 'forwarded'> | undefined {
  const words = text.split(' ')
  const hops: string[] = []
  while (words[0]?.endsWith(',') === true) hops.push(words.shift()?.slice(0, -1) ?? '')
  const named = words.length > 3 && !isAddress(words[0]) && (isAddress(words[1]) || /:\d{1,5}$/.test(words[0] ?? ''))
  const host = named ? words.shift() : undefined
  const [client, ident, ...user] = words
  if (client === undefined || client === '' || ident === undefined || user.length === 0) return undefined
  return {
    client,
    user: user.join(' '),
    ...(host === undefined ? {} : { host }),
    ...(hops.length === 0 ? {} : { forwarded: hops.join(', ') }),
  }
}

function isAddress(word: string | undefined): boolean {
  return word !== undefined && canonicalIp(word) !== undefined
}

interface Extras {
  readonly timeKind?: HttpRequest['timeKind']
  readonly request: Partial<HttpRequest>
}

/** What stands behind the agent, known by its form; a bare whole number has no unit and is left alone. */
function extrasOf(extra: readonly Token[]): Extras {
  return ingressExtras(extra) ?? { request: Object.assign({}, ...extra.map(extraOf).reverse()) }
}

/** The Kubernetes ingress controller of NGINX: length, time, [upstream] [alternative] address length time status id. */
function ingressExtras(extra: readonly Token[]): Extras | undefined {
  const [length, seconds, upstream, alternative] = extra
  if (upstream?.kind !== 'bracketed' || alternative?.kind !== 'bracketed') return undefined
  const duration = durationUs(seconds?.text, 's')
  if (duration === undefined || length === undefined) return undefined
  return {
    timeKind: 'end',
    request: {
      bytesIn: countOf(length.text),
      durationUs: duration,
      service: stated(upstream.text),
      requestId: requestId(extra.at(-1)?.text ?? ''),
    },
  }
}

function extraOf({ kind, text }: Token): Partial<HttpRequest> {
  const milliseconds = /^(\d{1,12})ms$/.exec(text)?.[1]
  if (milliseconds !== undefined) return { durationUs: durationUs(milliseconds, 'ms') }
  if (kind === 'word' && /^\d{1,7}\.\d{3,6}$/.test(text)) return { durationUs: durationUs(text, 's') }
  const named = /^"?([A-Za-z_-]{2,24})[=:]"?([^"]{1,500})"?$/.exec(text)
  if (named !== null) return namedExtra((named[1] ?? '').toLowerCase().replaceAll('-', '_'), named[2] ?? '', text)
  if (kind === 'quoted' && isForwarded(text)) return { forwarded: text }
  return idExtra(text)
}

/** `rt=0.012 request_id=… traceparent=…`, as operators label what they add. */
function namedExtra(name: string, value: string, text: string): Partial<HttpRequest> {
  switch (name) {
    case 'rt':
    case 'request_time':
      return { durationUs: durationUs(value, 's') }
    case 'xff':
    case 'x_forwarded_for':
      return isForwarded(value) ? { forwarded: value } : {}
    case 'host':
    case 'vhost':
      return { host: value }
    case 'rid':
    case 'reqid':
    case 'request_id':
    case 'x_request_id':
      return { requestId: value }
    case 'trace_id':
    case 'traceid':
      return traced(plainTrace(value, undefined, 'trace_id'))
    default:
      return traced(anyTraceHeader(value) ?? anyTraceHeader(text))
  }
}

function idExtra(text: string): Partial<HttpRequest> {
  const trace = anyTraceHeader(text)
  if (trace !== undefined) return { trace }
  const id = requestId(text)
  return id === undefined ? {} : { requestId: id }
}

const traced = (trace: HeaderTrace | undefined): Partial<HttpRequest> => (trace === undefined ? {} : { trace })

function requestId(text: string): string | undefined {
  return /^(?:[0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i.test(text)
    ? text
    : undefined
}

function isForwarded(text: string): boolean {
  const hops = text.split(',')
  return hops.length <= 50 && hops.every((hop) => canonicalIp(hop.trim()) !== undefined || hop.trim() === 'unknown')
}
