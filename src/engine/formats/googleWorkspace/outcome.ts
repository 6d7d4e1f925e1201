import { text } from '../../../common/json'
import type { AccessEventRow } from '../../db/rows'
import { memberOf, type Parameters, parameter } from './activity'

/** Activities tell what was done; a few tell what was tried. */
export function outcomeColumns(
  action: string | undefined,
  parameters: Parameters,
): Pick<AccessEventRow, 'outcome' | 'outcome_code' | 'outcome_reason' | 'policy' | 'policy_type' | 'policy_effect'> {
  switch (action) {
    case undefined:
      return { outcome: 'unknown' }
    case 'login_success':
      return { outcome: 'success' }
    case 'login_failure': {
      const reason = parameter(parameters, 'login_failure_type') ?? parameter(parameters, 'failure_type')
      return { outcome: 'auth_failed', outcome_code: reason, outcome_reason: reason }
    }
    case 'login_challenge':
    case 'login_verification': {
      const status = parameter(parameters, 'login_challenge_status')
      return { outcome: /\bpassed\b/i.test(status ?? '') ? 'success' : 'interrupted', outcome_reason: status }
    }
  }
  if (action === 'ACCESS_DENY_EVENT')
    return {
      outcome: 'denied',
      outcome_reason: parameter(parameters, 'caa_access_level_unsatisfied'),
      policy: parameter(parameters, 'caa_access_level_unsatisfied'),
      policy_type: 'access_level',
      policy_effect: 'explicit_deny',
    }
  if (/_blocked$|denied/i.test(action.slice(0, 200))) return { outcome: 'denied' }
  if (text(memberOf(parameters, 'event_info', 'success')) === 'false' || /_failed$/i.test(action.slice(0, 200)))
    return { outcome: 'failed' }
  return { outcome: 'success' }
}

/** Second factors among the ways in which a sign-in was proved. */
const secondFactors = new Set([
  ...['2sv', 'backup_code', 'google_authenticator', 'google_prompt', 'idv_any_phone', 'idv_preregistered_phone'],
  ...['internal_two_factor', 'offline_otp', 'passkey', 'security_key', 'security_key_otp', 'rescue_code'],
])

/** True where a second factor proved the sign-in; what was asked for and not given proves none. */
export function secondFactor(action: string | undefined, parameters: Parameters): boolean | undefined {
  if (action !== 'login_success' && action !== 'login_verification') return undefined
  if (outcomeColumns(action, parameters).outcome !== 'success') return undefined
  if (parameter(parameters, 'is_second_factor') === 'true') return true
  const methods = parameter(parameters, 'login_challenge_method')?.split(', ') ?? []
  return methods.some((method) => secondFactors.has(method)) ? true : undefined
}
