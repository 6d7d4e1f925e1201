import { at, get, type JsonObject, text, textAt } from '../../../common/json'
import type { Outcome } from '../../../contract/shared'
import type { AccessEventRow } from '../../db/rows'
import { httpOutcome, httpStatus } from '../shared/outcome'
import { firstText, nameOf } from './event'

type OutcomeColumns = Pick<AccessEventRow, 'outcome' | 'outcome_code' | 'outcome_reason' | 'http_status'>

/** The status of an answer, else what the event says about success, else the letter at the end of its code. */
export function outcomeColumns(event: JsonObject): OutcomeColumns {
  const status = httpStatus(Number(firstText(event, 'response_code', 'status_code') ?? Number.NaN))
  return {
    outcome: outcomeOf(event, status),
    outcome_code: textAt(event, 'code'),
    outcome_reason: firstText(event, 'error', 'message', 'exitError', 'user_message'),
    http_status: status,
  }
}

function outcomeOf(event: JsonObject, status: number | undefined): Outcome {
  if (nameOf(event) === 'session.rejected') return 'denied'
  if (status !== undefined) return httpOutcome(status)
  const success = text(get(event, 'success')) ?? text(at(event, 'status', 'success'))
  if (success === 'true') return 'success'
  if (success === 'false') return refusal(event)
  switch (textAt(event, 'code')?.slice(-1)) {
    case 'I':
      return 'success'
    case 'W':
      return refusal(event)
    case 'E':
      return 'failed'
    default:
      return 'unknown'
  }
}

const refusedWords = /access denied|access to .{1,200} denied|not allowed|permission/i

function refusal(event: JsonObject): Outcome {
  if (/^(?:user\.login$|auth$|mfa\.|recovery_code\.)/.test(nameOf(event))) return 'auth_failed'
  const words = `${textAt(event, 'error') ?? ''}\n${textAt(event, 'message') ?? ''}`.slice(0, 10_000)
  return refusedWords.test(words) ? 'denied' : 'failed'
}
