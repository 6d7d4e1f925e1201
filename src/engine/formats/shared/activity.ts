import type { Activity } from '../../db/rows'
import { memo } from './memo'

/** Leading verbs of operation names (`GetObject`, `DescribeInstances`), longest first where one begins another. */
const verbs: readonly (readonly [Activity, readonly string[]])[] = [
  ['list', ['List', 'Search', 'Scan', 'Query', 'Enumerate']],
  [
    'read',
    [
      'Get',
      'BatchGet',
      'Describe',
      'Head',
      'Lookup',
      'View',
      'Read',
      'Check',
      'Select',
      'Preview',
      'Detect',
      'Download',
    ],
  ],
  ['read', ['Test', 'Validate', 'Verify', 'Estimate', 'Simulate', 'Count', 'Poll', 'Receive', 'Fetch', 'Export']],
  [
    'create',
    [
      'Create',
      'Allocate',
      'Register',
      'Import',
      'Copy',
      'Upload',
      'Request',
      'Generate',
      'Issue',
      'Provision',
      'Clone',
      'RunInstances',
    ],
  ],
  [
    'delete',
    ['Delete', 'BatchDelete', 'Terminate', 'Release', 'Deregister', 'Remove', 'Purge', 'Destroy', 'Deprovision'],
  ],
  ['delete', ['ScheduleKeyDeletion', 'EndSecretVersionDelete', 'StartSecretVersionDelete']],
  [
    'execute',
    ['Invoke', 'Run', 'Execute', 'Send', 'Publish', 'StartExecution', 'StartQuery', 'StartBuild', 'StartJob'],
  ],
  ['execute', ['Encrypt', 'ReEncrypt', 'Sign', 'GenerateDataKey', 'GenerateMac', 'GenerateRandom']],
  ['read', ['Decrypt']],
  ['connect', ['StartSession', 'ResumeSession', 'OpenTunnel', 'Connect']],
  ['assume', ['Assume', 'SwitchRole', 'GetFederationToken', 'GetSessionToken', 'GetRoleCredentials']],
  ['login', ['ConsoleLogin', 'Login', 'SignIn', 'CheckMfa', 'UserAuthentication', 'CredentialVerification']],
  ['logout', ['Logout', 'SignOut', 'ExitRole']],
  [
    'update',
    [
      ...['Update', 'Modify', 'Put', 'Set', 'Change', 'Enable', 'Disable', 'Associate', 'Disassociate', 'Attach'],
      ...[
        'Detach',
        'Add',
        'Tag',
        'Untag',
        'Reset',
        'Restore',
        'Start',
        'Stop',
        'Reboot',
        'Replace',
        'Rotate',
        'Cancel',
      ],
      ...['Apply', 'Accept', 'Reject', 'Assign', 'Unassign', 'Configure', 'Resize', 'Suspend', 'Resume', 'Activate'],
      ...[
        'Deactivate',
        'Promote',
        'Move',
        'Rename',
        'Rebuild',
        'Extend',
        'Write',
        'Batch',
        'Patch',
        'Edit',
        'Transfer',
      ],
    ],
  ],
  ['grant', ['Grant', 'Authorize', 'Share', 'Allow', 'CreateGrant', 'AddPermission', 'AddUserToGroup']],
  ['grant', ['AddRoleToInstanceProfile', 'AddRoleToDBInstance', 'AddRoleToDBCluster', 'AddLayerVersionPermission']],
  ['grant', ['CreateAccessEntry', 'AssociateAccessPolicy', 'CreateAccountAssignment']],
  ['revoke', ['Revoke', 'Deny', 'Unshare', 'Retire', 'RetireGrant', 'RemovePermission', 'RemoveUserFromGroup']],
  ['revoke', ['RemoveRoleFromInstanceProfile', 'RemoveLayerVersionPermission', 'RemoveRoleFromDBInstance']],
  ['revoke', ['DeleteAccessEntry', 'DisassociateAccessPolicy', 'DeleteAccountAssignment']],
]

const byVerb = new Map(verbs.flatMap(([activity, names]) => names.map((name) => [name, activity] as const)))

/** `Attach*Policy`, `Put*Policy` of an identity hand out rights; `Detach*Policy`, `Delete{User,Role,Group}Policy` take them. */
const policyGrant = /^(?:Attach\w*|Put(?:User|Role|Group))Policy/
const policyRevoke = /^(?:Detach\w*|Delete(?:User|Role|Group))Policy/

/**
 * Activity from an operation name in PascalCase, by its whole name first and then by fewer and fewer leading words.
 * `other` where no verb is known; the caller may know better from a read-only flag.
 */
export const activityOfVerb = memo((operation): Activity => {
  if (policyGrant.test(operation)) return 'grant'
  if (policyRevoke.test(operation)) return 'revoke'
  const words = operation.slice(0, 200).match(/[A-Z][a-z0-9]*|[a-z][a-z0-9]*/g) ?? []
  const first = words[0]
  if (first !== undefined) words[0] = first.charAt(0).toUpperCase() + first.slice(1)
  for (let count = words.length; count > 0; count--) {
    const activity = byVerb.get(words.slice(0, count).join(''))
    if (activity !== undefined) return activity
  }
  return 'other'
})

/** What an activity says about writing; undefined where it says nothing. */
export function readOnlyOfActivity(activity: Activity): boolean | undefined {
  switch (activity) {
    case 'read':
    case 'list':
      return true
    case 'create':
    case 'update':
    case 'delete':
    case 'execute':
    case 'grant':
    case 'revoke':
      return false
    default:
      return undefined
  }
}
