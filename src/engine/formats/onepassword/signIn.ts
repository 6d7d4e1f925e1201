import { get, type JsonObject, text, textAt } from '../../../common/json'
import type { WallClock } from '../../../common/time'
import type { Outcome } from '../../../contract/shared'
import type { AccessEventRow } from '../../db/rows'
import { clientColumns, commonColumns, personColumns } from './common'

/** A sign-in, let in or not: the category says which, the type says why. */
export function mapSignIn(event: JsonObject, wallClock: WallClock): AccessEventRow {
  const category = text(get(event, 'category'))
  const type = text(get(event, 'type'))
  return {
    source: 'onepassword',
    ...commonColumns(event, wallClock),
    class: 'authn',
    activity: 'login',
    action: 'signin_attempt',
    ...outcomeColumns(category, type),
    ...personColumns(get(event, 'target_user')),
    session_id: text(get(event, 'session_uuid')),
    credential_type: credentialType(type),
    mfa: type === 'mfa_ok' ? true : undefined,
    ...clientColumns(event, textAt(event, 'client', 'ip_address')),
  }
}

const outcomes = new Map<string, Outcome>([
  ['success', 'success'],
  ['firewall_reported_success', 'success'],
  ['credentials_failed', 'auth_failed'],
  ['mfa_failed', 'auth_failed'],
  ['sso_failed', 'auth_failed'],
  ['modern_version_failed', 'denied'],
  ['firewall_failed', 'denied'],
])

/** Rules of an account: where one may sign in from, and how new the app must be. */
const policies = new Map<string, string>([
  ['firewall_failed', 'firewall'],
  ['firewall_reported_success', 'firewall'],
  ['modern_version_failed', 'app_version'],
])

type OutcomeColumns = Pick<
  AccessEventRow,
  'outcome' | 'outcome_code' | 'outcome_reason' | 'policy' | 'policy_type' | 'policy_effect'
>

function outcomeColumns(category: string | undefined, type: string | undefined): OutcomeColumns {
  const outcome = outcomes.get(category ?? '') ?? 'unknown'
  const policy = policies.get(category ?? '')
  return {
    outcome,
    outcome_code: category,
    outcome_reason: type,
    ...(policy === undefined
      ? {}
      : {
          policy: type,
          policy_type: policy,
          policy_effect: outcome === 'denied' ? ('explicit_deny' as const) : ('allow' as const),
        }),
  }
}

function credentialType(type: string | undefined): string | undefined {
  if (type === undefined) return undefined
  if (type.startsWith('password_secret') || type === 'credentials_ok') return 'password'
  if (type.startsWith('sso_') || type.endsWith('_sso_user')) return 'sso'
  return /^(totp|u2f|duo|code|mfa|platform_secret|passkey)_/.exec(type)?.[1]
}
