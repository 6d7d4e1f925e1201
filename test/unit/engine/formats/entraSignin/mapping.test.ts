import { describe, expect, it } from 'vitest'
import { isObject, type JsonObject, type JsonValue } from '../../../../../src/common/json'
import { entraSignin } from '../../../../../src/engine/formats/entraSignin'
import { driveJson } from '../../../../support/formatDriver'
import { signInDiagnostic, signInObject, signInRow, tenant } from '../azure/samples'

function map(change: JsonObject = {}, top: JsonObject = {}) {
  const record = { ...signInDiagnostic, ...top, properties: { ...signInObject, ...change } }
  const driven = driveJson(entraSignin, [record])
  const row = driven.events[0]
  if (row === undefined) throw new Error('no row')
  return row
}

const whole = {
  source: 'entra_signin',
  source_event_id: '33333333-aaaa-4bbb-8ccc-000000000003',
  ts: BigInt(Date.UTC(2026, 2, 4, 5, 6, 7)) * 1000n,
  ts_precision: 's',
  ts_kind: 'start',
  class: 'authn',
  activity: 'login',
  action: 'Sign-in activity',
  service: 'Example Portal',
  outcome: 'success',
  outcome_code: '0',
  policy: 'Require second factor',
  policy_type: 'conditional_access',
  policy_effect: 'allow',
  actor_key: 'mail:alice@example.com',
  actor_id: '44444444-aaaa-4bbb-8ccc-000000000004',
  actor_name: 'Alice Example',
  actor_email: 'alice@example.com',
  actor_tenant: tenant,
  actor_type: 'user',
  session_id: '99999999-aaaa-4bbb-8ccc-000000000009',
  credential_id: 'dG9rZW4tb25l',
  credential_type: 'Password',
  mfa: true,
  src_ip: '203.0.113.7',
  src_country: 'NO',
  src_city: 'Oslo',
  src_lat: 59.9,
  src_lon: 10.7,
  src_asn: '64500',
  ua_family: 'Firefox',
  resource_key: 'entra:application/88888888-aaaa-4bbb-8ccc-000000000008',
  resource_type: 'application',
  resource_name: 'Example Service',
  resource_tenant: tenant,
  resources: [
    { key: 'entra:application/88888888-aaaa-4bbb-8ccc-000000000008', type: 'application' },
    { key: 'entra:application/55555555-aaaa-4bbb-8ccc-000000000005', type: 'application' },
  ],
  request_id: '33333333-aaaa-4bbb-8ccc-000000000003',
  correlation_ids: [
    { kind: 'azure_correlation', value: '66666666-aaaa-4bbb-8ccc-000000000006' },
    { kind: 'entra_original_request', value: '77777777-aaaa-4bbb-8ccc-000000000007' },
    { kind: 'entra_token', value: 'dG9rZW4tb25l' },
    { kind: 'entra_device', value: 'device-1' },
  ],
  duration_us: 239_000n,
  flags: undefined,
}

describe('columns of sign-ins', () => {
  it('come from a diagnostic record', () => {
    expect(map()).toMatchObject(whole)
  })

  it('are the same from a row of a table', () => {
    expect(driveJson(entraSignin, [signInRow]).events[0]).toMatchObject(whole)
  })

  it('are the same from an object of the interface, but for what only the export states', () => {
    expect(driveJson(entraSignin, [signInObject]).events[0]).toMatchObject(whole)
  })

  it('are the same from an object as shells print it, in Pascal case at every depth', () => {
    const pascal = (value: JsonValue): JsonValue => {
      if (Array.isArray(value)) return value.map(pascal)
      if (!isObject(value)) return value
      return Object.fromEntries(
        Object.entries(value).map(([name, item]) => [name.charAt(0).toUpperCase() + name.slice(1), pascal(item)]),
      )
    }
    const row = driveJson(entraSignin, [pascal({ ...signInObject, createdDateTime: '/Date(1772600767000)/' })])
      .events[0]
    expect(row).toMatchObject({ ...whole, ts_precision: 'ms' })
  })

  it('keep fields that are not known from doing harm', () => {
    expect(map({ somethingNew: { a: [1, { b: 2 }] }, __proto__: null }, { other: true })).toMatchObject(whole)
  })

  it.each<[string, JsonObject, JsonObject]>([
    ['resourceTenantId', { resource_tenant: tenant }, { resourceTenantId: null }],
    ['homeTenantId', { actor_tenant: tenant }, { homeTenantId: null }],
    ['userDisplayName', { actor_name: 'Alice Example' }, { userDisplayName: null }],
    ['userId', { actor_id: 'Alice@Example.com', actor_key: 'mail:alice@example.com' }, { userId: null }],
    ['ipAddress', { src_ip: '203.0.113.7' }, { ipAddress: '' }],
    ['resourceId', { resource_key: 'entra:application/example service' }, { resourceId: null }],
  ])('do without %s', (_, expected, change) => {
    expect(map(change)).toMatchObject(expected)
  })

  it('keep an id as the key of an actor who has no mail address', () => {
    expect(map({ userPrincipalName: 'c3813493-bf92' }).actor_key).toBe('entra:44444444-aaaa-4bbb-8ccc-000000000004')
  })

  it('know nobody where nobody is named', () => {
    const row = map(
      { userId: null, userPrincipalName: null, userDisplayName: null, servicePrincipalId: '' },
      { identity: null },
    )
    expect([row.actor_key, row.actor_type, row.actor_name]).toEqual(['unknown:entra_signin', 'unknown', undefined])
  })

  it('name the client application where there is no resource', () => {
    const row = map({ resourceId: null, resourceDisplayName: null })
    expect([row.resource_key, row.resource_name]).toEqual([
      'entra:application/55555555-aaaa-4bbb-8ccc-000000000005',
      'Example Portal',
    ])
  })

  it('fall back to the time of the log, and flag a record without any', () => {
    const logged = map({ createdDateTime: 'soon' })
    expect([logged.ts, logged.ts_kind, logged.ts_precision]).toEqual([
      BigInt(Date.UTC(2026, 2, 4, 5, 6, 9, 123)) * 1000n + 456n,
      'logged',
      'us',
    ])
    const none = map({ createdDateTime: null }, { time: 'never' })
    expect([none.ts, none.flags]).toEqual([undefined, ['clock_suspect']])
  })

  it('take zero degrees without a place as unknown', () => {
    const row = map(
      { location: { city: '', countryOrRegion: '', geoCoordinates: { latitude: 0, longitude: 0 } } },
      { location: null },
    )
    expect([row.src_country, row.src_city, row.src_lat, row.src_lon]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })

  it('keep both addresses where the resource saw another', () => {
    expect(map({ ipAddressFromResourceProvider: '198.51.100.2' }).ip_chain).toEqual(['203.0.113.7', '198.51.100.2'])
  })

  it('see an anonymising network', () => {
    expect(map({ riskEventTypes_v2: ['anonymizedIPAddress'] }).src_is_proxy).toBe(true)
    expect(map({ riskEventTypes_v2: ['unfamiliarFeatures'] }).src_is_proxy).toBeUndefined()
  })
})

describe('applications that sign in', () => {
  const app: JsonObject = {
    userId: null,
    userPrincipalName: null,
    userDisplayName: null,
    servicePrincipalId: 'CCCCCCCC-aaaa-4bbb-8ccc-00000000000c',
    servicePrincipalName: 'deploy-bot',
    servicePrincipalCredentialKeyId: 'key-1',
    clientCredentialType: 'clientSecret',
  }

  it.each(['ServicePrincipalSignInLogs', 'ManagedIdentitySignInLogs'])('are the actor in %s', (category) => {
    expect(map(app, { category, identity: null })).toMatchObject({
      actor_key: 'entra:CCCCCCCC-aaaa-4bbb-8ccc-00000000000c',
      actor_id: 'CCCCCCCC-aaaa-4bbb-8ccc-00000000000c',
      actor_name: 'deploy-bot',
      actor_type: 'app',
      credential_id: 'key-1',
      credential_type: 'clientSecret',
    })
  })

  it('are told by the principal where the category does not say', () => {
    expect(map(app, { identity: null }).actor_type).toBe('app')
    expect(map({ servicePrincipalId: 'x' }).actor_type).toBe('user')
  })
})

describe('credentials of sign-ins', () => {
  it.each<[JsonValue, boolean | undefined]>([
    ['multiFactorAuthentication', true],
    ['singleFactorAuthentication', false],
    ['Multifactor authentication', true],
    [null, undefined],
    ['something', undefined],
  ])('say of a success with %s that a second factor was %s', (authenticationRequirement, mfa) => {
    expect(map({ authenticationRequirement }).mfa).toBe(mfa)
  })

  it('say nothing of a second factor before it was shown', () => {
    expect(map({ status: { errorCode: 50074 } }, { resultType: '50074' }).mfa).toBeUndefined()
  })

  it('count no claim of an earlier sign-in as a method', () => {
    const steps = [
      { authenticationMethod: 'Previously satisfied', succeeded: true },
      { authenticationMethod: 'Password', succeeded: false },
      { authenticationMethod: 'Mobile app notification', succeeded: true },
    ]
    expect(map({ authenticationDetails: steps }).credential_type).toBe('Mobile app notification')
    expect(map({ authenticationDetails: [], incomingTokenType: 'refreshToken' }).credential_type).toBe('refreshToken')
    expect(map({ authenticationDetails: [], incomingTokenType: 'none' }).credential_type).toBeUndefined()
  })
})

describe('outcomes of sign-ins', () => {
  it.each<[JsonObject, JsonObject, string, string | undefined]>([
    [
      { status: { errorCode: 50126, failureReason: 'Wrong password.' } },
      { resultType: '50126' },
      'auth_failed',
      '50126',
    ],
    [{ status: { errorCode: 50053, failureReason: 'Locked.' } }, { resultType: 'Failure' }, 'auth_failed', '50053'],
    [{ status: null }, { resultType: 7000215 }, 'auth_failed', '7000215'],
    [{ status: { errorCode: 53003 } }, { resultType: '53003' }, 'denied', '53003'],
    [{ status: { errorCode: 50140 } }, { resultType: '50140' }, 'interrupted', '50140'],
    [{ status: { errorCode: 50196 } }, { resultType: '50196' }, 'throttled', '50196'],
    [{ status: { errorCode: 90002 } }, { resultType: '90002' }, 'failed', '90002'],
    [{ status: null }, { resultType: 'Success' }, 'success', 'Success'],
    [{ status: null }, { resultType: 'Failure' }, 'failed', 'Failure'],
    [{ status: null }, { resultType: null }, 'unknown', undefined],
    [{ status: 'x' }, { resultType: {} }, 'unknown', undefined],
  ])('of %o and %o are %s', (change, top, outcome, code) => {
    const row = map(change, top)
    expect([row.outcome, row.outcome_code]).toEqual([outcome, code])
  })

  it('keep the reason of what did not succeed', () => {
    expect(map({ status: { errorCode: 50126, failureReason: 'Wrong password.' } }).outcome_reason).toBe(
      'Wrong password.',
    )
    expect(map({ status: { errorCode: 50126 } }, { resultDescription: 'Bad.' }).outcome_reason).toBe('Bad.')
    expect(map().outcome_reason).toBeUndefined()
  })

  it('name the policies that refused', () => {
    const policies = [
      { displayName: 'Block countries', result: 'failure' },
      { displayName: 'Require a device', result: 'failure' },
      { displayName: 'Require second factor', result: 'success' },
    ]
    const refused = { appliedConditionalAccessPolicies: policies, conditionalAccessStatus: 'failure' }
    expect(map({ ...refused, status: { errorCode: 53003 } })).toMatchObject({
      policy: 'Block countries; Require a device',
      policy_type: 'conditional_access',
      policy_effect: 'explicit_deny',
    })
    // The person is asked for a second factor: nothing is refused yet.
    expect(map({ ...refused, status: { errorCode: 50074 } }).policy_effect).toBeUndefined()
    expect(
      map({ appliedConditionalAccessPolicies: [], conditionalAccessStatus: 'notApplied' }).policy_type,
    ).toBeUndefined()
  })
})
