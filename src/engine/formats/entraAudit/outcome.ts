import type { AccessEventRow } from '../../db/rows'
import { type Fields, fieldText, topText } from '../azure/fields'

type OutcomeColumns = Pick<AccessEventRow, 'outcome' | 'outcome_code' | 'outcome_reason'>

const authorization = /authoriz|permission|privilege|forbidden|access (?:is |was )?denied|not allowed|denied by/i
const credential = /unauthenticated|authentication failed|invalid credential|wrong password/i
const throttle = /throttl|too many requests|quota/i

/** `result`, refined by the reason where the change failed. `timeout` is a failure too. */
export function outcomeColumns(fields: Fields): OutcomeColumns {
  const word =
    fieldText(fields, 'result') ??
    signatureOf(topText(fields, 'resulttype')) ??
    signatureOf(topText(fields, 'resultsignature'))
  const reason = fieldText(fields, 'resultreason', 'resultdescription')
  switch (word?.toLowerCase()) {
    case 'success':
    case 'succeeded':
      return { outcome: 'success', outcome_code: word }
    case 'failure':
    case 'failed':
      return { outcome: failureOf(reason), outcome_code: word, outcome_reason: reason }
    case 'timeout':
      return { outcome: 'failed', outcome_code: word, outcome_reason: reason }
    default:
      return { outcome: 'unknown', outcome_code: word, outcome_reason: reason }
  }
}

function failureOf(reason: string | undefined): 'denied' | 'auth_failed' | 'throttled' | 'failed' {
  if (reason === undefined) return 'failed'
  const words = reason.slice(0, 4_000)
  if (authorization.test(words)) return 'denied'
  if (credential.test(words)) return 'auth_failed'
  return throttle.test(words) ? 'throttled' : 'failed'
}

/** `None` stands where the export has nothing to say. */
function signatureOf(value: string | undefined): string | undefined {
  return value === undefined || /^(?:none|0)$/i.test(value) ? undefined : value
}
