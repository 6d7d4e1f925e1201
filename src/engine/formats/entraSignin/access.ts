import type { JsonValue } from '../../../common/json'
import type { Outcome } from '../../../contract/shared'
import type { AccessEventRow } from '../../db/rows'
import { type Fields, fieldList, fieldObject, fieldText, truth } from '../azure/fields'
import { realId } from '../azure/ids'
import { atFolded, textFolded } from '../shared/folded'
import { isApp } from './identity'

type AccessColumns = Pick<AccessEventRow, 'session_id' | 'credential_id' | 'credential_type' | 'mfa'>

/** What was shown to prove the identity. */
export function accessColumns(fields: Fields, outcome: Outcome): AccessColumns {
  return {
    session_id: realId(fieldText(fields, 'sessionid')),
    credential_id:
      realId(fieldText(fields, 'serviceprincipalcredentialkeyid')) ??
      realId(fieldText(fields, 'uniquetokenidentifier')),
    credential_type: isApp(fields) ? appCredential(fields) : userCredential(fields),
    mfa: outcome === 'success' ? secondFactor(fields) : undefined,
  }
}

/** Only of a sign-in that succeeded: before that, the requirement says nothing about what was shown. */
function secondFactor(fields: Fields): boolean | undefined {
  switch (
    fieldText(fields, 'authenticationrequirement')
      ?.replaceAll(/[^a-z]/gi, '')
      .toLowerCase()
  ) {
    case 'multifactorauthentication':
      return true
    case 'singlefactorauthentication':
      return false
    default:
      return textFolded(fieldObject(fields, 'mfadetail'), 'authMethod') === undefined ? undefined : true
  }
}

function appCredential(fields: Fields): string | undefined {
  const stated = fieldText(fields, 'clientcredentialtype')
  if (stated !== undefined && stated.toLowerCase() !== 'none') return stated
  return fieldText(fields, 'serviceprincipalcredentialthumbprint') === undefined ? undefined : 'certificate'
}

/** The first method that was used now; a claim of an earlier sign-in is none. */
function userCredential(fields: Fields): string | undefined {
  for (const step of fieldList(fields, 'authenticationdetails')) {
    const method = textFolded(step, 'authenticationMethod')
    if (method === undefined || /^previously satisfied$/i.test(method)) continue
    if (truth(atFolded(step, 'succeeded')) !== false) return method
  }
  const incoming = fieldText(fields, 'incomingtokentype')
  return incoming === undefined || incoming.toLowerCase() === 'none' ? undefined : incoming
}

type PolicyColumns = Pick<AccessEventRow, 'policy' | 'policy_type' | 'policy_effect' | 'permission'>

const MAX_POLICIES = 20

/** The conditional-access policies that decided: those that failed, else those that were met. */
export function policyNames(fields: Fields, outcome: Outcome): PolicyColumns {
  const policies = fieldList(fields, 'appliedconditionalaccesspolicies', 'conditionalaccesspolicies')
  const failed = namesOf(policies, 'failure')
  const met = namesOf(policies, 'success')
  const status = fieldText(fields, 'conditionalaccessstatus')?.toLowerCase()
  if (failed.length === 0 && met.length === 0 && status !== 'failure' && status !== 'success') return {}
  const refused = failed.length > 0 || (met.length === 0 && status === 'failure')
  const names = failed.length > 0 ? failed : met
  return {
    policy: names.length === 0 ? undefined : names.join('; '),
    policy_type: 'conditional_access',
    // A step that waits for the person has refused nothing yet.
    policy_effect: refused
      ? outcome === 'denied'
        ? 'explicit_deny'
        : undefined
      : outcome === 'success'
        ? 'allow'
        : undefined,
  }
}

function namesOf(policies: readonly JsonValue[], result: string): readonly string[] {
  return policies
    .slice(0, 500)
    .flatMap((policy) => {
      if (textFolded(policy, 'result')?.toLowerCase() !== result) return []
      return textFolded(policy, 'displayName') ?? textFolded(policy, 'id') ?? []
    })
    .slice(0, MAX_POLICIES)
}
