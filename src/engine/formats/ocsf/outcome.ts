import { at, get, type JsonObject, list, text, textAt } from '../../../common/json'
import type { Outcome } from '../../../contract/shared'
import type { AccessEventRow, EventClass } from '../../db/rows'
import { httpOutcome, httpStatus } from '../shared/outcome'

type OutcomeColumns = Pick<
  AccessEventRow,
  'outcome' | 'outcome_code' | 'outcome_reason' | 'policy' | 'policy_type' | 'policy_effect'
>

const denied =
  /access ?denied|unauthori[sz]ed|not ?authori[sz]ed|forbidden|permission ?denied|insufficient ?privileges|not permitted/i
const authFailed =
  /invalid ?(?:credentials|client ?token|token|password)|signature ?does ?not ?match|expired ?token|auth(?:entication)? ?fail|unrecognized ?client|missing ?authentication/i
const throttled = /throttl|rate ?exceeded|too ?many ?requests|slow ?down|limit ?exceeded|quota ?exceeded/i

/** Status by its id; what a failure means is read from the class, a security control, an HTTP status or the error. */
export function outcomeColumns(event: JsonObject, eventClass: EventClass): OutcomeColumns {
  const error = textAt(event, 'api', 'response', 'error')
  const http =
    httpStatus(at(event, 'http_response', 'code')) ??
    httpStatus(get(event, 'http_status')) ??
    httpStatus(at(event, 'api', 'response', 'code'))
  const detail = text(get(event, 'status_detail'))
  const message = textAt(event, 'api', 'response', 'error_message') ?? textAt(event, 'api', 'response', 'message')
  const words = [error, text(get(event, 'status_code')), detail, message].filter((word) => word !== undefined)
  return {
    outcome: judge(event, eventClass, http, words),
    outcome_code: error ?? text(get(event, 'status_code')) ?? (http === undefined ? undefined : String(http)),
    outcome_reason: detail ?? message,
    ...policyColumns(event),
  }
}

function judge(event: JsonObject, eventClass: EventClass, http: number | undefined, words: readonly string[]): Outcome {
  if (isBlocked(event)) return 'denied'
  const status = statusOf(event)
  if (status === 'success') return 'success'
  if (status === undefined) return http === undefined ? 'unknown' : httpOutcome(http)
  for (const word of words.map((each) => each.slice(0, 2_000))) {
    if (throttled.test(word)) return 'throttled'
    if (eventClass !== 'authn' && denied.test(word)) return 'denied'
    if (authFailed.test(word)) return 'auth_failed'
  }
  if (eventClass === 'authn') return 'auth_failed'
  return http !== undefined && http >= 400 ? httpOutcome(http) : 'failed'
}

/** Other ids than success and failure stand for what the source said in words, or for nothing. */
function statusOf(event: JsonObject): 'success' | 'failure' | undefined {
  const id = text(get(event, 'status_id'))
  if (id === '1') return 'success'
  if (id === '2') return 'failure'
  if (id !== undefined && id !== '99') return undefined
  const word = text(get(event, 'status'))?.toLowerCase()
  if (word === 'success' || word === 'succeeded') return 'success'
  return word === 'failure' || word === 'failed' ? 'failure' : undefined
}

/** A control stood in the way. Dispositions count by their word too, since later versions have more of them. */
function isBlocked(event: JsonObject): boolean {
  if (text(get(event, 'action_id')) === '2') return true
  // Access to a web resource says it by its activity.
  const activity = text(get(event, 'activity_id'))
  if (text(get(event, 'class_uid')) === '6004' && (activity === '2' || activity === '3')) return true
  const disposition = text(get(event, 'disposition_id'))
  const word = text(get(event, 'disposition'))?.toLowerCase() ?? ''
  return disposition === '2' || disposition === '6' || blockingWords.has(word)
}

const blockingWords = new Set(['blocked', 'dropped', 'rejected', 'unauthorized', 'access revoked'])

/** The first authorisation decision that the event states, or the policy it names. */
function policyColumns(event: JsonObject): Pick<AccessEventRow, 'policy' | 'policy_type' | 'policy_effect'> {
  const decisions = [...list(at(event, 'actor', 'authorizations')), ...list(get(event, 'authorizations'))]
  const decided = decisions.find((item) => textAt(item, 'decision') !== undefined) ?? decisions[0]
  const policy = get(decided, 'policy') ?? (get(event, 'class_uid') === 3001 ? undefined : get(event, 'policy'))
  const name = textAt(policy, 'name') ?? textAt(policy, 'uid')
  const decision = textAt(decided, 'decision')?.toLowerCase() ?? ''
  return {
    policy: name,
    policy_type: textAt(policy, 'type'),
    policy_effect: /^(?:allow|permit|grant)/.test(decision)
      ? 'allow'
      : /^den/.test(decision)
        ? 'explicit_deny'
        : undefined,
  }
}
