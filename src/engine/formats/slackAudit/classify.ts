import type { Outcome } from '../../../contract/shared'
import type { Activity, EventClass } from '../../db/rows'
import { memo } from '../shared/memo'

/** Actions by their words, first match wins. */
const classes: readonly (readonly [EventClass, RegExp])[] = [
  ['authn', /^user_(?:login|logout)|_session_|^cli_login|_login(?:_|$)|^sign_in|^user_two_factor/],
  ['other', /^anomaly/],
  ['policy', /^pref\.|^barrier_|_policy_|_dlp_|^dlp_|native_dlp|retention|^approved_|^ekm_|_restricted$|_restriction_/],
  ['session', /token|^app_(?:scopes|resources)_|^oauth_/],
  ['iam', /^(?:role_|owner_|permissions?_|guest_|user_(?:created|deactivated|reactivated|added_to|removed_from))/],
  ['iam', /^(?:user_role|usergroup_|idp_|scim_|channel_moderation|external_shared_channel_(?:host|invite))/],
  ['iam', /(?:_role_|_permissions?_|_invite|_member_|_collaborator|_owner_)/],
  ['data', /^(?:file_|message_|canvas_|list_|huddle_|export_|manual_export_|standard_export_|corporate_export)/],
  ['data', /export|search_|_downloaded$|_viewed$/],
]

export const classOf = memo((action): EventClass => classes.find(([, form]) => form.test(action))?.[0] ?? 'config')

const activities: readonly (readonly [Activity, RegExp])[] = [
  ['login', /^user_login|^cli_login|_login$/],
  ['logout', /^user_logout|session_(?:reset|invalidated)/],
  [
    'grant',
    /^(?:role|permissions?)_(?:assigned|added|granted)|user_added_to|_role_(?:assigned|added)|scopes_expanded|resources_added|_granted$/,
  ],
  [
    'grant',
    /_(?:approved|promoted|shared)$|^role_change_to_(?:admin|owner)|_invited?$|_invite_(?:sent|created|accepted|approved)$|_collaborator_added/,
  ],
  ['revoke', /^(?:role|permissions?)_(?:unassigned|removed|revoked)|user_removed_from|_revoked$|_restricted$/],
  ['revoke', /_(?:unapproved|demoted|unshared|uninvited|declined|denied)$|_collaborator_removed/],
  ['list', /_searched?$|^search_/],
  ['read', /_(?:downloaded|accessed|viewed|opened|exported|previewed|read)(?:_|$)|export_(?:completed|downloaded)/],
  ['create', /_(?:created|uploaded|added|installed|published|started|posted|generated|issued|join|joined)(?:_|$)/],
  ['delete', /_(?:deleted|removed|uninstalled|tombstoned|expired|purged|destroyed|leave|left)(?:_|$)/],
  ['update', /_(?:changed|updated|renamed|archived?|unarchived?|enabled|disabled|modified|edited|moved)(?:_|$)/],
  [
    'update',
    /_(?:deactivated|reactivated|converted|transferred|replaced|set|unset|reset|merged|migrated|upgraded|enrolled|unenrolled)(?:_|$)|^role_change_to_/,
  ],
]

export const activityOf = memo((action): Activity => activities.find(([, form]) => form.test(action))?.[0] ?? 'other')

/**
 * Entries record what was done. An anomaly or a detection says that something looked odd, not that anybody was let in;
 * a few actions say that it did not come about.
 */
export const outcomeOf = memo((action): Outcome => {
  if (action.startsWith('anomaly') || /_(?:detected|flagged)$/.test(action)) return 'unknown'
  if (/login_failed|failed_login|two_factor.*failed/.test(action)) return 'auth_failed'
  if (/_(?:blocked|prevented)(?:_|$)/.test(action)) return 'denied'
  return /_(?:failed|failure)(?:_|$)/.test(action) ? 'failed' : 'success'
})
