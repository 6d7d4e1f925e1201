/** Server access logs of Amazon S3: here the object is known, so the event names it as the audit trail would. */
import type { AccessEventRow, Activity, ActorType } from '../../../db/rows'
import { actorKey } from '../../shared/actorKey'
import { arnName, arnSessionName, parseArn } from '../../shared/arn'
import { httpStatus } from '../../shared/outcome'
import { countOf, type HttpRequest, stated, type Verdict } from '../request'
import { requestLine } from '../target'
import { durationUs, logInstant } from '../times'
import { tokens } from '../tokens'
import type { LineOptions } from './dialect'

const begins = /^(?:[0-9a-f]{64}|-) [a-z0-9.-]{3,63} \[\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:/

export function s3Line(line: string, { wallClock }: LineOptions): HttpRequest | undefined {
  if (!begins.test(line.slice(0, 160))) return undefined
  const fields = tokens(line)
  if (fields === undefined || fields.length < 17) return undefined
  const field = (index: number) => stated(fields[index]?.text)
  const operation = field(6)
  const bucket = field(1)
  if (operation === undefined || !/^[A-Z0-9]{2,20}\.[\w.]{2,80}$/.test(operation)) return undefined
  const status = httpStatus(field(9))
  const hostId = field(18)
  const requestId = field(5)
  return {
    time: logInstant(field(2) ?? '', wallClock),
    timeKind: 'start',
    durationUs: durationUs(field(13), 'ms'),
    client: field(3),
    ...requestLine(field(8) ?? ''),
    host: field(22),
    status,
    bytesOut: countOf(field(11)),
    userAgent: field(16),
    requestId,
    ids: hostId === undefined ? [] : [{ kind: 'aws_extended', value: hostId }],
    verdict: s3Verdict(status, field(10)),
    columns: {
      source_event_id: requestId,
      action: operation,
      service: 's3.amazonaws.com',
      class: operation.endsWith('.OBJECT') ? 'data' : /(?:ACL|POLICY)$/.test(operation) ? 'policy' : 'api',
      ...activityColumns(operation),
      ...requesterColumns(field(4), fields[0]?.text),
      ...objectColumns(bucket, field(7)),
    },
  }
}

const activities: ReadonlyMap<string, Activity> = new Map([
  ['GET', 'read'],
  ['HEAD', 'read'],
  ['PUT', 'update'],
  ['POST', 'update'],
  ['COPY', 'create'],
  ['DELETE', 'delete'],
])

/** `REST.GET.OBJECT`; the bucket's own GET lists. Lifecycle work (`S3.EXPIRE.OBJECT`) has verbs of its own. */
function activityColumns(operation: string): Pick<AccessEventRow, 'activity' | 'read_only'> {
  const [protocol, verb = '', target] = operation.split('.')
  if (protocol === 'S3') {
    const activity = /^(?:EXPIRE|DELETE|CREATE\.DELETEMARKER)/.test(verb) ? 'delete' : 'other'
    return { activity, read_only: activity === 'delete' ? false : undefined }
  }
  if (protocol === 'BATCH') return { activity: 'delete', read_only: false }
  const activity = verb === 'GET' && target === 'BUCKET' ? 'list' : (activities.get(verb) ?? 'other')
  return { activity, read_only: activity === 'other' ? undefined : activity === 'read' || activity === 'list' }
}

const denied = /^(?:AccessDenied|AllAccessDisabled|AccountProblem|Forbidden)$/
const unproven = /^(?:InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken|InvalidToken|RequestTimeTooSkewed)$/

function s3Verdict(status: number | undefined, code: string | undefined): Verdict | undefined {
  if (code === undefined) return undefined
  if (denied.test(code)) return { outcome: 'denied', outcome_code: code }
  if (unproven.test(code)) return { outcome: 'auth_failed', outcome_code: code }
  if (code === 'SlowDown') return { outcome: 'throttled', outcome_code: code }
  // `NotModified` and the like are codes of requests that went well.
  return status !== undefined && status >= 400 ? { outcome_code: code } : undefined
}

/** A canonical user id, an ARN, the name of an AWS service, or nobody. */
function requesterColumns(requester: string | undefined, owner: string | undefined): Partial<AccessEventRow> {
  const arn = requester === undefined ? undefined : parseArn(requester)
  const named = requester !== undefined && requester !== 'Anonymous'
  const session = requester === undefined ? undefined : arnSessionName(requester)
  const name = arn === undefined || requester === undefined ? undefined : (session ?? arnName(requester))
  const type: ActorType = !named
    ? 'anonymous'
    : session !== undefined
      ? 'role'
      : /^(?:svc:|[a-z0-9.-]+\.amazonaws\.com$|AmazonS3$)/.test(requester)
        ? 'system'
        : arn?.resource.startsWith('user/') === true || /^[0-9a-f]{64}$/.test(requester)
          ? 'user'
          : 'unknown'
  return {
    actor_key: named
      ? actorKey({ mail: [session], namespace: 'aws', id: requester, source: 'http_access' })
      : 'unknown:http_access',
    actor_id: named ? requester : undefined,
    actor_name: name ?? (named && type === 'system' ? requester : undefined),
    actor_type: type,
    actor_tenant: arn?.account === '' ? undefined : arn?.account,
    resource_tenant: owner === '-' ? undefined : owner,
  }
}

/** Keys are URL-encoded twice: as they stand in the request, and once more for the log. */
function objectColumns(bucket: string | undefined, key: string | undefined): Partial<AccessEventRow> {
  if (bucket === undefined) return {}
  const name = key === undefined ? bucket : `${bucket}/${decoded(decoded(key))}`
  const arn = `arn:aws:s3:::${name}`
  const type = key === undefined ? 'AWS::S3::Bucket' : 'AWS::S3::Object'
  return { resource_key: arn, resource_type: type, resource_name: name, resources: [{ key: arn, type }] }
}

function decoded(text: string): string {
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
