import type { Activity, EventClass } from '../../db/rows'
import { memo } from '../shared/memo'

/** Names of directory activities, first match wins; what hands out rights goes before the plain verbs. */
const byName: readonly (readonly [RegExp, Activity])[] = [
  [
    /^(?:Remove|Delete) .*(?:from role|from group|owner|app role assignment|permission grant|role assignment)/i,
    'revoke',
  ],
  [/^(?:Remove|Revoke) .*(?:eligib|role|consent|grant|credential|member)/i, 'revoke'],
  [/(?:removed|deactivated) .*(?:role|member)/i, 'revoke'],
  [/^Add .*(?:to role|to group|owner|app role assignment|permission grant|role assignment)/i, 'grant'],
  [/^(?:Consent to|Grant|Assign|Approve) /i, 'grant'],
  [/elevated their access|role activation|activat\w+ .*role|direct(?:ly)? assigns/i, 'grant'],
  [/^(?:Invited?|Add(?:ed)?|Created?|Register|Import|New|Upload|Restore|Generate|Issue)\b/i, 'create'],
  [/^(?:Hard )?(?:Delete|Remove|Unregister|Purge|Bulk delete)\b/i, 'delete'],
  [/^(?:Update|Set|Change|Reset|Enable|Disable|Rename|Modify|Edit|Renew|Rotate|Unlock|Confirm|Dismiss)\b/i, 'update'],
  [/^(?:Get|Download|Export|View|Read|Validate|Verify|Retrieve|Self-service password reset flow)\b/i, 'read'],
  [/^(?:List|Search)\b/i, 'list'],
]

const byOperationType: ReadonlyMap<string, Activity> = new Map([
  ['add', 'create'],
  ['create', 'create'],
  ['update', 'update'],
  ['delete', 'delete'],
  ['assign', 'grant'],
  ['unassign', 'revoke'],
  ['read', 'read'],
])

const nameActivity = memo((name): Activity | undefined => {
  const words = name.slice(0, 300)
  return byName.find(([pattern]) => pattern.test(words))?.[1]
})

/** By the activity's name, else by the type of operation that the record states. */
export function activityOf(name: string | undefined, operationType: string | undefined): Activity {
  const stated = byOperationType.get(operationType?.toLowerCase() ?? '')
  const named = name === undefined ? undefined : nameActivity(name)
  // `Assign` is said of handing out rights only; the name says so in more ways.
  if (stated === 'grant' || stated === 'revoke') return stated
  return named ?? stated ?? 'other'
}

/** Directory changes are about identities and their rights, unless a policy is what was changed. */
export function classOf(category: string | undefined, name: string | undefined): EventClass {
  if (/^(?:policy|authorization ?policy)$/i.test(category ?? '')) return 'policy'
  return /\bpolic(?:y|ies)\b/i.test((name ?? '').slice(0, 300)) ? 'policy' : 'iam'
}
