/** Outcome of an access that a log record reports: the stated word, refined by the protocol's status. */
import type { Outcome } from '../../../../contract/shared'
import type { EventClass } from '../../../db/rows'
import { grpcOutcome, httpOutcome, httpStatus } from '../../shared/outcome'
import type { Facts } from './facts'

const words: ReadonlyMap<string, Outcome> = new Map<string, Outcome>([
  ...['success', 'successful', 'succeeded', 'ok', 'allowed', 'allow', 'granted', 'permit', 'permitted', 'accepted'].map(
    (word) => [word, 'success'] as const,
  ),
  ...['failure', 'failed', 'fail', 'error'].map((word) => [word, 'failed'] as const),
  ...['denied', 'deny', 'forbidden', 'rejected', 'refused', 'blocked'].map((word) => [word, 'denied'] as const),
  ...['auth_failed', 'unauthenticated', 'unauthorized'].map((word) => [word, 'auth_failed'] as const),
  ...['throttled', 'rate_limited'].map((word) => [word, 'throttled'] as const),
  ['interrupted', 'interrupted'],
])

const outcomeNames = [
  'event.outcome',
  'audit.outcome',
  'outcome',
  'auth.outcome',
  'auth.decision',
  'decision',
  'result',
]

export interface FoundOutcome {
  readonly outcome: Outcome
  readonly code: string | undefined
  readonly status: number | undefined
}

export function outcomeOf(facts: Facts, eventClass: EventClass, byName: Outcome | undefined): FoundOutcome {
  const status = httpStatus(facts.text('http.response.status_code', 'http.status_code'))
  const grpc = facts.text('rpc.grpc.status_code')
  const errorType = facts.text('error.type')
  const protocol = protocolOutcome(status, grpc)
  const stated = statedOutcome(facts) ?? byName
  return {
    outcome: decide(stated, protocol, errorType, eventClass),
    code: status === undefined ? (grpc ?? errorType) : String(status),
    status,
  }
}

/** True where the record says how it ended, in whatever way. */
export function statesOutcome(facts: Facts): boolean {
  return (
    statedOutcome(facts) !== undefined ||
    facts.text('http.response.status_code', 'http.status_code', 'rpc.grpc.status_code', 'error.type') !== undefined
  )
}

function decide(
  stated: Outcome | undefined,
  protocol: Outcome | undefined,
  errorType: string | undefined,
  eventClass: EventClass,
): Outcome {
  const refined = protocol === undefined || protocol === 'success' || protocol === 'failed' ? undefined : protocol
  if (stated === 'failed') return refined ?? (eventClass === 'authn' ? 'auth_failed' : 'failed')
  if (stated !== undefined) return stated
  if (protocol !== undefined) return protocol
  if (errorType === undefined) return 'unknown'
  const status = httpStatus(errorType)
  return status === undefined ? 'failed' : httpOutcome(status)
}

function statedOutcome(facts: Facts): Outcome | undefined {
  for (const name of outcomeNames) {
    const outcome = words.get(facts.text(name)?.toLowerCase() ?? '')
    if (outcome !== undefined) return outcome
  }
  const success = facts.text('success')
  if (success === 'true') return 'success'
  return success === 'false' ? 'failed' : undefined
}

function protocolOutcome(status: number | undefined, grpc: string | undefined): Outcome | undefined {
  if (status !== undefined) return httpOutcome(status)
  return grpc !== undefined && /^\d{1,2}$/.test(grpc) ? grpcOutcome(Number(grpc)) : undefined
}
