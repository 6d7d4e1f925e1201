import { type JsonObject, list, text } from '../../../common/json'
import type { Outcome } from '../../../contract/shared'
import type { AccessEventRow } from '../../db/rows'
import { atFolded, getFolded, textFolded } from '../shared/folded'
import { grpcOutcome, httpOutcome, httpStatus } from '../shared/outcome'
import { checksOf, lastWord, methodOf } from './entry'

export type OutcomeColumns = Pick<
  AccessEventRow,
  'outcome' | 'outcome_code' | 'outcome_reason' | 'policy' | 'policy_type' | 'policy_effect'
>

/** The status by the gRPC rule; without a code, what the checks say: one that was granted is enough. */
export function outcomeColumns(entry: JsonObject, payload: JsonObject): OutcomeColumns {
  const status = getFolded(payload, 'status')
  const code = codeOf(getFolded(status, 'code'))
  const outcome = isPerimeterDryRun(payload) ? 'unknown' : outcomeOf(entry, payload, code)
  return {
    outcome,
    outcome_code: code === undefined ? undefined : String(code),
    outcome_reason: textFolded(status, 'message') ?? textFolded(entry, 'labels', 'authorization.k8s.io/reason'),
    ...policyColumns(entry, payload, outcome),
  }
}

/** A perimeter in trial: the status is what would have been. */
export function isPerimeterDryRun(payload: JsonObject): boolean {
  return text(atFolded(payload, 'metadata', 'dryRun')) === 'true'
}

function outcomeOf(entry: JsonObject, payload: JsonObject, code: number | undefined): Outcome {
  if (textFolded(entry, 'labels', 'authorization.k8s.io/decision') === 'forbid') return 'denied'
  if (code !== undefined) return code <= 16 ? grpcOutcome(code) : httpOutcome(code)
  const method = lastWord(methodOf(payload))
  if (method === 'loginFailure') return 'auth_failed'
  if (method === 'loginChallenge') return 'interrupted'
  const checks = checksOf(payload)
  return checks.length > 0 && !checks.some(isGranted) ? 'denied' : 'success'
}

function isGranted(check: JsonObject): boolean {
  return text(getFolded(check, 'granted')) === 'true'
}

/** Codes of google.rpc; some services give a status of HTTP. */
function codeOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : value
  if (typeof number !== 'number' || !Number.isInteger(number) || number < 0) return undefined
  return number <= 16 ? number : httpStatus(number)
}

type PolicyColumns = Pick<AccessEventRow, 'policy' | 'policy_type' | 'policy_effect'>

function policyColumns(entry: JsonObject, payload: JsonObject, outcome: Outcome): PolicyColumns {
  const perimeter = perimeterOf(payload)
  const policy_effect = outcome === 'denied' ? 'explicit_deny' : undefined
  if (perimeter !== undefined) return { policy: perimeter, policy_type: 'perimeter', policy_effect }
  const violation = list(atFolded(payload, 'policyViolationInfo', 'orgPolicyViolationInfo', 'violationInfo'))[0]
  if (violation !== undefined)
    return { policy: textFolded(violation, 'constraint'), policy_type: 'org_policy', policy_effect }
  const kubernetes = authorizer(entry)
  if (kubernetes !== undefined) return kubernetes
  const granted = checksOf(payload).some(isGranted)
  if (outcome === 'denied') return { policy_type: 'iam', policy_effect: 'implicit_deny' }
  return granted ? { policy_type: 'iam', policy_effect: 'allow' } : {}
}

/** The perimeter that was in the way, or the id of the violation where none is named. */
function perimeterOf(payload: JsonObject): string | undefined {
  const metadata = getFolded(payload, 'metadata')
  for (const side of ['ingressViolations', 'egressViolations']) {
    const named = textFolded(list(getFolded(metadata, side))[0], 'servicePerimeter')
    if (named !== undefined) return named
  }
  return textFolded(metadata, 'securityPolicyInfo', 'servicePerimeterName') ?? perimeterViolation(payload)
}

/** Id under which support finds a violation of a perimeter: in the metadata, or in the message of the refusal. */
export function perimeterViolation(payload: JsonObject): string | undefined {
  const stated = textFolded(payload, 'metadata', 'vpcServiceControlsUniqueId')
  if (stated !== undefined) return stated
  const message = textFolded(payload, 'status', 'message')?.slice(0, 4_000)
  return message === undefined
    ? undefined
    : /vpcServiceControlsUniqueIdentifier:\s{0,3}([A-Za-z0-9_-]{1,200})/.exec(message)?.[1]
}

/** `RBAC: allowed by ClusterRoleBinding "B" of ClusterRole "R" to Group "G"` of an API server's authorizer. */
function authorizer(entry: JsonObject): PolicyColumns | undefined {
  const decision = textFolded(entry, 'labels', 'authorization.k8s.io/decision')
  if (decision === undefined) return undefined
  const reason = textFolded(entry, 'labels', 'authorization.k8s.io/reason')?.slice(0, 4_000)
  return {
    policy: /allowed by [A-Za-z]{1,60} "([^"]{1,2000})"/.exec(reason ?? '')?.[1],
    policy_type: reason?.startsWith('RBAC') ? 'rbac' : 'authorizer',
    policy_effect: decision === 'allow' ? 'allow' : 'implicit_deny',
  }
}
