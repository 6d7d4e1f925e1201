import { at, get, isObject, type JsonObject, text, textAt } from '../../../common/json'
import type { Outcome } from '../../../contract/shared'
import type { AccessEventRow } from '../../db/rows'
import { httpOutcome, httpStatus } from '../shared/outcome'
import { stageRank } from './stage'

export type OutcomeColumns = Pick<
  AccessEventRow,
  'outcome' | 'outcome_code' | 'outcome_reason' | 'policy' | 'policy_type' | 'policy_effect' | 'http_status'
>

/** Decision of the authorizer first, then the status, refined where admission or a quota refused. */
export function outcomeColumns(event: JsonObject): OutcomeColumns {
  const decision = textAt(event, 'annotations', 'authorization.k8s.io/decision')
  const reason = textAt(event, 'annotations', 'authorization.k8s.io/reason')
  const status = get(event, 'responseStatus')
  const code = httpStatus(get(status, 'code'))
  const message = textAt(status, 'message')
  const shared = {
    outcome_code: code === undefined ? textAt(status, 'reason') : String(code),
    outcome_reason: message ?? reason ?? textAt(status, 'reason'),
    http_status: code,
  }
  if (decision === 'forbid')
    return { outcome: 'denied', ...shared, ...authorizer(reason), policy_effect: 'implicit_deny' }
  if (stageRank(event) === stageRank({ stage: 'RequestReceived' })) return { outcome: 'unknown', ...shared }
  if (code === 403) return { ...shared, ...refused(event, decision, message) }
  return {
    outcome: code === undefined ? unstated(event, status) : httpOutcome(code),
    ...shared,
    ...(decision === 'allow' ? { ...authorizer(reason), policy_effect: 'allow' as const } : {}),
  }
}

/** Without a code: a panic failed, a status of the old kind says it in words, and otherwise nobody knows. */
function unstated(event: JsonObject, status: unknown): Outcome {
  if (text(get(event, 'stage')) === 'Panic') return 'failed'
  const word = textAt(status, 'status')
  return word === 'Success' ? 'success' : word === 'Failure' ? 'failed' : 'unknown'
}

type Policy = Pick<AccessEventRow, 'outcome' | 'policy' | 'policy_type' | 'policy_effect'>

/** A 403 after the authorizer allowed comes from admission: a quota, a webhook, pod security or another plug-in. */
function refused(event: JsonObject, decision: string | undefined, message: string | undefined): Policy {
  const quota = /exceeded quota: ([^,\s]{1,253})/.exec(message ?? '')
  if (quota !== null) return { outcome: 'throttled', policy: quota[1], policy_type: 'quota', policy_effect: 'quota' }
  const name = admissionPolicy(event, message)
  if (decision === 'allow' || name !== undefined)
    return { outcome: 'denied', policy: name, policy_type: 'admission', policy_effect: 'explicit_deny' }
  return { outcome: 'denied' }
}

const admissionSentences: readonly RegExp[] = [
  /admission webhook "([^"]{1,253})" denied/,
  /violates PodSecurity "([^"]{1,253})"/,
  /ValidatingAdmissionPolicy '([^']{1,253})'/,
]

function admissionPolicy(event: JsonObject, message: string | undefined): string | undefined {
  for (const sentence of admissionSentences) {
    const found = sentence.exec(message ?? '')?.[1]
    if (found !== undefined) return found
  }
  const annotations = at(event, 'annotations')
  if (!isObject(annotations)) return undefined
  const enforced = textAt(annotations, 'pod-security.kubernetes.io/enforce-policy')
  if (enforced !== undefined) return enforced
  const failure = textAt(annotations, 'validation.policy.admission.k8s.io/validation_failure')
  return failure === undefined ? undefined : /"policy"\s*:\s*"([^"\\]{1,253})"/.exec(failure)?.[1]
}

/** `RBAC: allowed by ClusterRoleBinding "B" of ClusterRole "R" to Group "G"`; other authorizers write other sentences. */
function authorizer(reason: string | undefined): Pick<AccessEventRow, 'policy' | 'policy_type'> {
  if (reason === undefined) return {}
  const binding = /allowed by [A-Za-z]{1,60} "([^"]{1,2000})"/.exec(reason)?.[1]
  return { policy: binding, policy_type: reason.startsWith('RBAC') ? 'rbac' : 'authorizer' }
}
