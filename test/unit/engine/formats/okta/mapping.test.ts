import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/common/json'
import type { AccessEventRow } from '../../../../../src/engine/db/rows'
import { okta } from '../../../../../src/engine/formats/okta'
import { driveJson } from '../../../../support/formatDriver'

const base: JsonObject = {
  uuid: 'e-1',
  published: '2026-01-02T03:04:05.678Z',
  eventType: 'user.session.start',
  version: '0',
  severity: 'INFO',
  displayMessage: 'User login to Okta',
  actor: { id: '00u1', type: 'User', alternateId: 'Alice@Example.com', displayName: 'Alice Example' },
  client: {
    ipAddress: '198.51.100.7',
    userAgent: { rawUserAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/109.0', os: 'Linux' },
    geographicalContext: { city: 'Vienna', country: 'Austria', geolocation: { lat: 48.2, lon: 16.4 } },
  },
  outcome: { result: 'SUCCESS', reason: null },
  authenticationContext: { authenticationStep: 0, credentialType: 'PASSWORD', externalSessionId: 's-1' },
  securityContext: { asNumber: 64500, asOrg: 'Example Net', isp: 'example isp', domain: 'example.net', isProxy: false },
  request: { ipChain: [{ ip: '198.51.100.7', version: 'V4' }, { ip: '203.0.113.9' }] },
  transaction: { id: 't-1', type: 'WEB', detail: {} },
  debugContext: {
    debugData: {
      requestId: 'r-1',
      requestUri: '/api/v1/authn',
      authnRequestId: 'ar-1',
      traceId: 'tr-1',
      dtHash: 'dt-1',
      deviceFingerprint: 'fp-1',
    },
  },
  device: { id: 'd-1' },
  target: [{ id: '0oa1', type: 'AppInstance', alternateId: 'Wiki', displayName: 'Team Wiki' }],
}

function map(change: JsonObject): AccessEventRow {
  const driven = driveJson(okta, [{ ...base, ...change }])
  expect(driven.rejects).toEqual([])
  const [row] = driven.events
  if (row === undefined) throw new Error('no row')
  return row
}

const ts = BigInt(Date.UTC(2026, 0, 2, 3, 4, 5, 678)) * 1000n

describe('an Okta event', () => {
  it('fills every column that a sign-in states', () => {
    expect(map({})).toEqual({
      source: 'okta',
      source_event_id: 'e-1',
      ts,
      ts_precision: 'ms',
      ts_kind: 'logged',
      class: 'authn',
      activity: 'login',
      action: 'user.session.start',
      read_only: undefined,
      outcome: 'success',
      outcome_code: 'SUCCESS',
      outcome_reason: undefined,
      actor_key: 'mail:alice@example.com',
      actor_id: '00u1',
      actor_name: 'Alice Example',
      actor_email: 'alice@example.com',
      actor_type: 'user',
      effective_id: undefined,
      effective_name: undefined,
      chain: undefined,
      session_id: 's-1',
      credential_id: undefined,
      credential_type: 'password',
      mfa: undefined,
      src_ip: '198.51.100.7',
      src_host: 'example.net',
      ip_chain: ['198.51.100.7', '203.0.113.9'],
      src_country: 'Austria',
      src_city: 'Vienna',
      src_lat: 48.2,
      src_lon: 16.4,
      src_asn: '64500',
      src_as_org: 'Example Net',
      src_is_proxy: false,
      user_agent: 'Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/109.0',
      ua_family: 'Firefox',
      resource_key: 'okta:AppInstance/0oa1',
      resource_type: 'AppInstance',
      resource_name: 'Team Wiki',
      resources: [{ key: 'okta:AppInstance/0oa1', type: 'AppInstance' }],
      request_id: 'r-1',
      correlation_ids: [
        { kind: 'okta_transaction', value: 't-1' },
        { kind: 'okta_authn_request', value: 'ar-1' },
        { kind: 'okta_trace', value: 'tr-1' },
        { kind: 'okta_dt_hash', value: 'dt-1' },
        { kind: 'okta_device_fingerprint', value: 'fp-1' },
        { kind: 'okta_device', value: 'd-1' },
      ],
      http_path: '/api/v1/authn',
    })
  })

  it('reads keys in any case', () => {
    const folded = Object.fromEntries(Object.entries(base).map(([key, value]) => [key.toLowerCase(), value]))
    const driven = driveJson(okta, [folded])
    expect(driven.events[0]).toEqual(map({}))
  })

  it('flags an event without a time instead of inventing one', () => {
    expect(map({ published: null })).toMatchObject({ flags: ['clock_suspect'] })
    expect(map({ published: 'yesterday' }).ts).toBeUndefined()
  })

  it('takes the transaction for the request where none is named', () => {
    expect(map({ debugContext: {} }).request_id).toBe('t-1')
  })

  it.each<[string, AccessEventRow['class'], AccessEventRow['activity']]>([
    ['user.session.end', 'authn', 'logout'],
    ['user.session.access_admin_app', 'authn', 'login'],
    ['user.authentication.sso', 'authn', 'login'],
    ['user.mfa.factor.deactivate', 'authn', 'update'],
    ['user.mfa.factor.reset_all', 'authn', 'update'],
    ['policy.evaluate_sign_on', 'authn', 'other'],
    ['user.lifecycle.create', 'iam', 'create'],
    ['user.lifecycle.suspend', 'iam', 'update'],
    ['user.account.reset_password', 'iam', 'update'],
    ['user.account.privilege.grant', 'iam', 'grant'],
    ['user.account.privilege.revoke', 'iam', 'revoke'],
    ['group.user_membership.add', 'iam', 'grant'],
    ['group.user_membership.remove', 'iam', 'revoke'],
    ['group.privilege.grant', 'iam', 'grant'],
    ['application.user_membership.add', 'iam', 'grant'],
    ['iam.resourceset.bindings.add', 'iam', 'grant'],
    ['support.privilege.read', 'iam', 'read'],
    ['policy.rule.update', 'policy', 'update'],
    ['policy.lifecycle.delete', 'policy', 'delete'],
    ['zone.deactivate', 'policy', 'update'],
    ['app.oauth2.as.token.grant.access_token', 'session', 'create'],
    ['app.oauth2.token.revoke', 'session', 'revoke'],
    ['system.api_token.create', 'session', 'create'],
    ['application.lifecycle.update', 'config', 'update'],
    ['system.log_stream.lifecycle.delete', 'config', 'delete'],
    ['app.generic.unauth_app_access_attempt', 'api', 'other'],
    ['user.session.impersonation.initiate', 'authn', 'assume'],
    ['user.session.impersonation.grant', 'authn', 'grant'],
    ['user.session.impersonation.revoke', 'authn', 'revoke'],
    ['user.session.impersonation.end', 'authn', 'logout'],
  ])('puts %s into class %s, activity %s', (eventType, eventClass, activity) => {
    expect(map({ eventType })).toMatchObject({ class: eventClass, activity })
  })

  it.each<[string, string, JsonValue, AccessEventRow['outcome']]>([
    ['user.session.start', 'SUCCESS', null, 'success'],
    ['policy.evaluate_sign_on', 'ALLOW', null, 'success'],
    ['policy.evaluate_sign_on', 'DENY', null, 'denied'],
    ['system.operation.rate_limit.violation', 'DENY', null, 'throttled'],
    ['system.org.rate_limit.violation', 'RATE_LIMIT', null, 'throttled'],
    ['policy.evaluate_sign_on', 'CHALLENGE', null, 'interrupted'],
    ['user.authentication.auth_via_mfa', 'DEFERRED', null, 'interrupted'],
    ['user.authentication.auth_via_mfa', 'UNANSWERED', null, 'interrupted'],
    ['user.session.start', 'FAILURE', 'INVALID_CREDENTIALS', 'auth_failed'],
    ['app.generic.unauth_app_access_attempt', 'FAILURE', null, 'denied'],
    ['app.oauth2.as.authorize', 'FAILURE', 'no matching policy', 'denied'],
    ['user.lifecycle.create', 'FAILURE', 'login exists', 'failed'],
    ['user.lifecycle.create', 'SKIPPED', null, 'unknown'],
    ['user.lifecycle.create', 'UNKNOWN', null, 'unknown'],
    ['user.lifecycle.create', 'success', null, 'success'],
  ])('takes %s with %s (%s) for %s', (eventType, result, reason, outcome) => {
    expect(map({ eventType, outcome: { result, reason } })).toMatchObject({
      outcome,
      outcome_code: result,
      ...(reason === null ? {} : { outcome_reason: reason }),
    })
  })

  it('does not take a missing outcome for a success', () => {
    expect(map({ outcome: null }).outcome).toBe('unknown')
  })

  it.each<[string, AccessEventRow['actor_type']]>([
    ['User', 'user'],
    ['SystemPrincipal', 'system'],
    ['PublicClientApp', 'app'],
    ['ConfidentialClientApp', 'app'],
    ['ServiceAccount', 'service_account'],
    ['Alien', 'unknown'],
  ])('takes an actor of type %s for %s', (type, actorType) => {
    expect(map({ actor: { id: 'a', type, displayName: 'x' } }).actor_type).toBe(actorType)
  })

  it('keeps a login that was typed, known or not', () => {
    const typed = { id: 'unknown', type: 'User', alternateId: 'jdoe', displayName: 'unknown' }
    expect(map({ actor: typed })).toMatchObject({ actor_key: 'okta:jdoe', actor_name: 'jdoe', actor_type: 'user' })
    expect(map({ actor: typed }).actor_id).toBeUndefined()
  })

  it('takes an address as actor for a place, not for somebody', () => {
    const actor = { id: '198.51.100.7', type: 'IP address', alternateId: 'unknown', displayName: '198.51.100.7' }
    expect(map({ actor })).toMatchObject({ actor_key: 'unknown:okta', actor_type: 'anonymous' })
  })

  it('names the impersonated user as effective', () => {
    const user = { id: '00u2', type: 'User', alternateId: 'bob@example.com', displayName: 'Bob' }
    expect(map({ eventType: 'user.session.impersonation.initiate', target: [user] })).toMatchObject({
      effective_id: '00u2',
      effective_name: 'bob@example.com',
      chain: [{ kind: 'impersonate', id: '00u2', name: 'bob@example.com', type: 'user' }],
      resource_key: 'okta:User/00u2',
    })
  })

  it('names the token that was used, and for whom a system acted', () => {
    const row = map({
      actor: { id: 'spr1', type: 'SystemPrincipal', alternateId: 'system@okta.com', displayName: 'Okta System' },
      transaction: { id: 't-1', type: 'JOB', detail: { requestApiTokenId: '00T1' } },
      debugContext: {
        debugData: { originalPrincipal: { id: '00u1', type: 'User', alternateId: 'alice@example.com' } },
      },
    })
    expect(row).toMatchObject({
      credential_id: '00T1',
      credential_type: 'api_token',
      chain: [
        { kind: 'delegation', id: '00u1', name: 'alice@example.com', type: 'User' },
        { kind: 'token', id: '00T1', type: 'api_token' },
      ],
    })
  })

  it('knows a second factor by the step or by the kind of event', () => {
    const later = { authenticationStep: 1, credentialProvider: 'OKTA_CREDENTIAL_PROVIDER' }
    expect(map({ authenticationContext: later })).toMatchObject({
      mfa: true,
      credential_type: 'okta_credential_provider',
    })
    expect(map({ authenticationContext: later, outcome: { result: 'FAILURE' } }).mfa).toBe(true)
    const factor = { debugContext: { debugData: { factor: 'FIDO_WEBAUTHN' } }, authenticationContext: {} }
    expect(map({ eventType: 'user.authentication.auth_via_mfa', ...factor })).toMatchObject({
      mfa: true,
      credential_type: 'fido_webauthn',
    })
  })

  it('falls back to the root session, and takes no word for a session', () => {
    expect(map({ authenticationContext: { externalSessionId: 'unknown', rootSessionId: 's-2' } }).session_id).toBe(
      's-2',
    )
    expect(map({ authenticationContext: { externalSessionId: 'unknown' } }).session_id).toBeUndefined()
  })

  it('takes the first address of the chain where the client states none', () => {
    const chain = [{ ip: '2001:DB8::1', geographicalContext: { city: 'Graz' } }]
    expect(map({ client: { ipAddress: 'null' }, request: { ipChain: chain } })).toMatchObject({
      src_ip: '2001:db8::1',
      src_city: 'Graz',
    })
    expect(map({ client: null, request: {} }).src_ip).toBeUndefined()
  })

  const policy = { id: '00p1', type: 'PolicyEntity', displayName: 'Default', detailEntry: { policyType: 'OktaSignOn' } }
  const rule = { id: '0pr1', type: 'PolicyRule', displayName: 'Catch-all' }

  it.each([
    ['ALLOW', 'allow'],
    ['DENY', 'explicit_deny'],
    ['CHALLENGE', undefined],
  ])('names the policy that said %s', (result, effect) => {
    expect(map({ eventType: 'policy.evaluate_sign_on', target: [policy, rule], outcome: { result } })).toMatchObject({
      policy: 'Default / Catch-all',
      policy_type: 'OktaSignOn',
      policy_effect: effect,
      resource_key: 'okta:PolicyEntity/00p1',
    })
  })

  it('names a policy that only the details name', () => {
    const debugData = { policyName: 'Any', ruleName: 'One' }
    expect(map({ debugContext: { debugData } }).policy).toBe('Any / One')
  })

  it('takes a policy that is changed for the target', () => {
    expect(map({ eventType: 'policy.rule.update', target: [policy, rule] })).toMatchObject({
      resource_key: 'okta:PolicyRule/0pr1',
      resource_name: 'Catch-all',
    })
    expect(map({ eventType: 'policy.rule.update', target: [policy, rule] }).policy).toBeUndefined()
  })

  it('picks the target that the event is about', () => {
    const user = { id: '00u2', type: 'User', displayName: 'Bob' }
    const group = { id: '00g1', type: 'UserGroup', displayName: 'Admins' }
    expect(map({ eventType: 'group.user_membership.add', target: [user, group] })).toMatchObject({
      resource_name: 'Admins',
      resources: [
        { key: 'okta:User/00u2', type: 'User' },
        { key: 'okta:UserGroup/00g1', type: 'UserGroup' },
      ],
    })
    expect(map({ eventType: 'user.lifecycle.suspend', target: [group, user] }).resource_name).toBe('Bob')
    expect(map({ target: null }).resource_key).toBeUndefined()
  })
})
