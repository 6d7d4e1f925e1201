/** What is sensitive by the name of the field or column that holds it. */
import type { RedactedKind } from '../../contract/share'

const exact = new Map<string, RedactedKind>()
const names: readonly (readonly [RedactedKind, string])[] = [
  [
    'accounts',
    'accountid recipientaccountid owneraccountid accountuid tenantid hometenantid resourcetenantid subscriptionid directoryid projectid organizationid orgid customerid cloudaccountid enterpriseid workspaceid',
  ],
  [
    'persons',
    'username login loginname displayname fullname firstname lastname givenname surname familyname nickname preferredusername userprincipalname enduserid userid userfullname dbuser alternateid samaccountname rolesessionname assignee impersonateduser performedby initiatedby author callername targetusername subjectusername',
  ],
  ['mail', 'email emailaddress useremail mail actoremail userupn upn'],
  [
    'hosts',
    'hostname host servername serveraddress nodename computername devicename devicedisplayname machinename workstation workstationname netpeername nethostname dnshostname fqdn sourcehost clienthostname k8snodename clientaddress networkpeeraddress',
  ],
  [
    'secrets',
    'authorization proxyauthorization cookie setcookie apikey xapikey accesskey secretkey secretaccesskey sessiontoken authtoken bearertoken csrftoken privatekey accesstoken refreshtoken idtoken clientsecret sharedsecret connectionstring sas xamzsecuritytoken',
  ],
]
for (const [kind, list] of names) for (const name of list.split(' ')) exact.set(name, kind)

/** Names that mean a person only inside of these. */
const personParents = new Set([
  'user',
  'actor',
  'owner',
  'person',
  'member',
  'initiator',
  'invitee',
  'requester',
  'account',
])

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '')
}

/** The kind of the value of a JSON member, by the names around it. */
export function kindOfField(path: readonly string[]): RedactedKind | undefined {
  const last = path.at(-1)
  if (last === undefined) return undefined
  // The names of roles stand in fields of users there.
  if (path.includes('sessionIssuer')) return plain(last) === 'accountid' ? 'accounts' : undefined
  const name = plain(last)
  const known = exact.get(name)
  if (known !== undefined) return known
  if (/(?:password|passwd|passphrase|secret)$/.test(name)) return 'secrets'
  // user.name of OpenTelemetry, and {"user":{"name":…}}.
  const parts = [...path.slice(-2, -1), ...last.split('.')].map(plain)
  const parent = parts.at(-2) ?? ''
  if ((name === 'name' || parts.at(-1) === 'name') && personParents.has(parent)) return 'persons'
  if (name === 'actor' || name === 'user' || name === 'principal') return 'persons'
  if (/(?:^|[a-z])(?:username|displayname|loginname)$/.test(name)) return 'persons'
  return undefined
}

/** Columns of tables that name somebody or something. What they hold is looked at as a whole. */
export const columnKinds: Readonly<Record<string, RedactedKind>> = {
  actor_email: 'mail',
  actor_tenant: 'accounts',
  resource_tenant: 'accounts',
  credential_id: 'secrets',
  src_ip: 'addresses',
  ip_chain: 'addresses',
  src_host: 'hosts',
  client_address: 'hosts',
  peer_address: 'hosts',
  host_address: 'hosts',
  user_id: 'persons',
  db_user: 'persons',
}

/** Columns of fixed words, ids and hashes: nothing of a person stands in them. */
export const wordColumns: ReadonlySet<string> = new Set([
  ...'source ts_precision ts_kind class activity outcome policy_effect policy_type actor_type credential_type trace_id span_id'.split(
    ' ',
  ),
  ...'parent_span_id linked_trace_id linked_span_id trace_source http_method status kind temporality exemplar_trace_ids'.split(
    ' ',
  ),
  ...'flags formats tool severity chain.kind chain.type correlation_ids.kind'.split(' '),
])

/** Columns whose words are those of services and formats: a name that is one of these words cannot be removed by itself. */
export const vocabularyColumns: ReadonlySet<string> = new Set([
  ...wordColumns,
  ...'action service permission outcome_code resource_type resource_region db_name scope_name rpc_service rpc_method event_name'.split(
    ' ',
  ),
  ...'ua_family resources.type unit'.split(' '),
])
