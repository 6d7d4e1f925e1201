/** Envoy's default text format and Istio's, which has code details, upstream and downstream addresses more. */
import { httpStatus } from '../../shared/outcome'
import { countOf, type HttpRequest, stated } from '../request'
import { requestLine } from '../target'
import { durationUs, logInstant } from '../times'
import { tokens } from '../tokens'
import { envoyVerdict } from '../verdict'
import type { LineOptions } from './dialect'

export function envoyLine(line: string, { wallClock }: LineOptions): HttpRequest | undefined {
  if (!/^\[\d{4}-\d\d-\d\dT[\d:.]{8,20}Z?\] "/.test(line.slice(0, 48))) return undefined
  const fields = tokens(line)
  const [stamp, request, status, flags] = fields ?? []
  if (fields === undefined || stamp === undefined || request?.kind !== 'quoted') return undefined
  if (!/^(?:\d{1,3}|-)$/.test(status?.text ?? '') || !/^(?:-|[A-Z_,]{2,60})$/.test(flags?.text ?? '')) return undefined
  const isCount = (index: number) => /^(?:\d{1,18}|-)$/.test(fields[index]?.text ?? '')
  // Istio: details, connection termination, quoted transport failure, then the same sequence.
  const istio = fields[6]?.kind === 'quoted' && isCount(7)
  const base = istio ? 7 : 4
  if (!isCount(base) || !isCount(base + 1) || !isCount(base + 2)) return undefined
  const field = (index: number) => stated(fields[index]?.text)
  const code = httpStatus(status?.text)
  const details = istio ? field(4) : undefined
  return {
    time: logInstant(stamp.text, wallClock),
    timeKind: 'start',
    durationUs: durationUs(field(base + 2), 'ms'),
    forwarded: field(base + 4),
    // Istio alone logs who connected, behind upstream host, cluster and the two local addresses.
    client: istio ? field(base + 12) : undefined,
    ...requestLine(request.text),
    host: field(base + 7),
    service: istio ? field(base + 9) : undefined,
    status: code,
    bytesIn: countOf(field(base)),
    bytesOut: countOf(field(base + 1)),
    userAgent: field(base + 5),
    requestId: field(base + 6),
    verdict: envoyVerdict(stated(flags?.text), details, code),
  }
}
