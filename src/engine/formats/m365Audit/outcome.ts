import type { Outcome } from '../../../contract/shared'
import type { AccessEventRow } from '../../db/rows'
import { type Fields, fieldText } from '../azure/fields'
import { signInOutcome } from '../azure/signInCodes'
import { blocks, ruleNames } from './policy'
import { valuesIn } from './properties'

type OutcomeColumns = Pick<AccessEventRow, 'outcome' | 'outcome_code' | 'outcome_reason'>

const words: ReadonlyMap<string, Outcome> = new Map([
  ['succeeded', 'success'],
  ['success', 'success'],
  ['partiallysucceeded', 'success'],
  ['true', 'success'],
  ['ok', 'success'],
  ['failed', 'failed'],
  ['failure', 'failed'],
  ['fail', 'failed'],
  ['false', 'failed'],
])

/** Names of sign-in errors by the code that the directory has for them. */
const logonErrors: ReadonlyMap<string, string> = new Map([
  ['authenticationfailed', '50012'],
  ['invalidassertion', '50013'],
  ['userunauthorized', '50020'],
  ['useraccountnotfound', '50034'],
  ['idslocked', '50053'],
  ['invalidpasswordexpiredpassword', '50055'],
  ['userdisabled', '50057'],
  ['userinformationnotprovided', '50058'],
  ['credentialauthenticationerror', '50064'],
  ['userstrongauthenrollmentrequiredinterrupt', '50072'],
  ['userstrongauthclientauthnrequiredinterrupt', '50074'],
  ['userstrongauthclientauthnrequired', '50076'],
  ['userstrongauthexpired', '50078'],
  ['userstrongauthenrollmentrequired', '50079'],
  ['flowtokenexpired', '50089'],
  ['deviceauthenticationrequired', '50097'],
  ['entitlementgrantsnotfound', '50105'],
  ['passwordresetregistrationrequiredinterrupt', '50125'],
  ['invalidusernameorpassword', '50126'],
  ['brokerappnotinstalled', '50127'],
  ['deviceisnotworkplacejoined', '50129'],
  ['conditionalaccessfailed', '50131'],
  ['ssoartifactinvalidorexpired', '50132'],
  ['ssoartifactrevoked', '50133'],
  ['kmsiinterrupt', '50140'],
  ['invalidpasswordexpiredonprempassword', '50144'],
  ['deviceauthenticationfailed', '50155'],
  ['externalsecuritychallenge', '50158'],
  ['freshtokenneeded', '50173'],
  ['loopdetected', '50196'],
  ['devicenotcompliant', '53000'],
  ['devicenotdomainjoined', '53001'],
  ['applicationusedisnotanapprovedapp', '53002'],
  ['blockedbyconditionalaccess', '53003'],
  ['proofupblockedduetorisk', '53004'],
  ['delegationdoesnotexist', '65001'],
  ['userdeclinedconsent', '65004'],
  ['adminconsentrequired', '90094'],
])

/** Operations that are refusals by their name. */
const refusals: ReadonlyMap<string, Outcome> = new Map([
  ['sharinginvitationblocked', 'denied'],
  ['deviceaccessblocked', 'denied'],
  ['filedownloadblocked', 'denied'],
])

/**
 * A failed sign-in by its error; a rule that blocks by its action; else the stated result. The log holds what was done,
 * so an operation without a result went through, unless its name says that it failed.
 */
export function outcomeColumns(fields: Fields, operation: string | undefined): OutcomeColumns {
  const lower = operation?.toLowerCase() ?? ''
  if (lower === 'userloginfailed') return failedLogin(fields)
  const word = fieldText(fields, 'resultstatus')
  if (/^dlprulematch$/.test(lower) && blocks(fields))
    return { outcome: 'denied', outcome_code: 'BlockAccess', outcome_reason: ruleNames(fields).join('; ') }
  const refused = refusals.get(lower)
  if (refused !== undefined) return { outcome: refused, outcome_code: word }
  const reason = reasonOf(fields)
  if (/(?:failed|failure)\.?$/.test(lower)) return { outcome: 'failed', outcome_code: word, outcome_reason: reason }
  if (word === undefined) return { outcome: operation === undefined ? 'unknown' : 'success' }
  const outcome = words.get(word.toLowerCase()) ?? 'unknown'
  return {
    outcome: outcome === 'failed' ? failureOf(reason) : outcome,
    outcome_code: word,
    outcome_reason: outcome === 'success' ? undefined : reason,
  }
}

/** The record may call its own result a success: writing it was one. */
function failedLogin(fields: Fields): OutcomeColumns {
  const error = fieldText(fields, 'logonerror')
  const number = fieldText(fields, 'errornumber')
  const code =
    number !== undefined && /^[1-9]\d{3,9}$/.test(number) ? number : logonErrors.get(error?.toLowerCase() ?? '')
  const known = code === undefined ? undefined : signInOutcome(code, error)
  return {
    // A code that is not in the table says only that it is a failure; of a sign-in that is a failed proof.
    outcome: known === undefined || known === 'failed' || known === 'success' ? 'auth_failed' : known,
    outcome_code: code ?? error ?? fieldText(fields, 'resultstatus'),
    outcome_reason: error ?? reasonOf(fields),
  }
}

function reasonOf(fields: Fields): string | undefined {
  const extended = valuesIn(fields, 'extendedproperties')
  return (
    fieldText(fields, 'errormessage', 'failurereason', 'resultdescription', 'logonerror') ??
    extended.get('errormessage') ??
    extended.get('resultdescription')
  )
}

function failureOf(reason: string | undefined): Outcome {
  if (reason === undefined) return 'failed'
  return /access (?:is |was )?denied|unauthorized|forbidden|authoriz|permission|privilege/i.test(reason.slice(0, 4_000))
    ? 'denied'
    : 'failed'
}
