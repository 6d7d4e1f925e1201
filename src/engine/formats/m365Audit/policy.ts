import { list } from '../../../common/json'
import type { Outcome } from '../../../contract/shared'
import type { AccessEventRow } from '../../db/rows'
import { type Fields, fieldList, fieldObject, fieldText } from '../azure/fields'
import { atFolded, textFolded } from '../shared/folded'

type PolicyColumns = Pick<AccessEventRow, 'policy' | 'policy_type' | 'policy_effect'>

const MAX_POLICIES = 20

/** Policies against loss of data that a record is about, with the rules that matched; and policies of alerts. */
export function policyColumns(fields: Fields, outcome: Outcome): PolicyColumns {
  const names = fieldList(fields, 'policydetails')
    .slice(0, MAX_POLICIES)
    .flatMap((policy) => textFolded(policy, 'PolicyName') ?? textFolded(policy, 'PolicyId') ?? [])
  if (names.length > 0)
    return {
      policy: [...new Set(names)].join('; '),
      policy_type: 'dlp',
      policy_effect: outcome === 'denied' ? 'explicit_deny' : undefined,
    }
  const alert = fieldText(fields, 'policyid') === undefined ? undefined : fieldText(fields, 'name')
  return alert === undefined ? {} : { policy: alert, policy_type: 'alert' }
}

/** True where a rule that matched blocks access, is not on trial, and was not overridden by the person. */
export function blocks(fields: Fields): boolean {
  if (Object.keys(fieldObject(fields, 'exceptioninfo') ?? {}).length > 0) return false
  return rulesOf(fields).some(
    (rule) =>
      list(atFolded(rule, 'Actions')).includes('BlockAccess') && !/^audit/i.test(textFolded(rule, 'RuleMode') ?? ''),
  )
}

/** Names of the rules that matched. */
export function ruleNames(fields: Fields): readonly string[] {
  return rulesOf(fields).flatMap((rule) => textFolded(rule, 'RuleName') ?? [])
}

function rulesOf(fields: Fields): readonly unknown[] {
  return fieldList(fields, 'policydetails')
    .slice(0, MAX_POLICIES)
    .flatMap((policy) => list(atFolded(policy, 'Rules')).slice(0, MAX_POLICIES))
}
