import { at, get, isObject, type JsonObject, list, text, textAt } from '../../../common/json'
import type { Outcome } from '../../../contract/shared'
import type { AccessEventRow } from '../../db/rows'
import { holdsOwnData, isLogin } from './classify'
import { authOf, isResponse } from './entry'

export type OutcomeColumns = Pick<
  AccessEventRow,
  'outcome' | 'outcome_reason' | 'policy' | 'policy_type' | 'policy_effect'
>

const sentences: readonly (readonly [RegExp, Outcome])[] = [
  [/invalid token|missing client token|bad token|token (?:is )?expired/i, 'auth_failed'],
  [/quota exceeded|rate limit/i, 'throttled'],
  [/permission denied|1 error occurred:\s{0,5}\*? ?permission denied/i, 'denied'],
]

/**
 * An error decides; the answer to a login that was refused may be one. A request without its answer, and without an
 * error, was let in: what became of it is not known.
 */
export function outcomeColumns(entry: JsonObject): OutcomeColumns {
  const error = text(get(entry, 'error'))
  const outcome = outcomeOf(entry, error)
  return { outcome, outcome_reason: error?.trim(), ...policyColumns(entry, outcome) }
}

function outcomeOf(entry: JsonObject, error: string | undefined): Outcome {
  if (error !== undefined) {
    const known = sentences.find(([sentence]) => sentence.test(error.slice(0, 10_000)))?.[1]
    if (isLogin(entry)) return known === 'throttled' ? 'throttled' : 'auth_failed'
    return known ?? 'failed'
  }
  if (text(at(entry, 'auth', 'policy_results', 'allowed')) === 'false') return 'denied'
  if (isErrorAnswer(entry)) return isLogin(entry) ? 'auth_failed' : 'failed'
  return isResponse(entry) ? 'success' : 'unknown'
}

/** Engines answer a mistake with nothing but `error` in their data; its words are hashed like all data. */
function isErrorAnswer(entry: JsonObject): boolean {
  const data = at(entry, 'response', 'data')
  if (!isObject(data) || text(get(data, 'error')) === undefined || holdsOwnData(entry)) return false
  return Object.keys(data).length === 1
}

function policyColumns(
  entry: JsonObject,
  outcome: Outcome,
): Pick<AccessEventRow, 'policy' | 'policy_type' | 'policy_effect'> {
  if (outcome === 'denied') return { policy_type: 'acl', policy_effect: 'implicit_deny' }
  if (outcome === 'throttled') return { policy_type: 'quota', policy_effect: 'quota' }
  for (const auth of authOf(entry)) {
    const [granting] = list(at(auth, 'policy_results', 'granting_policies'))
    const name = textAt(granting, 'name')
    if (name !== undefined)
      return { policy: name, policy_type: textAt(granting, 'type') ?? 'acl', policy_effect: 'allow' }
  }
  return {}
}
