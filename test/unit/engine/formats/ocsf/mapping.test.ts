import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../../src/common/json'
import type { AccessEventRow } from '../../../../../src/engine/db/rows'
import { ocsf } from '../../../../../src/engine/formats/ocsf'
import { driveJson } from '../../../../support/formatDriver'

const role = 'arn:aws:iam::111122223333:role/Deploy'
const base: JsonObject = {
  class_uid: 6003,
  category_uid: 6,
  activity_id: 1,
  activity_name: 'Create',
  type_uid: 600301,
  severity_id: 1,
  status_id: 1,
  status: 'Success',
  time: 1_767_323_045_678,
  metadata: {
    uid: 'e-1',
    version: '1.3.0',
    correlation_uid: 'c-1',
    original_event_uid: 'o-1',
    product: { name: 'CloudTrail', vendor_name: 'AWS' },
  },
  actor: {
    user: {
      name: 'alice@example.com',
      uid: 'arn:aws:sts::111122223333:assumed-role/Deploy/alice@example.com',
      type: 'AssumedRole',
      account: { uid: '111122223333' },
      credential_uid: 'ASIAEXAMPLE',
    },
    session: { uid: 's-1', issuer: role, is_mfa: true },
    idp: { name: 'Example IdP' },
  },
  api: { operation: 'CreateBucket', service: { name: 's3.amazonaws.com' }, request: { uid: 'r-1' } },
  src_endpoint: {
    ip: '198.51.100.7',
    port: 50_123,
    location: { country: 'AT', city: 'Vienna', lat: 48.2, long: 16.4 },
    autonomous_system: { number: 64_500, name: 'Example Net' },
  },
  http_request: {
    uid: 'h-1',
    user_agent: 'aws-cli/2.11.1 Python/3.9',
    http_method: 'PUT',
    url: { path: '/logs' },
    x_forwarded_for: ['203.0.113.9', '198.51.100.7'],
  },
  http_response: { code: 200 },
  resources: [
    { uid: 'arn:aws:s3:::logs', name: 'logs', type: 'AWS::S3::Bucket', region: 'eu-central-1' },
    { name: 'policy', type: 'Policy' },
  ],
  cloud: { provider: 'AWS', region: 'eu-west-1', account: { uid: '111122223333' } },
  comment: 'for OPS-7',
  trace: { uid: '4BF92F3577B34DA6A3CE929D0E0E4736', span: { uid: '00f067aa0ba902b7' } },
}

function map(change: JsonObject): AccessEventRow {
  const driven = driveJson(ocsf, [{ ...base, ...change }])
  expect([driven.rejects, driven.skips]).toEqual([[], []])
  const [row] = driven.events
  if (row === undefined) throw new Error('no row')
  return row
}

/** A sign-in without an actor of its own. */
const signIn: JsonObject = { class_uid: 3002, category_uid: 3, api: null, actor: null, resources: null }

describe('an OCSF event', () => {
  it('fills every column that an API call states', () => {
    expect(map({})).toEqual({
      source: 'ocsf',
      source_event_id: 'e-1',
      ts: 1_767_323_045_678_000n,
      ts_end: undefined,
      ts_precision: 'ms',
      ts_kind: 'logged',
      duration_us: undefined,
      class: 'api',
      activity: 'create',
      action: 'CreateBucket',
      service: 's3.amazonaws.com',
      permission: undefined,
      read_only: false,
      outcome: 'success',
      outcome_code: '200',
      outcome_reason: undefined,
      policy: undefined,
      policy_type: undefined,
      policy_effect: undefined,
      actor_key: 'mail:alice@example.com',
      actor_id: 'arn:aws:sts::111122223333:assumed-role/Deploy/alice@example.com',
      actor_name: 'alice@example.com',
      actor_email: 'alice@example.com',
      actor_tenant: '111122223333',
      actor_type: 'role',
      effective_id: role,
      effective_name: 'Deploy',
      chain: [
        { kind: 'federation', id: 'Example IdP', type: 'identity_provider' },
        { kind: 'assume_role', id: role, name: 'Deploy', type: 'role' },
      ],
      session_id: 's-1',
      credential_id: 'ASIAEXAMPLE',
      credential_type: 'temporary_key',
      mfa: true,
      src_ip: '198.51.100.7',
      src_port: 50_123,
      src_host: undefined,
      ip_chain: ['203.0.113.9', '198.51.100.7'],
      src_country: 'AT',
      src_city: 'Vienna',
      src_lat: 48.2,
      src_lon: 16.4,
      src_asn: '64500',
      src_as_org: 'Example Net',
      user_agent: 'aws-cli/2.11.1 Python/3.9',
      ua_family: 'aws-cli',
      resource_key: 'arn:aws:s3:::logs',
      resource_type: 'AWS::S3::Bucket',
      resource_name: 'logs',
      resource_tenant: '111122223333',
      resource_ns: undefined,
      resource_region: 'eu-central-1',
      resources: [
        { key: 'arn:aws:s3:::logs', type: 'AWS::S3::Bucket' },
        { key: 'ocsf:Policy/policy', type: 'Policy' },
      ],
      reason: 'for OPS-7',
      reason_field: 'comment',
      ticket_ids: ['OPS-7'],
      request_id: 'r-1',
      correlation_ids: [
        { kind: 'ocsf_correlation', value: 'c-1' },
        { kind: 'ocsf_http_request', value: 'h-1' },
        { kind: 'ocsf_original_event', value: 'o-1' },
      ],
      trace_id: '4bf92f3577b34da6a3ce929d0e0e4736',
      span_id: '00f067aa0ba902b7',
      trace_source: 'trace.uid',
      http_method: 'PUT',
      http_path: '/logs',
      http_status: 200,
      db_name: undefined,
      db_statement: undefined,
      flags: undefined,
    })
  })

  it('knows the start where it is stated, and lets the time be the end then', () => {
    expect(map({ start_time: 1_767_323_045_000, duration: 678 })).toMatchObject({
      ts: 1_767_323_045_000_000n,
      ts_kind: 'start',
      ts_end: 1_767_323_045_678_000n,
      duration_us: 678_000n,
    })
    expect(map({ time: null, time_dt: '2026-01-02T03:04:05.6Z' }).ts).toBe(1_767_323_045_600_000n)
    expect(map({ time: null })).toMatchObject({ flags: ['clock_suspect'] })
  })

  it.each<[number, number, AccessEventRow['class'], AccessEventRow['activity']]>([
    [3001, 1, 'iam', 'create'],
    [3001, 5, 'iam', 'update'],
    [3001, 6, 'iam', 'delete'],
    [3001, 7, 'iam', 'grant'],
    [3001, 8, 'iam', 'revoke'],
    [3002, 1, 'authn', 'login'],
    [3002, 2, 'authn', 'logout'],
    [3002, 4, 'authn', 'login'],
    [3003, 1, 'session', 'assume'],
    [3004, 3, 'iam', 'update'],
    [3005, 1, 'iam', 'grant'],
    [3005, 2, 'iam', 'revoke'],
    [3006, 3, 'iam', 'grant'],
    [3006, 4, 'iam', 'revoke'],
    [3006, 8, 'iam', 'revoke'],
    [3004, 13, 'iam', 'update'],
    [3007, 3, 'iam', 'delete'],
    [3007, 9, 'iam', 'update'],
    [3007, 16, 'iam', 'grant'],
    [3007, 17, 'iam', 'revoke'],
    [3008, 5, 'iam', 'revoke'],
    [3008, 11, 'iam', 'delete'],
    [4002, 6, 'network', 'create'],
    [4002, 3, 'network', 'read'],
    [6001, 2, 'data', 'read'],
    [6001, 8, 'data', 'grant'],
    [6002, 1, 'config', 'create'],
    [6003, 4, 'api', 'delete'],
    [6004, 1, 'data', 'read'],
    [6005, 3, 'data', 'connect'],
    [6005, 7, 'data', 'delete'],
    [6006, 2, 'data', 'read'],
    [6006, 12, 'data', 'grant'],
  ])('puts class %s, activity %s into %s, %s', (classUid, activityId, eventClass, activity) => {
    expect(map({ class_uid: classUid, activity_id: activityId, api: null })).toMatchObject({
      class: eventClass,
      activity,
    })
  })

  it('reads the activity of an API call from its operation, and the rest from the id', () => {
    expect(map({ activity_id: 99, api: { operation: 'AttachRolePolicy' } }).activity).toBe('grant')
    expect(map({ activity_id: 2, api: { operation: 'frobnicate' } }).activity).toBe('read')
    expect(map({ activity_id: 0, api: { operation: 'frobnicate' } }).activity).toBe('other')
  })

  it.each<[JsonObject, string | undefined]>([
    [{ api: null }, 'Create'],
    [{ api: null, activity_name: null }, 'PUT'],
    [{ api: null, activity_name: null, http_request: null, type_name: 'API Activity: Create' }, 'API Activity: Create'],
  ])('names the action of %j', (change, action) => {
    expect(map(change).action).toBe(action)
  })

  it.each<[JsonObject, AccessEventRow['outcome']]>([
    [{ status_id: 1 }, 'success'],
    [{ status_id: '1' }, 'success'],
    [{ status_id: 2 }, 'failed'],
    [{ status_id: 2, api: { response: { error: 'AccessDenied' } } }, 'denied'],
    [{ status_id: 2, status_detail: 'User is not authorized to perform it' }, 'denied'],
    [{ status_id: 2, api: { response: { error: 'ThrottlingException' } } }, 'throttled'],
    [{ status_id: 2, api: { response: { error: 'InvalidClientTokenId' } } }, 'auth_failed'],
    [{ status_id: 2, http_response: { code: 403 } }, 'denied'],
    [{ status_id: 2, http_response: { code: 429 } }, 'throttled'],
    [{ status_id: 0, http_response: null }, 'unknown'],
    [{ status_id: 99, status: 'Succeeded' }, 'success'],
    [{ status_id: null, status: 'Failure', http_response: null }, 'failed'],
    [{ status_id: null, status: null, http_response: { code: 401 } }, 'auth_failed'],
    [{ status_id: null, status: null, http_response: null, api: { response: { code: 404 } } }, 'failed'],
    [{ status_id: null, status: null, http_response: null }, 'unknown'],
    [{ ...signIn, status_id: 2, status_detail: 'ACCOUNT_LOCKED_OUT' }, 'auth_failed'],
    [{ ...signIn, status_id: 2, status_detail: 'Unauthorized' }, 'auth_failed'],
    [{ action_id: 2 }, 'denied'],
    [{ disposition_id: 2 }, 'denied'],
    [{ disposition_id: 6 }, 'denied'],
    [{ disposition_id: 25, disposition: 'Rejected' }, 'denied'],
    [{ class_uid: 6004, activity_id: 2 }, 'denied'],
    [{ class_uid: 6004, activity_id: 1 }, 'success'],
    [{ status_id: null, status: null, http_response: null, http_status: 429 }, 'throttled'],
    [{ disposition_id: 1, action_id: 1 }, 'success'],
  ])('takes %j for %s', (change, outcome) => {
    expect(map(change).outcome).toBe(outcome)
  })

  it('keeps the code and the words of a failure', () => {
    const response = { code: 403, error: 'AccessDenied', error_message: 'no policy allows it' }
    expect(map({ status_id: 2, api: { response } })).toMatchObject({
      outcome_code: 'AccessDenied',
      outcome_reason: 'no policy allows it',
    })
    expect(map({ status_id: 2, status_code: 'E1', status_detail: 'why' })).toMatchObject({
      outcome_code: 'E1',
      outcome_reason: 'why',
    })
  })

  it.each([
    ['Allowed', 'allow'],
    ['Denied', 'explicit_deny'],
    ['Perhaps', undefined],
  ])('names the policy of a decision %s', (decision, effect) => {
    const authorizations = [{ decision, policy: { name: 'ReadOnly', type: 'rbac' } }]
    expect(map({ actor: { user: { name: 'alice' }, authorizations } })).toMatchObject({
      policy: 'ReadOnly',
      policy_type: 'rbac',
      policy_effect: effect,
    })
  })

  it('takes the one who signs in for the actor, and elsewhere the one who acts', () => {
    const user = { uid: 'u-2', name: 'bob', type_id: 1 }
    expect(map({ ...signIn, user })).toMatchObject({ actor_id: 'u-2', actor_type: 'user' })
    expect(map({ class_uid: 3001, user })).toMatchObject({
      actor_name: 'alice@example.com',
      resource_key: 'ocsf:user/u-2',
      resource_name: 'bob',
    })
  })

  it.each<[JsonObject, string]>([
    [{ uid: 'arn:aws:iam::111122223333:user/alice', name: 'alice' }, 'aws:arn:aws:iam::111122223333:user/alice'],
    [{ uid: 'arn:aws:sts::111122223333:assumed-role/R/bob@example.com' }, 'mail:bob@example.com'],
    [{ uid: 'u-1', name: 'alice', email_addr: 'Alice@Example.com' }, 'mail:alice@example.com'],
    [{ uid: 'AIDAEXAMPLE', name: 'alice' }, 'aws:AIDAEXAMPLE'],
  ])('keys an actor %j as %s', (user, key) => {
    expect(map({ actor: { user } }).actor_key).toBe(key)
  })

  it.each<[string, string, string]>([
    ['Okta', 'System Log', 'okta:u-1'],
    ['GitHub', 'Audit', 'gh:alice'],
    ['Slack', 'Audit', 'slack:u-1'],
    ['AgileBits', '1Password', 'onepassword:u-1'],
    ['Microsoft', 'Entra ID', 'entra:u-1'],
    ['AWS', 'Amazon EKS', 'k8s:-/alice'],
    ['Example', 'Portal', 'generic:Portal/u-1'],
  ])('puts ids of %s %s into their name space', (vendor, name, key) => {
    const change = {
      cloud: null,
      actor: { user: { uid: 'u-1', name: 'alice' } },
      metadata: { version: '1.0.0', product: { vendor_name: vendor, name } },
    }
    expect(map(change).actor_key).toBe(key)
  })

  it.each<[JsonObject, AccessEventRow['actor_type']]>([
    [{ type: 'IAMUser' }, 'user'],
    [{ type: 'Root' }, 'root'],
    [{ type: 'AWSService' }, 'system'],
    [{ type: 'Service' }, 'service_account'],
    [{ type_id: 1 }, 'user'],
    [{ type_id: 2 }, 'user'],
    [{ type_id: 3 }, 'system'],
    [{ type_id: 4 }, 'service_account'],
    [{ type_id: 0 }, 'unknown'],
  ])('takes an actor %j for %s', (kind, type) => {
    expect(map({ actor: { user: { uid: 'u-1', ...kind } } }).actor_type).toBe(type)
  })

  it('flags administrators', () => {
    expect(map({ actor: { user: { uid: 'u-1', type_id: 2 } } }).flags).toEqual(['privileged'])
  })

  it.each<[JsonObject, Partial<AccessEventRow>]>([
    [{ invoked_by: 'ec2.amazonaws.com' }, { actor_id: 'ec2.amazonaws.com', actor_type: 'system' }],
    [
      { app_uid: 'a-1', app_name: 'Portal' },
      { actor_id: 'a-1', actor_name: 'Portal', actor_type: 'app' },
    ],
    [{ process: { user: { name: 'root' } } }, { actor_id: 'root', actor_type: 'unknown' }],
    [{}, { actor_key: 'unknown:ocsf', actor_type: 'unknown' }],
  ])('knows what acted where no user did: %j', (actor, columns) => {
    expect(map({ actor })).toMatchObject(columns)
  })

  it('knows second factor, protocol and session of a sign-in', () => {
    expect(
      map({ ...signIn, user: { name: 'bob' }, is_mfa: false, auth_protocol: 'SAML', session: { uid: 's-2' } }),
    ).toMatchObject({ mfa: false, credential_type: 'saml', session_id: 's-2' })
  })

  it.each<[JsonObject, string, string]>([
    [{ class_uid: 3004, entity: { uid: 'x', name: 'Rule', type: 'Policy' } }, 'ocsf:Policy/x', 'Rule'],
    [{ class_uid: 3006, group: { uid: 'g', name: 'ops' }, user: { uid: 'u' } }, 'ocsf:group/g', 'ops'],
    [
      { class_uid: 6001, web_resources: [{ url_string: 'https://example.com/a' }] },
      'ocsf:web_resource/https://example.com/a',
      'https://example.com/a',
    ],
    [{ class_uid: 6005, resources: null, table: { uid: 't', name: 'orders' } }, 'ocsf:table/t', 'orders'],
    [{ class_uid: 6006, file: { path: '/a/b', name: 'b', type: 'Regular File' } }, 'ocsf:Regular File//a/b', 'b'],
    [
      { class_uid: 4002, dst_endpoint: { hostname: 'shop.example.com' } },
      'ocsf:dst_endpoint/shop.example.com',
      'shop.example.com',
    ],
    [
      { ...signIn, dst_endpoint: { svc_name: 'https://example.com/x?y=z' } },
      'ocsf:dst_endpoint/https://example.com/x',
      'https://example.com/x',
    ],
  ])('names the target of %j', (change, key, name) => {
    expect(map(change)).toMatchObject({ resource_key: key, resource_name: name })
  })

  it('keeps privileges, database and statement', () => {
    expect(map({ class_uid: 3005, privileges: ['read', { name: 'write' }] }).permission).toBe('read, write')
    const change = { class_uid: 6005, database: { name: 'shop' }, query_info: { query_string: 'SELECT 1' } }
    expect(map(change)).toMatchObject({ db_name: 'shop', db_statement: 'SELECT 1' })
  })

  it('reads coordinates in their old order, and a host where there is no address', () => {
    expect(map({ src_endpoint: { location: { coordinates: [16.4, 48.2] }, ip: 'gateway' } })).toMatchObject({
      src_lat: 48.2,
      src_lon: 16.4,
      src_host: 'gateway',
    })
  })

  it('takes no trace id that is none', () => {
    for (const uid of ['0'.repeat(32), 'abc', 7]) expect(map({ trace: { uid } }).trace_id).toBeUndefined()
  })
})
