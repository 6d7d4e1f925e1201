import type { Activity, EventClass } from '../../db/rows'
import { activityOfVerb } from '../shared/activity'
import { memo } from '../shared/memo'

/** Operations by their whole name, in lower case: names that say less, or other, than their words do. */
const byName: ReadonlyMap<string, Activity> = new Map([
  ...group(
    'login',
    'userloggedin',
    'userloginfailed',
    'mailboxlogin',
    'teamssessionstarted',
    'foreignrealmindexlogoninitialauthusingadfsfederatedtoken',
  ),
  ...group('logout', 'userloggedoff'),
  ...group('read', 'mailitemsaccessed', 'messagebind', 'folderbind', 'fileaccessedextended', 'pageviewedextended'),
  ...group('delete', 'harddelete', 'softdelete', 'movetodeleteditems'),
  ...group('execute', 'send', 'sendas', 'sendonbehalf'),
  ...group('list', 'searchqueryperformed', 'searchqueryinitiatedexchange', 'searchqueryinitiatedsharepoint'),
  ...group('update', 'update', 'move', 'copy', 'updateinboxrules', 'set-mailbox'),
  ...group('create', 'create', 'new-inboxrule'),
  ...group('grant', 'sharingset', 'sharinginvitationcreated', 'sharinginvitationaccepted', 'securelinkcreated'),
  ...group('grant', 'anonymouslinkcreated', 'companylinkcreated', 'addedtosecurelink', 'addedtogroup', 'memberadded'),
  ...group('grant', 'memberroleadded', 'memberrolechanged', 'sitecollectionadminadded', 'modifyfolderpermissions'),
  ...group(
    'grant',
    'addfolderpermissions',
    'updatefolderpermissions',
    'sitecollectionadminadded',
    'permissionleveladded',
  ),
  ...group('revoke', 'sharingrevoked', 'sharinginvitationrevoked', 'anonymouslinkremoved', 'companylinkremoved'),
  ...group('revoke', 'securelinkdeleted', 'removedfromsecurelink', 'removedfromgroup', 'memberremoved'),
  ...group('revoke', 'removefolderpermissions', 'sitecollectionadminremoved'),
  ...group('read', 'anonymouslinkused', 'companylinkused', 'securelinkused'),
])

function group(activity: Activity, ...names: readonly string[]): readonly (readonly [string, Activity])[] {
  return names.map((name) => [name, activity])
}

/** Cmdlets and directory activities that hand out or take rights. */
const rights: readonly (readonly [RegExp, Activity])[] = [
  [
    /^add-(?:mailboxpermission|recipientpermission|mailboxfolderpermission|rolegroupmember|managementroleassignment|distributiongroupmember|unifiedgrouplinks|compliancecasemember|ediscoverycaseadmin)/,
    'grant',
  ],
  [/^new-managementroleassignment/, 'grant'],
  [
    /^remove-(?:mailboxpermission|recipientpermission|mailboxfolderpermission|rolegroupmember|managementroleassignment|distributiongroupmember|unifiedgrouplinks)/,
    'revoke',
  ],
  [
    /^add (?:.*)(?:member|owner|delegation|app role assignment|delegated permission grant|oauth2permissiongrant)/,
    'grant',
  ],
  [/^consent to application/, 'grant'],
  [
    /^(?:remove|delete) (?:.*)(?:member|owner|app role assignment|delegated permission grant|oauth2permissiongrant)/,
    'revoke',
  ],
]

/** What the operation was done: `FileDownloaded`, `TeamCreated`, `SharingInheritanceBroken`. */
const past: readonly (readonly [RegExp, Activity])[] = [
  [/(?:accessed|viewed|previewed|downloaded|read|opened|fetched|exported)$/, 'read'],
  [/(?:searched|listed|queried)$/, 'list'],
  [/(?:created|uploaded|added|copied|checkedin|installed|provisioned|creation|imported)$/, 'create'],
  [/(?:deleted|removed|recycled|purged|uninstalled|discarded|deletion)$/, 'delete'],
  [
    /(?:modified|updated|renamed|moved|changed|restored|set|enabled|disabled|checkedout|edited|broken|applied|synced)$/,
    'update',
  ],
  [/(?:loggedin|signedin)$/, 'login'],
  [/(?:loggedout|loggedoff|signedout)$/, 'logout'],
  [/(?:sent|executed|triggered|run)$/, 'execute'],
]

export const activityOf = (operation: string | undefined): Activity =>
  operation === undefined ? 'other' : activityOfName(operation)

const activityOfName = memo((operation): Activity => {
  const lower = operation.slice(0, 300).toLowerCase().replace(/\.$/, '')
  const whole = byName.get(lower)
  if (whole !== undefined) return whole
  // What an alert or a rule saw is no act of its own.
  if (/^(?:alert|dlp)/.test(lower)) return 'other'
  const right = rights.find(([pattern]) => pattern.test(lower))?.[1]
  if (right !== undefined) return right
  const words = lower.split(/[\s_-]/)
  // `New-InboxRule`, `Add user.`: the verb stands first.
  if (words.length > 1) return ofVerb(words[0] ?? '')
  const done = past.find(([pattern]) => pattern.test(lower))?.[1]
  return done ?? activityOfVerb(operation.slice(0, 300))
})

function ofVerb(verb: string): Activity {
  switch (verb) {
    case 'new':
    case 'add':
    case 'create':
    case 'invite':
      return 'create'
    case 'remove':
    case 'hard':
      return 'delete'
    case 'start':
    case 'invoke':
      return 'execute'
    default: {
      const capital = verb.charAt(0).toUpperCase() + verb.slice(1)
      return activityOfVerb(capital)
    }
  }
}

const logons = /^(?:azureactivedirectorystslogon|azureactivedirectoryaccountlogon)$/
const items =
  /^(?:exchangeitem\w*|exchangeaggregatedoperation|sharepointfileoperation|sharepointlist\w*|sharepoint|onedrive)$/
const dlp = /^(?:compliancedlp\w*|dlpendpoint)$/
const watching = /^(?:securitycompliancealerts|threatintelligence\w*)$/
const policies = /(?:policy|policies|rule|retention|label|audit\w*config)/

/** The class by the type of record, then by what was done: a right, a policy, a setting, an item. */
export function classOf(type: string | undefined, operation: string | undefined, activity: Activity): EventClass {
  const kind = type?.toLowerCase() ?? ''
  const lower = operation?.slice(0, 300).toLowerCase() ?? ''
  if (logons.test(kind) || activity === 'login' || activity === 'logout') return 'authn'
  if (watching.test(kind)) return 'other'
  if (dlp.test(kind)) return 'policy'
  if (kind === 'azureactivedirectory' || activity === 'grant' || activity === 'revoke') return 'iam'
  if (items.test(kind)) return 'data'
  if (/^(?:exchangeadmin|securitycompliancecentereopcmdlet|datacentersecuritycmdlet)$/.test(kind))
    return policies.test(lower) && !lower.includes('inboxrule') ? 'policy' : 'config'
  return 'api'
}
