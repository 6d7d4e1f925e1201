import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../../src/common/json'
import type { AccessEventRow } from '../../../../../src/engine/db/rows'
import { onepassword } from '../../../../../src/engine/formats/onepassword'
import { driveJson } from '../../../../support/formatDriver'

const alice: JsonObject = { uuid: 'U1', name: 'Alice', email: 'Alice@Example.com' }
const client: JsonObject = { app_name: '1Password for Mac', app_version: '80', ip_address: '198.51.100.7' }
const location: JsonObject = { country: 'AT', region: 'Vienna', city: 'Vienna', latitude: 48.2, longitude: 16.4 }
const time = '2026-01-02T03:04:05.678901234Z'
const ts = BigInt(Date.UTC(2026, 0, 2, 3, 4, 5)) * 1000n + 678_901n

const audit: JsonObject = {
  uuid: 'E1',
  timestamp: time,
  account_uuid: 'ACC',
  actor_uuid: 'U1',
  actor_details: alice,
  action: 'grant',
  object_type: 'gva',
  object_uuid: 'V1',
  aux_uuid: 'G1',
  session: { uuid: 'S1', device_uuid: 'D1', login_time: time, ip: '198.51.100.7' },
  location,
}
const usage: JsonObject = {
  uuid: 'E2',
  timestamp: time,
  used_version: 1,
  vault_uuid: 'V1',
  item_uuid: 'I1',
  action: 'reveal',
  user: alice,
  client,
  location,
}
const signIn: JsonObject = {
  uuid: 'E3',
  timestamp: time,
  session_uuid: 'S1',
  country: 'AT',
  category: 'success',
  type: 'credentials_ok',
  details: null,
  target_user: alice,
  client,
}

function map(event: JsonObject): AccessEventRow {
  const driven = driveJson(onepassword, [event])
  expect(driven.rejects).toEqual([])
  const [row] = driven.events
  if (row === undefined) throw new Error('no row')
  return row
}

const stated = {
  source: 'onepassword',
  ts,
  ts_precision: 'us',
  ts_kind: 'logged',
  actor_key: 'mail:alice@example.com',
  actor_id: 'U1',
  actor_name: 'Alice',
  actor_email: 'alice@example.com',
  actor_type: 'user',
  src_ip: '198.51.100.7',
  src_country: 'AT',
}
const placed = { src_city: 'Vienna', src_lat: 48.2, src_lon: 16.4 }

describe('a 1Password audit event', () => {
  it('fills every column that it states', () => {
    expect(map(audit)).toEqual({
      ...stated,
      ...placed,
      ua_family: undefined,
      actor_tenant: 'ACC',
      source_event_id: 'E1',
      class: 'iam',
      activity: 'grant',
      action: 'grant',
      read_only: false,
      outcome: 'success',
      session_id: 'S1',
      resource_key: 'onepassword:gva/V1',
      resource_type: 'gva',
      resource_name: 'V1',
      resources: [{ key: 'onepassword:gva/V1', type: 'gva' }],
      correlation_ids: [
        { kind: 'onepassword_device', value: 'D1' },
        { kind: 'onepassword_related', value: 'G1' },
      ],
    })
  })

  it('knows the actor by id where nothing describes them', () => {
    const { actor_details: _, ...bare } = audit
    expect(map(bare)).toMatchObject({ actor_key: 'onepassword:U1', actor_id: 'U1', actor_type: 'user' })
  })

  it('names a person who is the object', () => {
    const details = { uuid: 'U2', name: 'Bob', email: 'bob@example.com' }
    expect(map({ ...audit, object_type: 'user', object_uuid: 'U2', object_details: details })).toMatchObject({
      resource_key: 'onepassword:user/U2',
      resource_name: 'bob@example.com',
    })
  })

  it.each<[string, AccessEventRow['activity']]>([
    ['join', 'grant'],
    ['revoke', 'revoke'],
    ['leave', 'revoke'],
    ['create', 'create'],
    ['delete', 'delete'],
    ['purge', 'delete'],
    ['view', 'read'],
    ['export', 'read'],
    ['suspend', 'update'],
    ['reactive', 'update'],
    ['disblmfa', 'update'],
    ['vault.item.update', 'update'],
    ['juggle', 'other'],
  ])('takes %s for %s', (action, activity) => {
    expect(map({ ...audit, action }).activity).toBe(activity)
  })

  it.each<[string, AccessEventRow['class']]>([
    ['user', 'iam'],
    ['gm', 'iam'],
    ['sso', 'policy'],
    ['items', 'data'],
    ['report', 'data'],
    ['satoken', 'session'],
    ['account', 'config'],
  ])('puts objects of type %s into class %s', (type, eventClass) => {
    expect(map({ ...audit, object_type: type }).class).toBe(eventClass)
  })
})

describe('a 1Password item usage', () => {
  it('fills every column that it states', () => {
    expect(map(usage)).toEqual({
      ...stated,
      ...placed,
      ua_family: '1Password for Mac',
      actor_tenant: undefined,
      source_event_id: 'E2',
      class: 'data',
      activity: 'read',
      action: 'reveal',
      read_only: true,
      outcome: 'success',
      resource_key: 'onepassword:item/I1',
      resource_type: 'item',
      resource_name: 'I1',
      resource_ns: 'V1',
      resources: [
        { key: 'onepassword:item/I1', type: 'item' },
        { key: 'onepassword:vault/V1', type: 'vault' },
      ],
    })
  })

  it.each([
    ['fill', 'read', true],
    ['secure-copy', 'read', true],
    ['server-create', 'create', false],
    ['server-update', 'update', false],
    ['share', 'grant', false],
  ])('takes %s for %s', (action, activity, readOnly) => {
    expect(map({ ...usage, action })).toMatchObject({ activity, read_only: readOnly })
  })

  it('has a word for events of the time before there was one', () => {
    const { action: _, ...old } = usage
    expect(map(old)).toMatchObject({ action: 'item_usage', activity: 'read' })
  })

  it('knows a service account', () => {
    expect(map({ ...usage, user: { uuid: 'U9', type: 'service_account' } }).actor_type).toBe('service_account')
  })

  it('flags an event without a time, and keeps what is no address as text', () => {
    const row = map({ ...usage, timestamp: 'x', client: { ip_address: '1.2.3.4.5' } })
    expect(row).toMatchObject({ flags: ['clock_suspect'], src_host: '1.2.3.4.5' })
    expect(row.src_ip).toBeUndefined()
  })
})

describe('a 1Password sign-in attempt', () => {
  it('fills every column that it states', () => {
    expect(map(signIn)).toEqual({
      ...stated,
      src_city: undefined,
      src_lat: undefined,
      src_lon: undefined,
      ua_family: '1Password for Mac',
      actor_tenant: undefined,
      source_event_id: 'E3',
      class: 'authn',
      activity: 'login',
      action: 'signin_attempt',
      outcome: 'success',
      outcome_code: 'success',
      outcome_reason: 'credentials_ok',
      session_id: 'S1',
      credential_type: 'password',
      mfa: undefined,
    })
  })

  it.each<[string, string, Partial<AccessEventRow>]>([
    ['success', 'mfa_ok', { outcome: 'success', mfa: true, credential_type: 'mfa' }],
    ['credentials_failed', 'password_secret_bad', { outcome: 'auth_failed', credential_type: 'password' }],
    ['mfa_failed', 'totp_bad', { outcome: 'auth_failed', credential_type: 'totp' }],
    ['sso_failed', 'sso_user_mismatch', { outcome: 'auth_failed', credential_type: 'sso' }],
    [
      'firewall_failed',
      'country_blocked',
      { outcome: 'denied', policy: 'country_blocked', policy_type: 'firewall', policy_effect: 'explicit_deny' },
    ],
    [
      'firewall_reported_success',
      'ip_blocked',
      { outcome: 'success', policy: 'ip_blocked', policy_type: 'firewall', policy_effect: 'allow' },
    ],
    ['modern_version_failed', 'modern_version_old', { outcome: 'denied', policy_type: 'app_version' }],
    ['something_new', 'odd', { outcome: 'unknown', outcome_code: 'something_new' }],
  ])('takes %s, %s for what it is', (category, type, columns) => {
    expect(map({ ...signIn, category, type })).toMatchObject(columns)
  })
})
