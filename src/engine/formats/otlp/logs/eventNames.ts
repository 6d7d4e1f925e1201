/**
 * Event names that report an access by themselves: common names of sign-in, authorisation and administration events,
 * and the security vocabulary of OWASP's logging guide. Compared without case; `_`, `-`, `/` and blanks count as dots,
 * what follows a colon (OWASP's parameters) is left out, and a last word that tells the outcome is taken off.
 */
import type { Outcome } from '../../../../contract/shared'
import type { Activity, EventClass } from '../../../db/rows'
import { memo } from '../../shared/memo'

export interface NamedEvent {
  readonly class: EventClass
  readonly activity: Activity | undefined
  /** What the name tells of the outcome. */
  readonly outcome: Outcome | undefined
}

type Kind = readonly [EventClass, Activity | undefined, readonly string[]]

const kinds: readonly Kind[] = [
  [
    'authn',
    'login',
    [
      ...['login', 'logon', 'signin', 'sign.in', 'user.login', 'user.logon', 'user.signin', 'user.sign.in'],
      ...['auth', 'auth.login', 'authn', 'authn.login', 'authentication', 'user.auth', 'user.authentication'],
      ...['authn.impossible.travel', 'mfa', 'auth.mfa', 'authn.mfa', 'user.mfa', 'mfa.challenge'],
    ],
  ],
  [
    'authn',
    'logout',
    ['logout', 'logoff', 'signout', 'sign.out', 'user.logout', 'user.signout', 'auth.logout', 'authn.logout'],
  ],
  ['session', 'assume', ['authn.token.created', 'token.created', 'token.issued', 'auth.token.issued']],
  ['session', 'assume', ['user.impersonate', 'user.impersonation', 'impersonation', 'impersonation.start']],
  ['session', 'revoke', ['authn.token.revoked', 'token.revoked', 'auth.token.revoked']],
  ['session', 'other', ['authn.token.reuse', 'session.created', 'session.renewed', 'session.use.after.expire']],
  ['iam', 'update', ['authn.password.change', 'password.change', 'user.password.change', 'user.updated']],
  ['iam', 'create', ['user.created', 'user.create']],
  ['iam', 'delete', ['user.deleted', 'user.delete', 'user.archived']],
  ['iam', 'grant', ['role.granted', 'role.grant', 'role.assigned', 'permission.granted', 'permission.grant']],
  ['iam', 'grant', ['authz.change', 'privilege.permissions.changed']],
  ['iam', 'revoke', ['role.revoked', 'role.revoke', 'role.unassigned', 'permission.revoked', 'permission.revoke']],
  ['iam', undefined, ['authz.admin']],
  ['api', undefined, ['authz', 'authorization', 'access', 'access.check', 'permission.check', 'policy.decision']],
  ['data', 'create', ['sensitive.create']],
  ['data', 'read', ['sensitive.read']],
  ['data', 'update', ['sensitive.update']],
  ['data', 'delete', ['sensitive.delete']],
]

const byName = new Map(
  kinds.flatMap(([eventClass, activity, names]) =>
    names.map((name) => [name, { class: eventClass, activity }] as const),
  ),
)

/** Last words of a name. `fail` is read by what failed: see below. */
const endings: ReadonlyMap<string, Outcome> = new Map<string, Outcome>([
  ...['success', 'succeeded', 'ok', 'successafterfail', 'allowed', 'allow', 'permitted'].map(
    (word) => [word, 'success'] as const,
  ),
  ...['fail', 'failed', 'failure', 'error'].map((word) => [word, 'failed'] as const),
  ...['denied', 'deny', 'refused', 'forbidden', 'blocked', 'rejected'].map((word) => [word, 'denied'] as const),
  ...['lock', 'locked'].map((word) => [word, 'auth_failed'] as const),
])

/** What the name says, or undefined where it is no access by its name. */
export const namedEvent = memo((name): NamedEvent | undefined => {
  const plain = name
    .slice(0, 200)
    .replace(/:.*$/s, '')
    .trim()
    .toLowerCase()
    .replace(/[_\-/\s]+/g, '.')
  const whole = byName.get(plain)
  if (whole !== undefined) return { ...whole, outcome: undefined }
  const cut = plain.lastIndexOf('.')
  const ending = endings.get(plain.slice(cut + 1))
  const base = byName.get(plain.slice(0, Math.max(cut, 0)))
  if (ending !== undefined && base !== undefined) return { ...base, outcome: outcomeOf(base.class, plain, ending) }
  return /^(?:audit|access)\../.test(plain) ? { class: 'other', activity: undefined, outcome: ending } : undefined
})

function outcomeOf(eventClass: EventClass, name: string, ending: Outcome): Outcome {
  if (ending !== 'failed') return ending
  if (eventClass === 'authn') return 'auth_failed'
  return name.startsWith('auth') ? 'denied' : 'failed'
}
