import type { Activity, EventClass } from '../../db/rows'
import { memo } from '../shared/memo'

/** Event types by their beginning, first match wins. */
const classes: readonly (readonly [EventClass, RegExp])[] = [
  ['authn', /^(?:user\.session\.|user\.authentication\.|user\.mfa\.|policy\.evaluate_sign_on)/],
  ['iam', /^(?:user\.lifecycle\.|user\.account\.|group\.|application\.user_membership\.|iam\.)/],
  ['iam', /\.privilege\./],
  ['policy', /^(?:policy\.|zone\.)/],
  ['session', /^(?:app\.oauth2\.|system\.api_token\.)/],
  // Somebody without the right to an application tried to open it: use, not configuration.
  ['api', /^app\.generic\.unauth_app_access_attempt/],
]

export const classOf = memo((type): EventClass => classes.find(([, form]) => form.test(type))?.[0] ?? 'config')

/** Whole types first, then the words in which types end. */
const activities: readonly (readonly [Activity, RegExp])[] = [
  ['assume', /^user\.session\.impersonation\.initiate/],
  ['grant', /^user\.session\.impersonation\.(?:grant|extend)/],
  ['revoke', /^user\.session\.impersonation\.revoke/],
  ['logout', /^user\.session\.(?:end|clear|expire|impersonation\.end)|^user\.authentication\.slo/],
  ['login', /^user\.session\.(?:start|access_admin_app)|^user\.authentication\./],
  ['grant', /\.privilege\.grant|user_membership\.(?:add|provision|restore)|\.bindings?\.(?:add|create)/],
  ['grant', /application_assignment\.(?:add|create)/],
  ['revoke', /\.privilege\.revoke|user_membership\.(?:remove|revoke|deprovision)|\.bindings?\.(?:remove|delete)/],
  ['revoke', /application_assignment\.(?:remove|delete)|\.(?:revoke|unassign)(?:[._]|$)/],
  ['create', /\.(?:create|add|import|register|enroll|generate|new)(?:[._]|$)|\.token\.grant|\.authorize(?:[._]|$)/],
  ['delete', /\.(?:delete|remove|purge|destroy|unenroll)(?:[._]|$)/],
  ['update', /\.(?:update|change|set|edit|rename|rotate|reset|activate|deactivate|reactivate)(?:[._]|$)/],
  ['update', /\.(?:enable|disable|lock|unlock|suspend|unsuspend|override|transfer|bypass)(?:[._]|$)/],
  ['update', /\.(?:reset|update|change|unlock|lock)_/],
  ['read', /\.(?:read|view|show|download|export|get|search)(?:[._]|$)/],
]

export const activityOf = memo((type): Activity => activities.find(([, form]) => form.test(type))?.[0] ?? 'other')
