import { get, type JsonObject, text, textAt } from '../../../common/json'
import type { Outcome } from '../../../contract/shared'
import type { AccessEventRow } from '../../db/rows'
import { isInsight } from './envelope'

const denied = /AccessDenied|Unauthorized|NotAuthorized|Forbidden|AuthorizationError|InsufficientPrivileges/i
const authFailed =
  /InvalidClientTokenId|SignatureDoesNotMatch|ExpiredToken|InvalidAccessKeyId|UnrecognizedClient|AuthFailure|InvalidToken|MissingAuthenticationToken/i
const throttled =
  /Throttl|RequestLimitExceeded|TooManyRequests|SlowDown|ThroughputExceeded|LimitExceeded|QuotaExceeded/i

type OutcomeColumns = Pick<
  AccessEventRow,
  'outcome' | 'outcome_code' | 'outcome_reason' | 'policy' | 'policy_type' | 'policy_effect'
>

/** Outcome by the ordered rules of docs/formats/cloudtrail.md, first match wins; then the policy that decided. */
export function outcomeColumns(record: JsonObject): OutcomeColumns {
  const code = text(get(record, 'errorCode'))
  const reason = text(get(record, 'errorMessage'))
  const { outcome, word } = judge(record, code, reason)
  return {
    outcome,
    outcome_code: code ?? word,
    outcome_reason: reason,
    ...policyColumns(reason),
  }
}

interface Judged {
  readonly outcome: Outcome
  /** `Failure` where the answer of a sign-in said so: there is no error code then. */
  readonly word?: string | undefined
}

function judge(record: JsonObject, code: string | undefined, reason: string | undefined): Judged {
  const name = text(get(record, 'eventName'))
  const word = signInAnswer(record, name)
  if (word === 'Failure') return { outcome: name === 'SwitchRole' ? 'denied' : 'auth_failed', word }
  if (word === 'Success') return { outcome: name === 'CheckMfa' ? 'interrupted' : 'success' }
  // An insight describes a rate, not an attempt: nothing succeeded or failed.
  if (isInsight(record)) return { outcome: 'unknown' }
  if (isDryRun(code)) return { outcome: 'success' }
  return { outcome: ofError(code, reason) }
}

function signInAnswer(record: JsonObject, name: string | undefined): string | undefined {
  if (name !== 'ConsoleLogin' && name !== 'SwitchRole' && name !== 'CheckMfa') return undefined
  return textAt(record, 'responseElements', name)
}

function ofError(code: string | undefined, reason: string | undefined): Outcome {
  if (code !== undefined) {
    if (denied.test(code)) return 'denied'
    if (authFailed.test(code)) return 'auth_failed'
    if (throttled.test(code)) return 'throttled'
  }
  return code === undefined && reason === undefined ? 'success' : 'failed'
}

const kinds = [
  'identity-based',
  'resource-based',
  'service control',
  'resource control',
  'permissions boundary',
  'session',
  'VPC endpoint',
] as const
const kindPattern = kinds.join('|')
const implicit = new RegExp(`because no (${kindPattern})(?: policy| policies)? allows?`, 'i')
const explicit = new RegExp(
  `with an explicit deny in (?:an? |the )?(${kindPattern})(?: policy)?(?:\\s*:\\s*(arn:[^\\s,;]{1,2000}))?`,
  'i',
)

/** The sentences AWS writes into access-denied messages since 2021; older messages name no policy. */
export function policyColumns(
  message: string | undefined,
): Pick<AccessEventRow, 'policy' | 'policy_type' | 'policy_effect'> {
  if (message === undefined) return {}
  const deny = explicit.exec(message)
  if (deny !== null) return { policy: deny[2], policy_type: kindOf(deny[1]), policy_effect: 'explicit_deny' }
  const none = implicit.exec(message)
  if (none !== null) return { policy_type: kindOf(none[1]), policy_effect: 'implicit_deny' }
  return message.includes('Encoded authorization failure message:') ? { policy: 'encoded' } : {}
}

function kindOf(found: string | undefined): string | undefined {
  return kinds.find((kind) => kind.toLowerCase() === found?.toLowerCase())
}

/** The call was only tried, and would have been let through. */
export function isDryRun(code: string | undefined): boolean {
  return code?.endsWith('DryRunOperation') === true
}

/** The action that the message says was checked, e.g. `sts:AssumeRole`; the operation may differ. */
export function permissionInMessage(message: string | undefined): string | undefined {
  return /not authorized to perform:? ([a-z0-9-]{1,60}:[A-Za-z0-9*]{1,120})/.exec(message ?? '')?.[1]
}
