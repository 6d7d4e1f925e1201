import { isObject } from '../../../common/json'
import type { Outcome } from '../../../contract/shared'
import type { AccessEventRow } from '../../db/rows'
import { type Fields, fieldObject, fieldText, topText, within } from '../azure/fields'
import { textFolded } from '../shared/folded'
import { httpOutcome, httpStatus } from '../shared/outcome'
import { statusOf } from './http'

export type OutcomeColumns = Pick<AccessEventRow, 'outcome' | 'outcome_code' | 'outcome_reason'>

const denied =
  /^(?:\w*AuthorizationFail\w*|AuthorizationPermissionMismatch|AuthorizationPermissionDenied|AuthorizationProtocolMismatch|AuthorizationResourceTypeMismatch|AuthorizationServiceMismatch|AuthorizationSourceIPMismatch|SASAuthorizationError|\w*Forbidden\w*|InsufficientAccountPermissions|PublicAccessNotPermitted|KeyBasedAuthenticationNotPermitted|AccessDenied|RequestDisallowedBy\w*|DisallowedByPolicy|ScopeLocked|DenyAssignment\w*)$/i
const authFailed =
  /^(?:Unauthorized|AuthenticationFailed|SASAuthenticationError|NoAuthenticationInformation|InvalidAuthentication\w*|ExpiredAuthenticationToken|AuthenticationErrorDetail|InvalidAuthenticationToken\w*|AnonymousAuthenticationFailed)$/i
const throttled = /^(?:TooManyRequests|\w*Throttl\w*|ServerBusy|QuotaExceeded|\w*QuotaExceeded|ClientThrottlingError)$/i

/** Results of the activity log and of resources, in lower case. A started call is superseded by a later record. */
const words: ReadonlyMap<string, Outcome> = new Map([
  ['success', 'success'],
  ['succeeded', 'success'],
  ['anonymoussuccess', 'success'],
  ['sassuccess', 'success'],
  ['oauthsuccess', 'success'],
  ['ok', 'success'],
  ['completed', 'success'],
  ['failure', 'failed'],
  ['failed', 'failed'],
  ['canceled', 'failed'],
  ['timeout', 'failed'],
])

/** The word of the result, refined by the code that the failure states; a refusing status goes before a good word. */
export function outcomeColumns(fields: Fields): OutcomeColumns {
  const word = resultWord(fields)
  const code = codeOf(fields)
  const status = statusOf(fields) ?? statusIn(code) ?? statusIn(signature(fields))
  const reason = reasonOf(fields)
  const named =
    ofCode(code) ?? ofCode(signature(fields)) ?? ofCode(fieldText(fields, 'metricresponsetype')) ?? ofCode(word)
  const known = words.get(word?.toLowerCase() ?? '')
  const outcome = judge(known, named, status, word)
  const said =
    outcome === 'unknown' && word !== undefined
      ? word
      : outcome === 'success'
        ? (status?.toString() ?? word)
        : (code ?? status?.toString() ?? word)
  return { outcome, outcome_code: said, outcome_reason: outcome === 'success' ? undefined : reason }
}

function judge(
  known: Outcome | undefined,
  named: Outcome | undefined,
  status: number | undefined,
  word: string | undefined,
): Outcome {
  const byStatus = status === undefined ? undefined : httpOutcome(status)
  const refused = byStatus !== undefined && byStatus !== 'success' && byStatus !== 'unknown'
  if (known === 'success') return refused ? (named ?? byStatus) : 'success'
  if (known === 'failed') return named ?? (refused ? byStatus : 'failed')
  if (named !== undefined) return named
  if (refused) return byStatus
  // Another word (`Start`, `Accept`, `Active`, `Updated`) says that it is not over, whatever the status.
  return word === undefined ? (byStatus ?? 'unknown') : 'unknown'
}

function ofCode(code: string | undefined): Outcome | undefined {
  if (code === undefined || code.length > 200) return undefined
  if (denied.test(code)) return 'denied'
  if (authFailed.test(code)) return 'auth_failed'
  return throttled.test(code) ? 'throttled' : undefined
}

function resultWord(fields: Fields): string | undefined {
  const status = fields.top.get('status')
  return (
    topText(fields, 'resulttype', 'activitystatusvalue', 'activitystatus') ??
    (isObject(status) ? textFolded(status, 'value') : topText(fields, 'status')) ??
    wordOf(fields)
  )
}

/** Storage has a text beside the status; older exports only the type of the answer. */
function wordOf(fields: Fields): string | undefined {
  return topText(fields, 'statustext') ?? fieldText(fields, 'metricresponsetype')
}

function signature(fields: Fields): string | undefined {
  const sub = fields.top.get('substatus')
  const stated =
    topText(fields, 'resultsignature', 'activitysubstatusvalue', 'activitysubstatus') ??
    (isObject(sub) ? textFolded(sub, 'value') : undefined)
  // `Failed.Forbidden`, `Succeeded.OK`: the part behind the point.
  return stated?.replace(/^[A-Za-z]+\.(?=.)/, '').replace(/\.$/, '')
}

function statusIn(text: string | undefined): number | undefined {
  return httpStatus(/^(\d{3})(?:\D|$)/.exec(text ?? '')?.[1])
}

/** The code of a failure: stated in the message, which is JSON of an error, else beside the status. */
function codeOf(fields: Fields): string | undefined {
  const message = fieldObject(fields, 'statusmessage')
  const nested = within(message, 'error') ?? message
  const storage = topText(fields, 'statustext')
  return (
    textFolded(nested, 'code') ??
    (storage !== undefined && !words.has(storage.toLowerCase()) ? storage : undefined) ??
    wordy(fieldText(fields, 'statuscode')) ??
    wordy(signature(fields))
  )
}

function wordy(value: string | undefined): string | undefined {
  return value === undefined || /^\d*$/.test(value) || /^(?:none|started|accepted|ok|created|signature)$/i.test(value)
    ? undefined
    : value
}

function reasonOf(fields: Fields): string | undefined {
  const message = fieldObject(fields, 'statusmessage')
  const nested = within(message, 'error') ?? message
  return (
    textFolded(nested, 'message') ??
    topText(fields, 'resultdescription') ??
    (message === undefined ? fieldText(fields, 'statusmessage') : undefined)
  )
}
