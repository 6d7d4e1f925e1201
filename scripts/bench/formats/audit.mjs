/** Records of audit logs, one text each, in the shapes that the services write. */
import { isoMs, timeMs } from './random.mjs'

/** @typedef {import('./random.mjs').Draw} Draw */
/** @typedef {(draw: Draw, index: number) => unknown} Record */

const verbs = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete']
const kinds = ['pods', 'secrets', 'configmaps', 'deployments', 'leases', 'nodes', 'services']

/** @type {Record} */
export const k8sAudit = (draw, index) => {
  const verb = draw.one(verbs)
  const resource = draw.one(kinds)
  const namespace = `team-${draw.few(20)}`
  const name = `${resource}-${draw.hex(10)}`
  const denied = draw.chance(0.02)
  const time = new Date(timeMs(index)).toISOString().replace('Z', `${String(draw.few(999)).padStart(3, '0')}Z`)
  return {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'Metadata',
    auditID: draw.uuid(),
    stage: 'ResponseComplete',
    requestURI: `/api/v1/namespaces/${namespace}/${resource}/${name}`,
    verb,
    user: {
      username: draw.chance(0.7)
        ? `system:serviceaccount:${namespace}:runner-${draw.few(9)}`
        : `operator-${draw.few(30)}`,
      uid: draw.uuid(),
      groups: ['system:serviceaccounts', `system:serviceaccounts:${namespace}`, 'system:authenticated'],
    },
    sourceIPs: [draw.ip()],
    userAgent: draw.agent(),
    objectRef: { resource, namespace, name, apiVersion: 'v1', resourceVersion: String(draw.few(1_000_000)) },
    responseStatus: {
      metadata: {},
      ...(denied ? { status: 'Failure', reason: 'Forbidden' } : {}),
      code: denied ? 403 : 200,
    },
    requestReceivedTimestamp: time,
    stageTimestamp: time,
    annotations: {
      'authorization.k8s.io/decision': denied ? 'forbid' : 'allow',
      'authorization.k8s.io/reason': denied
        ? ''
        : `RBAC: allowed by RoleBinding "run/${namespace}" of Role "run" to ServiceAccount`,
    },
  }
}

/** @type {Record} */
export const okta = (draw, index) => {
  const person = draw.person()
  const id = draw.hex(17)
  return {
    uuid: draw.uuid(),
    published: isoMs(index),
    eventType: draw.one([
      'user.session.start',
      'user.authentication.sso',
      'policy.evaluate_sign_on',
      'user.mfa.factor.activate',
      'group.user_membership.add',
    ]),
    version: '0',
    severity: 'INFO',
    displayMessage: 'User single sign on to app',
    actor: {
      id: `00u${id}`,
      type: 'User',
      alternateId: person,
      displayName: `User ${draw.few(400)}`,
      detailEntry: null,
    },
    client: {
      ipAddress: draw.ip(),
      userAgent: { rawUserAgent: draw.agent(), os: 'Windows 10', browser: 'CHROME' },
      zone: 'null',
      device: 'Computer',
      geographicalContext: {
        city: 'Vienna',
        state: 'Vienna',
        country: 'Austria',
        postalCode: '1010',
        geolocation: { lat: 48.2, lon: 16.4 },
      },
    },
    outcome: draw.chance(0.05)
      ? { result: 'FAILURE', reason: 'INVALID_CREDENTIALS' }
      : { result: 'SUCCESS', reason: null },
    authenticationContext: {
      authenticationStep: 0,
      credentialType: 'PASSWORD',
      externalSessionId: `trs${draw.hex(20)}`,
    },
    securityContext: {
      asNumber: 64500 + draw.few(20),
      asOrg: 'Example Net',
      isp: 'example isp',
      domain: 'example.net',
      isProxy: false,
    },
    request: { ipChain: [{ ip: draw.ip(), version: 'V4', source: null }] },
    transaction: { id: draw.hex(27), type: 'WEB', detail: {} },
    debugContext: {
      debugData: { requestId: draw.hex(32), requestUri: '/api/v1/authn', dtHash: draw.hex(64), url: '/api/v1/authn?' },
    },
    legacyEventType: 'core.user_auth.login_success',
    target: [
      {
        id: `0oa${draw.hex(17)}`,
        type: 'AppInstance',
        alternateId: `App ${draw.few(60)}`,
        displayName: `App ${draw.few(60)}`,
      },
    ],
  }
}

/** @type {Record} */
export const githubAudit = (draw, index) => ({
  '@timestamp': timeMs(index),
  _document_id: draw.hex(22),
  action: draw.one([
    'git.clone',
    'git.fetch',
    'git.push',
    'repo.access',
    'pull_request.merge',
    'org.add_member',
    'hook.create',
  ]),
  actor: `coder-${draw.few(300)}`,
  actor_id: draw.few(90_000),
  actor_ip: draw.ip(),
  actor_location: { country_code: 'AT' },
  business: 'example',
  org: 'example-org',
  repo: `example-org/service-${draw.few(200)}`,
  hashed_token: draw.hex(44),
  programmatic_access_type: 'Fine-grained personal access token',
  token_id: draw.few(5000),
  created_at: timeMs(index),
  operation_type: 'access',
  request_id: draw.uuid(),
  user_agent: draw.agent(),
})

/** @type {Record} */
export const entraSignin = (draw, index) => ({
  id: draw.uuid(),
  createdDateTime: isoMs(index),
  userDisplayName: `User ${draw.few(400)}`,
  userPrincipalName: draw.person(),
  userId: draw.uuid(),
  appId: draw.uuid(),
  appDisplayName: `App ${draw.few(40)}`,
  ipAddress: draw.ip(),
  clientAppUsed: 'Browser',
  userAgent: draw.agent(),
  correlationId: draw.uuid(),
  conditionalAccessStatus: 'success',
  isInteractive: true,
  riskLevelDuringSignIn: 'none',
  riskState: 'none',
  resourceDisplayName: 'Windows Azure Active Directory',
  resourceId: '00000002-0000-0000-c000-000000000000',
  status: draw.chance(0.06)
    ? { errorCode: 50126, failureReason: 'Invalid username or password.' }
    : { errorCode: 0, failureReason: 'Other.' },
  deviceDetail: { deviceId: '', operatingSystem: 'Windows10', browser: 'Chrome 122.0.0' },
  location: {
    city: 'Wien',
    state: 'Wien',
    countryOrRegion: 'AT',
    geoCoordinates: { latitude: 48.2, longitude: 16.37 },
  },
  appliedConditionalAccessPolicies: [
    { id: draw.uuid(), displayName: 'Require MFA', result: 'success', enforcedGrantControls: ['Mfa'] },
  ],
})

/** @type {Record} */
export const entraAudit = (draw, index) => ({
  id: `Directory_${draw.uuid()}`,
  category: 'GroupManagement',
  correlationId: draw.uuid(),
  result: 'success',
  resultReason: '',
  activityDisplayName: draw.one([
    'Add member to group',
    'Update user',
    'Add app role assignment grant to user',
    'Remove member from group',
  ]),
  activityDateTime: isoMs(index),
  loggedByService: 'Core Directory',
  operationType: 'Assign',
  initiatedBy: {
    app: null,
    user: { id: draw.uuid(), displayName: null, userPrincipalName: draw.person(), ipAddress: draw.ip() },
  },
  targetResources: [
    {
      id: draw.uuid(),
      displayName: null,
      type: 'User',
      userPrincipalName: draw.person(),
      modifiedProperties: [{ displayName: 'Group.ObjectID', oldValue: null, newValue: `"${draw.uuid()}"` }],
    },
    { id: draw.uuid(), displayName: null, type: 'Group', groupType: 'azureAD', modifiedProperties: [] },
  ],
  additionalDetails: [{ key: 'User-Agent', value: draw.agent() }],
})

/** @type {Record} */
export const azureActivity = (draw, index) => {
  const resource = `/SUBSCRIPTIONS/${draw.uuid().toUpperCase()}/RESOURCEGROUPS/RG-${draw.few(30)}/PROVIDERS/MICROSOFT.COMPUTE/VIRTUALMACHINES/VM-${draw.few(300)}`
  const verb = draw.one(['READ', 'WRITE', 'DELETE', 'START/ACTION'])
  return {
    time: isoMs(index),
    resourceId: resource,
    operationName: `MICROSOFT.COMPUTE/VIRTUALMACHINES/${verb}`,
    category: 'Administrative',
    resultType: draw.chance(0.05) ? 'Failure' : 'Success',
    resultSignature: 'Succeeded.OK',
    durationMs: String(draw.few(900)),
    callerIpAddress: draw.ip(),
    correlationId: draw.uuid(),
    level: 'Information',
    location: 'global',
    identity: {
      authorization: {
        scope: resource,
        action: `Microsoft.Compute/virtualMachines/${verb.toLowerCase()}`,
        evidence: { role: 'Contributor', principalType: 'User' },
      },
      claims: {
        aud: 'https://management.core.windows.net/',
        'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn': draw.person(),
        'http://schemas.microsoft.com/identity/claims/objectidentifier': draw.uuid(),
        appid: draw.uuid(),
      },
    },
  }
}

/** @type {Record} */
export const m365Audit = (draw, index) => ({
  CreationTime: isoMs(index).slice(0, 19),
  Id: draw.uuid(),
  Operation: draw.one(['FileAccessed', 'FileModified', 'MailItemsAccessed', 'UserLoggedIn', 'FileDownloaded']),
  OrganizationId: '0f1e2d3c-0000-4000-8000-000000000001',
  RecordType: 6,
  UserKey: `i:0h.f|membership|${draw.hex(16)}@live.com`,
  UserType: 0,
  Version: 1,
  Workload: 'SharePoint',
  ClientIP: draw.ip(),
  ObjectId: `https://example.sharepoint.com/sites/team${draw.few(30)}/Shared Documents/report-${draw.hex(6)}.docx`,
  UserId: draw.person(),
  CorrelationId: draw.uuid(),
  EventSource: 'SharePoint',
  ItemType: 'File',
  UserAgent: draw.agent(),
  SiteUrl: `https://example.sharepoint.com/sites/team${draw.few(30)}/`,
  SourceFileExtension: 'docx',
  SourceFileName: `report-${draw.hex(6)}.docx`,
})

/** @type {Record} */
export const gcpAudit = (draw, index) => {
  const bucket = `data-${draw.few(40)}`
  return {
    protoPayload: {
      '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
      status: draw.chance(0.03) ? { code: 7, message: 'PERMISSION_DENIED' } : {},
      authenticationInfo: { principalEmail: draw.person(), principalSubject: `user:${draw.person()}` },
      requestMetadata: {
        callerIp: draw.ip(),
        callerSuppliedUserAgent: draw.agent(),
        requestAttributes: { time: isoMs(index), auth: {} },
        destinationAttributes: {},
      },
      serviceName: 'storage.googleapis.com',
      methodName: draw.one([
        'storage.objects.get',
        'storage.objects.list',
        'storage.objects.create',
        'storage.buckets.get',
      ]),
      authorizationInfo: [
        {
          resource: `projects/_/buckets/${bucket}`,
          permission: 'storage.objects.get',
          granted: true,
          resourceAttributes: {},
        },
      ],
      resourceName: `projects/_/buckets/${bucket}/objects/part-${draw.hex(12)}`,
    },
    insertId: draw.hex(16),
    resource: { type: 'gcs_bucket', labels: { project_id: 'example-prod', bucket_name: bucket, location: 'eu' } },
    timestamp: isoMs(index),
    severity: 'INFO',
    logName: 'projects/example-prod/logs/cloudaudit.googleapis.com%2Fdata_access',
    receiveTimestamp: isoMs(index + 40),
  }
}

/** @type {Record} */
export const googleWorkspace = (draw, index) => ({
  kind: 'admin#reports#activity',
  id: {
    time: isoMs(index),
    uniqueQualifier: `-${draw.few(9_000_000)}${draw.few(9_000_000)}`,
    applicationName: 'drive',
    customerId: 'C00example',
  },
  etag: `"${draw.hex(40)}"`,
  actor: { email: draw.person(), profileId: `1${String(draw.few(9_000_000)).padStart(20, '0')}` },
  ipAddress: draw.ip(),
  events: [
    {
      type: 'access',
      name: draw.one(['view', 'edit', 'download', 'change_user_access']),
      parameters: [
        { name: 'primary_event', boolValue: true },
        { name: 'doc_id', value: draw.hex(33) },
        { name: 'doc_type', value: 'spreadsheet' },
        { name: 'doc_title', value: `Plan ${draw.few(4000)}` },
        { name: 'visibility', value: 'private' },
        { name: 'owner', value: draw.person() },
      ],
    },
  ],
})

/** @type {Record} */
export const teleport = (draw, index) => ({
  ei: 0,
  event: 'db.session.query',
  code: 'TDB02I',
  uid: draw.uuid(),
  time: isoMs(index),
  cluster_name: 'main.example.com',
  user: draw.person(),
  user_kind: 1,
  sid: draw.uuid(),
  db_service: `orders-${draw.few(9)}`,
  db_protocol: 'postgres',
  db_uri: 'orders.example.com:5432',
  db_name: 'orders',
  db_user: draw.one(['reader', 'writer', 'admin']),
  db_query: `SELECT * FROM orders WHERE id = ${draw.few(900_000)} AND region = 'r${draw.few(30)}'`,
  db_query_parameters: null,
  success: true,
})

/** @type {Record} */
export const vaultAudit = (draw, index) => {
  const path = `secret/data/app-${draw.few(40)}/key-${draw.few(300)}`
  return {
    time: isoMs(index).replace('Z', `${String(draw.few(999)).padStart(3, '0')}Z`),
    type: 'request',
    auth: {
      client_token: `hmac-sha256:${draw.hex(64)}`,
      accessor: `hmac-sha256:${draw.hex(64)}`,
      display_name: `oidc-${draw.person()}`,
      policies: ['default', `app-${draw.few(40)}`],
      token_policies: ['default'],
      metadata: { role: 'reader' },
      entity_id: draw.uuid(),
      token_type: 'service',
    },
    request: {
      id: draw.uuid(),
      operation: draw.one(['read', 'list', 'update']),
      mount_type: 'kv',
      client_token: `hmac-sha256:${draw.hex(64)}`,
      namespace: { id: 'root' },
      path,
      remote_address: draw.ip(),
      remote_port: 40_000 + draw.few(9000),
    },
  }
}

/** @type {Record} */
export const slackAudit = (draw, index) => ({
  id: draw.uuid(),
  date_create: Math.floor(timeMs(index) / 1000),
  action: draw.one(['user_login', 'file_downloaded', 'channel_joined', 'user_logout']),
  actor: {
    type: 'user',
    user: { id: `W${draw.hex(9).toUpperCase()}`, name: `User ${draw.few(400)}`, email: draw.person() },
  },
  entity: {
    type: 'file',
    file: { id: `F${draw.hex(9).toUpperCase()}`, name: `notes-${draw.few(900)}.txt`, filetype: 'text', title: 'notes' },
  },
  context: {
    location: { type: 'workspace', id: 'T00EXAMPLE', name: 'Example', domain: 'example' },
    ua: draw.agent(),
    ip_address: draw.ip(),
    session_id: String(draw.few(9_000_000)),
  },
})

/** @type {Record} */
export const onepassword = (draw, index) => ({
  uuid: draw.hex(26).toUpperCase(),
  timestamp: isoMs(index),
  used_version: draw.few(9),
  vault_uuid: draw.hex(26),
  item_uuid: draw.hex(26),
  action: draw.one(['reveal', 'fill', 'secure-copy', 'other']),
  user: { uuid: draw.hex(26).toUpperCase(), name: `User ${draw.few(400)}`, email: draw.person(), type: 'user' },
  client: {
    app_name: '1Password Extension',
    app_version: '8.10.24',
    platform_name: 'Chrome',
    platform_version: '122',
    os_name: 'Windows',
    os_version: '11',
    ip_address: draw.ip(),
  },
  location: { country: 'AT', region: 'Vienna', city: 'Vienna', latitude: 48.2, longitude: 16.4 },
})

/** @type {Record} */
export const ocsf = (draw, index) => ({
  class_uid: 6003,
  class_name: 'API Activity',
  category_uid: 6,
  activity_id: 2,
  activity_name: 'Read',
  type_uid: 600302,
  time: timeMs(index),
  severity_id: 1,
  status: 'Success',
  status_id: 1,
  metadata: {
    version: '1.1.0',
    uid: draw.uuid(),
    product: { name: 'CloudTrail', vendor_name: 'AWS' },
    profiles: ['cloud'],
  },
  cloud: { provider: 'AWS', region: 'eu-central-1' },
  actor: {
    user: {
      type: 'IAMUser',
      uid: `AIDA${draw.hex(16).toUpperCase()}`,
      name: `operator-${draw.few(40)}`,
      account: { uid: '111122223333' },
    },
  },
  api: {
    operation: draw.one(['GetObject', 'ListBuckets', 'DescribeInstances']),
    service: { name: 's3.amazonaws.com' },
    request: { uid: draw.uuid() },
  },
  src_endpoint: { ip: draw.ip() },
  http_request: { user_agent: draw.agent() },
  resources: [{ uid: `arn:aws:s3:::data-${draw.few(60)}`, type: 'AWS::S3::Bucket' }],
})

/** @type {Record} */
export const hoop = (draw, index) => ({
  id: draw.uuid(),
  org_id: '0f1e2d3c-0000-4000-8000-000000000002',
  user: draw.person(),
  user_id: draw.uuid(),
  user_name: `User ${draw.few(400)}`,
  type: 'database',
  connection: `orders-${draw.few(9)}`,
  connection_subtype: 'postgres',
  verb: 'exec',
  status: 'done',
  script: { data: `SELECT * FROM orders WHERE id = ${draw.few(900_000)}` },
  start_date: isoMs(index),
  end_date: isoMs(index + 3),
  labels: {},
  event_size: draw.few(4000),
  exit_code: 0,
})
