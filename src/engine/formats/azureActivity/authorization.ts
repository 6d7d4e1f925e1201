import { list } from '../../../common/json'
import type { AccessEventRow } from '../../db/rows'
import { type Fields, field, fieldList, fieldObject, listIn, within } from '../azure/fields'
import { textFolded } from '../shared/folded'
import type { OutcomeColumns } from './outcome'

type AuthorizationColumns = Pick<AccessEventRow, 'permission' | 'policy' | 'policy_type' | 'policy_effect'>

/** The permission that was checked, and the role or policy that decided. */
export function authorizationColumns(
  fields: Fields,
  operation: string | undefined,
  outcome: OutcomeColumns,
): AuthorizationColumns {
  const identity = within(field(fields, 'identity'), 'authorization')
  const first = list(identity)[0] ?? listIn(field(fields, 'authorizationdetails'))?.[0]
  const authorization = first ?? identity ?? fieldObject(fields, 'authorization', 'authorization_d')
  const permission = textFolded(authorization, 'action') ?? (operation?.includes('/') ? operation : undefined)
  const refused = outcome.outcome === 'denied'
  const policies = policiesOf(fields)
  if (policies !== undefined)
    return {
      permission,
      policy: policies,
      policy_type: 'azure_policy',
      policy_effect: refused ? 'explicit_deny' : undefined,
    }
  if (refused && /^(?:RequestDisallowedBy|ScopeLocked|DenyAssignment)/i.test(outcome.outcome_code ?? ''))
    return {
      permission,
      policy_type: refusals.get(lead(outcome.outcome_code)) ?? 'azure_policy',
      policy_effect: 'explicit_deny',
    }
  const role = textFolded(authorization, 'evidence', 'role') ?? textFolded(authorization, 'roleAssignmentId')
  if (role !== undefined)
    return {
      permission,
      policy: role,
      policy_type: 'rbac',
      policy_effect: outcome.outcome === 'success' ? 'allow' : refused ? 'implicit_deny' : undefined,
    }
  return refused && /^\w*AuthorizationFailed$/i.test(outcome.outcome_code ?? '')
    ? { permission, policy_type: 'rbac', policy_effect: 'implicit_deny' }
    : { permission }
}

const refusals: ReadonlyMap<string, string> = new Map([
  ['s', 'lock'],
  ['d', 'deny_assignment'],
])

function lead(code: string | undefined): string {
  return code?.charAt(0).toLowerCase() ?? ''
}

const MAX_POLICIES = 10

/** Names in `properties.policies` of a policy record, which is JSON in a text. */
function policiesOf(fields: Fields): string | undefined {
  const names = fieldList(fields, 'policies')
    .slice(0, 100)
    .flatMap(
      (item) =>
        textFolded(item, 'policyDefinitionDisplayName') ??
        textFolded(item, 'policyDefinitionName') ??
        textFolded(item, 'policyDefinitionId')?.split('/').at(-1) ??
        [],
    )
  return names.length === 0 ? undefined : [...new Set(names)].slice(0, MAX_POLICIES).join('; ')
}
