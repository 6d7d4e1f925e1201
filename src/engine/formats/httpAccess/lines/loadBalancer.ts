/** Access logs of AWS load balancers: Application (29 fields and more) and Classic (12 or 15). */
import { httpStatus } from '../../shared/outcome'
import { amznTrace } from '../../shared/traceHeaders'
import { countOf, type HttpRequest, stated, type Verdict } from '../request'
import { requestLine } from '../target'
import { durationUs, logInstant } from '../times'
import { tokens } from '../tokens'
import type { LineOptions } from './dialect'

const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/
const kinds = /^(?:https?|h2|grpcs?|wss?) \d{4}-\d\d-\d\dT/

/** Columns of an Application Load Balancer by their place. Newer columns are added at the end. */
const at = {
  ...{ time: 1, balancer: 2, client: 3, status: 8, targetStatus: 9, received: 10, sent: 11, request: 12, agent: 13 },
  ...{ targetGroup: 16, trace: 17, domain: 18, created: 21, actions: 22, errorReason: 24, connection: 29 },
} as const

export function applicationLine(line: string, { wallClock }: LineOptions): HttpRequest | undefined {
  if (!kinds.test(line.slice(0, 24))) return undefined
  const fields = tokens(line)
  if (fields === undefined || fields.length < 15 || fields[at.request]?.kind !== 'quoted') return undefined
  const field = (index: number) => stated(fields[index]?.text)
  const responded = logInstant(field(at.time) ?? '', wallClock)
  const created = logInstant(field(at.created) ?? '', wallClock)
  const measured = created !== undefined && responded !== undefined && responded.us >= created.us
  const status = httpStatus(field(at.status))
  const connection = field(at.connection)
  return {
    time: created ?? responded,
    timeKind: created === undefined ? 'end' : 'start',
    endUs: measured ? responded.us : undefined,
    durationUs: measured ? responded.us - created.us : undefined,
    client: field(at.client),
    ...requestLine(field(at.request) ?? ''),
    host: field(at.domain),
    service: field(at.balancer),
    status: status ?? httpStatus(field(at.targetStatus)),
    bytesIn: countOf(field(at.received)),
    bytesOut: countOf(field(at.sent)),
    userAgent: field(at.agent),
    trace: amznTrace(field(at.trace) ?? ''),
    ids: connection?.startsWith('TID_') === true ? [{ kind: 'aws_connection_trace', value: connection }] : [],
    verdict: balancerVerdict(status, (field(at.actions) ?? '').split(','), field(at.errorReason)),
  }
}

/** Identity problems by the balancer's own reason; those of the identity provider itself are plain failures. */
const unproven = /^(?:Auth(?:Invalid|Missing|Unverifiable|TokenEpRequestFailed)|JWT)/

function balancerVerdict(
  status: number | undefined,
  actions: readonly string[],
  reason: string | undefined,
): Verdict | undefined {
  const last = actions.at(-1)
  const said: Verdict = reason === undefined ? {} : { outcome_reason: reason }
  if (last === 'waf' && status !== undefined && status >= 400)
    return { ...said, outcome: 'denied', policy_type: 'waf', policy_effect: 'explicit_deny' }
  if (status === 561 || (reason !== undefined && unproven.test(reason))) return { ...said, outcome: 'auth_failed' }
  // Sent to the identity provider: the request comes again once the user has signed in.
  if (last === 'authenticate' && status === 302) return { ...said, outcome: 'interrupted' }
  return reason === undefined ? undefined : said
}

/** A Classic Load Balancer's time is when the request came in. */
export function classicLine(line: string, { wallClock }: LineOptions): HttpRequest | undefined {
  if (!time.test(line.slice(0, 40).split(' ', 1)[0] ?? '')) return undefined
  const fields = tokens(line)
  if (fields === undefined || (fields.length !== 12 && fields.length !== 15)) return undefined
  const field = (index: number) => stated(fields[index]?.text)
  const parts = [4, 5, 6].map((index) => durationUs(field(index), 's'))
  const request = fields[11]
  if (request?.kind !== 'quoted' || !/^(?:\d{3}|-)$/.test(fields[7]?.text ?? '')) return undefined
  if (!/^-?\d/.test(fields[4]?.text ?? '')) return undefined
  const [first, second, third] = parts
  const known = first !== undefined && second !== undefined && third !== undefined
  return {
    time: logInstant(field(0) ?? '', wallClock),
    timeKind: 'start',
    durationUs: known ? first + second + third : undefined,
    client: field(2),
    ...requestLine(request.text),
    service: field(1),
    status: httpStatus(field(7)) ?? httpStatus(field(8)),
    bytesIn: countOf(field(9)),
    bytesOut: countOf(field(10)),
    userAgent: field(12),
  }
}
