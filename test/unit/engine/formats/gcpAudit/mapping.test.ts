import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../../src/common/json'
import type { AccessEventRow } from '../../../../../src/engine/db/rows'
import { gcpAudit } from '../../../../../src/engine/formats/gcpAudit'
import { driveJson } from '../../../../support/formatDriver'
import { entry } from './support'

function map(payload: JsonObject = {}, change: JsonObject = {}): AccessEventRow {
  const driven = driveJson(gcpAudit, [entry(payload, change)])
  expect(driven.rejects).toEqual([])
  const [row] = driven.events
  if (row === undefined) throw new Error('no row')
  return row
}

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')

describe('a call of Google Cloud', () => {
  it('fills every column that a plain entry states', () => {
    const row = map(
      {},
      {
        trace: 'projects/shop/traces/4BF92F3577B34DA6A3CE929D0E0E4736',
        spanId: '00f067aa0ba902b7',
        httpRequest: { requestMethod: 'POST', requestUrl: 'https://compute.example.com/v1/x?y=1', status: 200 },
        operation: { id: 'op-1', producer: 'compute.googleapis.com', first: true, last: true },
        labels: { 'compute.googleapis.com/root_trigger_id': 'r-1' },
      },
    )
    expect(row).toEqual({
      source: 'gcp_audit',
      source_event_id: 'i-1/projects/shop/logs/cloudaudit.googleapis.com%2Factivity/2026-01-02T03:04:05.678901234Z',
      ts: BigInt(Date.UTC(2026, 0, 2, 3, 4, 5)) * 1000n + 678_901n,
      ts_precision: 'us',
      ts_kind: 'start',
      class: 'api',
      activity: 'create',
      action: 'v1.compute.instances.insert',
      service: 'compute.googleapis.com',
      permission: 'compute.instances.create',
      read_only: false,
      outcome: 'success',
      policy_type: 'iam',
      policy_effect: 'allow',
      actor_key: 'mail:alice@example.com',
      actor_id: 'user:alice@example.com',
      actor_name: 'alice@example.com',
      actor_email: 'alice@example.com',
      actor_type: 'user',
      src_ip: '198.51.100.7',
      user_agent: 'google-cloud-sdk gcloud/431.0.0 command/gcloud.compute',
      ua_family: 'google-cloud-sdk gcloud',
      resource_key: '//compute.googleapis.com/projects/shop/zones/z/instances/web',
      resource_type: 'gce_instance',
      resource_name: 'projects/shop/zones/z/instances/web',
      resource_tenant: 'shop',
      resource_region: 'europe-west1-b',
      resources: [
        { key: '//compute.googleapis.com/projects/shop/zones/z/instances/web', type: 'gce_instance' },
        { key: '//compute.googleapis.com/projects/shop/zones/z/disks/web', type: 'compute.disks' },
      ],
      request_id: 'op-1',
      correlation_ids: [{ kind: 'gcp_root_trigger', value: 'r-1' }],
      trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
      span_id: '00f067aa0ba902b7',
      trace_source: 'log_entry',
      http_method: 'POST',
      http_path: '/v1/x',
      http_status: 200,
    })
  })

  it('reads names in any case, and names without their sign', () => {
    const driven = driveJson(gcpAudit, [
      {
        insertid: 'i-1',
        logname: 'projects/shop/logs/cloudaudit.googleapis.com%2Fdata_access',
        timestamp: '2026-01-02 03:04:05.5',
        protopayload: {
          at_sign_type: 'type.googleapis.com/google.cloud.audit.AuditLog',
          methodName: 'storage.objects.get',
          serviceName: 'storage.googleapis.com',
          requestMetadata: { callerIP: '198.51.100.9' },
        },
      },
    ])
    expect(driven.events[0]).toMatchObject({
      class: 'data',
      activity: 'read',
      src_ip: '198.51.100.9',
      // Without a zone the time is a guess.
      flags: ['clock_suspect', 'zone_assumed'],
    })
  })

  it.each([
    ['v1.compute.instances.delete', {}, 'delete', 'api'],
    ['beta.compute.instances.aggregatedList', {}, 'list', 'api'],
    ['v1.compute.subnetworks.patch', {}, 'update', 'api'],
    ['google.logging.v2.ConfigServiceV2.DeleteSink', {}, 'delete', 'api'],
    ['google.iam.admin.v1.CreateServiceAccount', {}, 'create', 'iam'],
    ['google.iam.admin.v1.UpdateRole', {}, 'update', 'iam'],
    ['SetIamPolicy', {}, 'grant', 'iam'],
    ['SetIamPolicy', { serviceData: { policyDelta: { bindingDeltas: [{ action: 'REMOVE' }] } } }, 'revoke', 'iam'],
    ['GenerateAccessToken', {}, 'assume', 'session'],
    ['google.login.LoginService.loginSuccess', { serviceName: 'login.googleapis.com' }, 'login', 'authn'],
    ['google.admin.AdminService.addGroupMember', { serviceName: 'admin.googleapis.com' }, 'grant', 'iam'],
    ['google.ssh-serialport.v1.connect', {}, 'connect', 'api'],
    ['frobnicate', { authorizationInfo: [{ permission: 'x.things.list', granted: true }] }, 'list', 'api'],
    ['frobnicate', { authorizationInfo: [] }, 'other', 'api'],
  ])('knows what %s with %o is', (methodName, payload, activity, kind) => {
    const row = map({ methodName, ...payload })
    expect([row.activity, row.class]).toEqual([activity, kind])
  })

  it.each([
    ['data_access', 'data'],
    ['policy', 'policy'],
    ['activity', 'api'],
    ['system_event', 'api'],
  ])('takes the class of an ordinary call from its log %s', (log, expected) => {
    const row = map({}, { logName: `projects/shop/logs/cloudaudit.googleapis.com%2F${log}` })
    expect(row.class).toBe(expected)
    expect(row.flags).toEqual(log === 'system_event' ? ['service_initiated'] : undefined)
  })

  it('believes what a permission says about reading and writing before what its name says', () => {
    const checks = (permissionType: string) => ({
      methodName: 'x.getAndLock',
      authorizationInfo: [{ permission: 'x.y.get', granted: true, permissionType }],
    })
    expect(map(checks('ADMIN_READ')).read_only).toBe(true)
    expect(map(checks('DATA_WRITE')).read_only).toBe(false)
    expect(map({ methodName: 'frobnicate', authorizationInfo: [] }).read_only).toBeUndefined()
  })

  it('names the permission that was refused before those that were granted', () => {
    const authorizationInfo = [
      { permission: 'a.b.get', granted: true },
      { permission: 'a.b.update', granted: false },
    ]
    expect(map({ authorizationInfo, status: { code: 7 } }).permission).toBe('a.b.update')
    expect(map({ authorizationInfo }).permission).toBe('a.b.get')
  })

  it('keeps a full name of a resource as it is, and takes the first checked one where none is named', () => {
    const full = '//cloudresourcemanager.googleapis.com/projects/1'
    expect(map({ resourceName: full }).resource_key).toBe(full)
    expect(map({ resourceName: null, authorizationInfo: [{ resource: 'projects/2' }] }).resource_key).toBe(
      '//compute.googleapis.com/projects/2',
    )
    expect(map({ resourceName: null, authorizationInfo: [] }).resources).toBeUndefined()
  })

  it('takes the tenant from the log where the resource names no project, and the region from elsewhere', () => {
    const row = map(
      { resourceLocation: { currentLocations: ['eu'] } },
      { resource: {}, logName: 'organizations/77/logs/cloudaudit.googleapis.com%2Factivity' },
    )
    expect([row.resource_tenant, row.resource_region, row.resource_type]).toEqual(['77', 'eu', undefined])
  })

  it('keeps a time of arrival as such, and an entry without a time', () => {
    expect(map({}, { timestamp: 'soon', receiveTimestamp: '2026-01-02T03:04:06Z' })).toMatchObject({
      ts_kind: 'logged',
      ts_precision: 's',
    })
    const none = map({}, { timestamp: null, receiveTimestamp: null })
    expect([none.ts, none.ts_kind, none.flags]).toEqual([undefined, undefined, ['clock_suspect']])
  })

  it('keeps words for addresses inside the provider as hosts', () => {
    for (const callerIp of ['private', 'gce-internal-ip'])
      expect(map({ requestMetadata: { callerIp } })).toMatchObject({ src_host: callerIp })
    const network = '//compute.googleapis.com/projects/shop/global/networks/n'
    expect(map({ requestMetadata: { callerNetwork: network } }).src_host).toBe(network)
  })

  it.each([
    ['a decimal span', '67667974448284343', '00f067aa0ba902b7'],
    ['a span of zeros', '0000000000000000', undefined],
    ['a span that is too large', '18446744073709551616', undefined],
    ['a span that is none', 'x', undefined],
  ])('reads %s', (_, spanId, expected) => {
    const trace = `projects/shop/traces/${'a1'.repeat(16)}`
    expect(map({}, { trace, spanId }).span_id).toBe(expected)
    expect(map({}, { trace: `projects/shop/traces/${'0'.repeat(32)}`, spanId }).trace_id).toBeUndefined()
    expect(map({}, { trace: 'x', spanId: '1' }).span_id).toBeUndefined()
  })

  it.each([
    ['Base64 of text', base64('rollback for OPS-7, agreed'), 'rollback for OPS-7, agreed'],
    ['Base64 of bytes', '8uSywAYQGg5Db2xpc2V1bSBGbG93cw', undefined],
    ['plain text', 'because of OPS-7.', 'because of OPS-7.'],
    ['text with controls', 'a\u0007 b', undefined],
  ])('keeps a reason that is %s only where it can be read', (_, reason, expected) => {
    const row = map({ requestMetadata: { requestAttributes: { reason } } })
    expect(row.reason).toBe(expected)
    expect(row.ticket_ids).toEqual(expected === undefined ? undefined : ['OPS-7'])
  })

  it('keeps the statement of a query job', () => {
    const query = 'SELECT a FROM t WHERE b = 5'
    const job = { jobInsertion: { job: { jobName: 'projects/shop/jobs/j', jobConfig: { queryConfig: { query } } } } }
    expect(map({ methodName: 'google.cloud.bigquery.v2.JobService.InsertJob', metadata: job })).toMatchObject({
      class: 'query',
      activity: 'execute',
      db_statement: query,
      db_fingerprint: 'select a from t where b = ?',
      correlation_ids: [{ kind: 'gcp_bigquery_job', value: 'projects/shop/jobs/j' }],
    })
  })
})

describe('outcomes of Google Cloud', () => {
  it.each([
    [0, 'success'],
    [1, 'failed'],
    [5, 'failed'],
    [7, 'denied'],
    [8, 'throttled'],
    [16, 'auth_failed'],
    ['7', 'denied'],
    [403, 'denied'],
    [429, 'throttled'],
  ])('gives status %s the outcome %s', (code, outcome) => {
    const row = map({ status: { code, message: 'm' } })
    expect([row.outcome, row.outcome_code, row.outcome_reason]).toEqual([outcome, String(code), 'm'])
  })

  it('goes by what was granted only where there is no code', () => {
    const none = [{ permission: 'a', granted: false }, { permission: 'b' }]
    expect(map({ authorizationInfo: none })).toMatchObject({ outcome: 'denied', policy_effect: 'implicit_deny' })
    expect(map({ authorizationInfo: none, status: {} }).outcome).toBe('denied')
    expect(map({ authorizationInfo: none, status: { code: 0 } }).outcome).toBe('success')
    expect(map({ authorizationInfo: [...none, { permission: 'c', granted: true }] }).outcome).toBe('success')
    expect(map({ authorizationInfo: [] }).outcome).toBe('success')
  })

  it('knows sign-ins that failed by their method', () => {
    expect(map({ methodName: 'google.login.LoginService.loginFailure', authorizationInfo: [] }).outcome).toBe(
      'auth_failed',
    )
    expect(map({ methodName: 'google.login.LoginService.loginChallenge', authorizationInfo: [] }).outcome).toBe(
      'interrupted',
    )
  })

  it('names the constraint of an organisation that refused', () => {
    const policyViolationInfo = {
      orgPolicyViolationInfo: { violationInfo: [{ constraint: 'constraints/x', policyType: 'BOOLEAN_CONSTRAINT' }] },
    }
    expect(map({ status: { code: 7 }, policyViolationInfo })).toMatchObject({
      policy: 'constraints/x',
      policy_type: 'org_policy',
      policy_effect: 'explicit_deny',
    })
  })

  it('names the perimeter that refused, or the violation', () => {
    const metadata = { vpcServiceControlsUniqueId: 'v-1', egressViolations: [{ servicePerimeter: 'policies/1/p' }] }
    expect(map({ status: { code: 7 }, metadata })).toMatchObject({
      policy: 'policies/1/p',
      policy_type: 'perimeter',
      policy_effect: 'explicit_deny',
      correlation_ids: [{ kind: 'gcp_perimeter_violation', value: 'v-1' }],
    })
    const message = "prohibited by organization's policy. vpcServiceControlsUniqueIdentifier: v-2"
    expect(map({ status: { code: 7, message } }).policy).toBe('v-2')
  })

  it('does not take what a perimeter in trial would have done for an outcome', () => {
    const metadata = { dryRun: true, vpcServiceControlsUniqueId: 'v-1' }
    expect(map({ status: { code: 7 }, metadata })).toMatchObject({ outcome: 'unknown', flags: ['dry_run'] })
  })
})

describe('actors of Google Cloud', () => {
  const who = (authenticationInfo: JsonObject, more: JsonObject = {}) => map({ authenticationInfo, ...more })

  it.each([
    ['robot@shop.iam.gserviceaccount.com', undefined, 'service_account'],
    ['1-compute@developer.gserviceaccount.com', undefined, 'service_account'],
    ['alice@example.com', 'user:alice@example.com', 'user'],
    [undefined, 'principal://iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/subject/s', 'app'],
    [undefined, 'principal://iam.googleapis.com/locations/global/workforcePools/p/subject/s', 'user'],
    [undefined, 'serviceAccount:robot@shop.iam.gserviceaccount.com', 'service_account'],
    ['allUsers', undefined, 'anonymous'],
    [undefined, undefined, 'unknown'],
  ])('takes %s with subject %s as %s', (principalEmail, principalSubject, type) => {
    const info = {
      ...(principalEmail === undefined ? {} : { principalEmail }),
      ...(principalSubject === undefined ? {} : { principalSubject }),
    }
    expect(who(info).actor_type).toBe(type)
  })

  it('uses the subject where there is no mail address, and says when nobody is named', () => {
    const principalSubject = 'principal://iam.googleapis.com/locations/global/workforcePools/p/subject/s'
    expect(who({ principalSubject }).actor_key).toBe(`gcp:${principalSubject}`)
    expect(who({}).actor_key).toBe('unknown:gcp_audit')
    expect(who({}, { serviceName: 'storage.googleapis.com' }).actor_type).toBe('anonymous')
  })

  it('names the project of a service account, and its key', () => {
    const key = '//iam.googleapis.com/projects/shop/serviceAccounts/x/keys/k'
    expect(who({ principalEmail: 'robot@shop.iam.gserviceaccount.com', serviceAccountKeyName: key })).toMatchObject({
      actor_tenant: 'shop',
      credential_id: key,
      credential_type: 'service_account_key',
    })
    expect(who({ oauthInfo: { oauthClientId: 'c' } })).toMatchObject({
      credential_id: 'c',
      credential_type: 'oauth_client',
    })
  })

  it('takes who stands first behind a service account as the actor', () => {
    const row = who({
      principalEmail: 'deploy@shop.iam.gserviceaccount.com',
      serviceAccountDelegationInfo: [
        { firstPartyPrincipal: { principalEmail: 'alice@example.com' } },
        { principalSubject: 'serviceAccount:hop@shop.iam.gserviceaccount.com' },
        {},
      ],
    })
    expect(row).toMatchObject({
      actor_key: 'mail:alice@example.com',
      effective_name: 'deploy@shop.iam.gserviceaccount.com',
      chain: [
        { kind: 'delegation', id: 'alice@example.com', name: 'alice@example.com', type: 'user' },
        { kind: 'delegation', id: 'serviceAccount:hop@shop.iam.gserviceaccount.com', type: 'service_account' },
        { kind: 'delegation', id: 'deploy@shop.iam.gserviceaccount.com', type: 'service_account' },
      ],
    })
    expect(who({ principalEmail: 'a@example.com', serviceAccountDelegationInfo: [{}] })).toMatchObject({
      actor_email: 'a@example.com',
      chain: undefined,
    })
  })

  it('keeps whom a call for a token is about, and a chain in the metadata', () => {
    const name = 'projects/-/serviceAccounts/robot@shop.iam.gserviceaccount.com'
    const row = who(
      { principalEmail: 'alice@example.com' },
      { methodName: 'SignJwt', request: { name }, metadata: { identityDelegationChain: [name] } },
    )
    expect(row.chain?.map((hop) => [hop.kind, hop.id])).toEqual([
      ['delegation', 'robot@shop.iam.gserviceaccount.com'],
      ['delegation', 'alice@example.com'],
      ['impersonate', 'robot@shop.iam.gserviceaccount.com'],
    ])
  })

  it('flags what the provider itself did', () => {
    expect(who({ principalEmail: 'x@system.gserviceaccount.com' }).flags).toEqual(['service_initiated'])
  })
})

describe('unknown fields and broken fields', () => {
  it('do no harm', () => {
    const clean = map({})
    expect(map({ surprise: { deep: [1] } }, { another: true })).toEqual(clean)
    const broken: JsonObject = {
      authenticationInfo: 'x',
      authorizationInfo: { granted: true },
      requestMetadata: 7,
      status: 'x',
      metadata: [],
      request: null,
      resourceLocation: 'x',
    }
    expect(map(broken, { resource: 'x', operation: [], labels: 5, httpRequest: 'x' })).toMatchObject({
      outcome: 'success',
      actor_key: 'unknown:gcp_audit',
    })
  })
})
