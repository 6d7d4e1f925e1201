import { type JsonObject, text } from '../../../common/json'
import type { Outcome } from '../../../contract/shared'
import type { AccessEventRow, EventClass } from '../../db/rows'
import { getFolded, textFolded } from '../shared/folded'

/** Outcome by `outcome.result`; a failure means different things by what was tried. */
export function outcomeColumns(
  event: JsonObject,
  action: string,
  eventClass: EventClass,
): Pick<AccessEventRow, 'outcome' | 'outcome_code' | 'outcome_reason'> {
  const outcome = getFolded(event, 'outcome')
  const result = textFolded(outcome, 'result') ?? text(outcome)
  const reason = textFolded(outcome, 'reason')
  return {
    outcome: judge(result?.toUpperCase(), reason, action, eventClass),
    outcome_code: result,
    outcome_reason: reason,
  }
}

function judge(
  result: string | undefined,
  reason: string | undefined,
  action: string,
  eventClass: EventClass,
): Outcome {
  switch (result) {
    case 'SUCCESS':
    case 'ALLOW':
      return 'success'
    case 'DENY':
      return /rate_?limit/i.test(action) ? 'throttled' : 'denied'
    case 'RATE_LIMIT':
      return 'throttled'
    case 'CHALLENGE':
    case 'DEFERRED':
    case 'ABANDONED':
    case 'UNANSWERED':
      return 'interrupted'
    case 'FAILURE':
      if (eventClass === 'authn') return 'auth_failed'
      if (action === 'app.generic.unauth_app_access_attempt' || /\bpolic(?:y|ies)\b/i.test(reason ?? ''))
        return 'denied'
      return 'failed'
    default:
      return 'unknown'
  }
}
