import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/common/json'
import { entraAudit } from '../../../../../src/engine/formats/entraAudit'
import { driveJson } from '../../../../support/formatDriver'
import { auditDiagnostic, auditObject, auditRow, tenant } from '../azure/samples'

function map(change: JsonObject = {}, top: JsonObject = {}) {
  const driven = driveJson(entraAudit, [{ ...auditDiagnostic, ...top, properties: { ...auditObject, ...change } }])
  const row = driven.events[0]
  if (row === undefined) throw new Error('no row')
  return row
}

const whole = {
  source: 'entra_audit',
  source_event_id: 'Directory_66666666_ABCDE_12345678',
  ts: BigInt(Date.UTC(2026, 2, 4, 5, 6, 7, 765)) * 1000n + 432n,
  ts_precision: 'us',
  ts_kind: 'end',
  class: 'iam',
  activity: 'grant',
  action: 'Add member to role',
  service: 'Core Directory',
  permission: 'Global Administrator',
  read_only: false,
  outcome: 'success',
  outcome_code: 'success',
  actor_key: 'mail:alice@example.com',
  actor_id: '44444444-aaaa-4bbb-8ccc-000000000004',
  actor_name: 'Alice Example',
  actor_email: 'alice@example.com',
  actor_type: 'user',
  src_ip: '203.0.113.7',
  user_agent: 'Example/1.0',
  ua_family: 'Example',
  resource_key: 'entra:user/aaaaaaaa-aaaa-4bbb-8ccc-00000000000a',
  resource_type: 'user',
  resource_name: 'bob@example.com',
  resources: [
    { key: 'entra:user/aaaaaaaa-aaaa-4bbb-8ccc-00000000000a', type: 'user' },
    { key: 'entra:role/role-1', type: 'role' },
  ],
  reason: 'For OPS-42',
  reason_field: 'resultReason',
  ticket_ids: ['CHG0012345', 'OPS-42'],
  request_id: '66666666-aaaa-4bbb-8ccc-000000000016',
  correlation_ids: [{ kind: 'azure_correlation', value: '66666666-aaaa-4bbb-8ccc-000000000016' }],
  flags: undefined,
}

describe('columns of directory changes', () => {
  it('come from a diagnostic record', () => {
    expect(map()).toMatchObject({ ...whole, actor_tenant: tenant, resource_tenant: tenant })
  })

  it('are the same from a row of a table', () => {
    expect(driveJson(entraAudit, [auditRow]).events[0]).toMatchObject({ ...whole, actor_tenant: tenant })
  })

  it('are the same from an object of the interface, which states no tenant', () => {
    const row = driveJson(entraAudit, [auditObject]).events[0]
    expect(row).toMatchObject(whole)
    expect(row?.actor_tenant).toBeUndefined()
  })

  it('take the address of the export where the initiator states none', () => {
    expect(map({ initiatedBy: { app: { displayName: 'Sync' } } }).src_ip).toBe('203.0.113.99')
  })

  it('fall back to the time of the log, and flag a record without any', () => {
    expect(map({ activityDateTime: null })).toMatchObject({ ts_kind: 'logged', ts_precision: 's' })
    const none = map({ activityDateTime: null }, { time: 'x' })
    expect([none.ts, none.flags]).toEqual([undefined, ['clock_suspect']])
  })

  it('prefer a stated justification to the reason of the result', () => {
    const additionalDetails = [{ key: 'Justification', value: 'break glass INC0099999' }]
    expect(map({ additionalDetails })).toMatchObject({
      reason: 'break glass INC0099999',
      reason_field: 'additionalDetails.Justification',
      ticket_ids: ['INC0099999'],
    })
  })

  it('do without targets, and then are about the place that the record names', () => {
    expect(map({ targetResources: [] }).resource_key).toBeUndefined()
    const row = map({ targetResources: null }, { resourceId: '/subscriptions/S-1/providers/Microsoft.Authorization' })
    expect([row.resource_key, row.resource_name]).toEqual([
      '/subscriptions/s-1/providers/microsoft.authorization',
      'Microsoft.Authorization',
    ])
  })
})

describe('who started a directory change', () => {
  it('may be an application', () => {
    const initiatedBy = { app: { appId: null, displayName: 'Sync', servicePrincipalId: 'sp-1' } }
    expect(map({ initiatedBy })).toMatchObject({
      actor_key: 'entra:sp-1',
      actor_id: 'sp-1',
      actor_name: 'Sync',
      actor_type: 'app',
    })
    expect(map({ initiatedBy: { app: { displayName: 'Sync' } } })).toMatchObject({
      actor_key: 'entra:Sync',
      actor_type: 'app',
    })
  })

  it.each<[JsonValue, string, string]>([
    [{ user: { id: 'u-1' } }, 'entra:u-1', 'user'],
    [{ user: { userPrincipalName: 'A@Example.com' } }, 'mail:a@example.com', 'user'],
    [{ user: { id: '00000000-0000-0000-0000-000000000000', displayName: 'x' } }, 'unknown:entra_audit', 'user'],
    [{ user: {}, app: {} }, 'unknown:entra_audit', 'unknown'],
    [null, 'unknown:entra_audit', 'unknown'],
    ['text', 'unknown:entra_audit', 'unknown'],
    [[1], 'unknown:entra_audit', 'unknown'],
  ])('%o is %s', (initiatedBy, key, type) => {
    expect(map({ initiatedBy })).toMatchObject({ actor_key: key, actor_type: type })
  })

  it('may only be a name of the record', () => {
    expect(map({ initiatedBy: null }, { identity: 'Device Service' }).actor_name).toBe('Device Service')
    expect(map({ initiatedBy: null }, { identity: 'ana@example.com' }).actor_key).toBe('mail:ana@example.com')
  })
})

describe('outcomes of directory changes', () => {
  it.each<[JsonObject, string]>([
    [{ result: 'success' }, 'success'],
    [{ result: 'Succeeded' }, 'success'],
    [{ result: 'failure', resultReason: null }, 'failed'],
    [{ result: 'failed', resultReason: 'The object was not found.' }, 'failed'],
    [{ result: 'failure', resultReason: 'Insufficient privileges to complete the operation.' }, 'denied'],
    [{ result: 'failure', resultReason: 'Authorization_RequestDenied' }, 'denied'],
    [{ result: 'failure', resultReason: 'Too many requests' }, 'throttled'],
    [{ result: 'timeout', resultReason: null }, 'failed'],
    [{ result: 'unknownFutureValue' }, 'unknown'],
    [{ result: null, resultReason: null }, 'unknown'],
    [{ result: { a: 1 } }, 'unknown'],
  ])('of %o are %s', (change, outcome) => {
    expect(map(change).outcome).toBe(outcome)
  })

  it('keep the error of a failure as its reason, not as a justification', () => {
    const row = map({ result: 'failure', resultReason: 'Not found' })
    expect([row.outcome_reason, row.reason]).toEqual(['Not found', undefined])
  })

  it('are read at the top where the export has them there', () => {
    expect(map({ result: null }, { result: 'SUCCESS' }).outcome).toBe('success')
    expect(map({ result: null }, { resultType: 'Success' }).outcome).toBe('success')
  })
})

describe('what was changed', () => {
  it.each([
    ['Add member to role', 'Assign', 'grant', 'iam'],
    ['Remove member from role', 'Unassign', 'revoke', 'iam'],
    ['Add eligible member to role in PIM completed (permanent)', null, 'grant', 'iam'],
    ['Add owner to application', 'Assign', 'grant', 'iam'],
    ['Add app role assignment to service principal', null, 'grant', 'iam'],
    ['Add delegated permission grant', null, 'grant', 'iam'],
    ['Remove app role assignment from service principal', null, 'revoke', 'iam'],
    ['Consent to application', null, 'grant', 'iam'],
    ['Add user', 'Add', 'create', 'iam'],
    ['Invite external user', 'Add', 'create', 'iam'],
    ['Add service principal credentials', 'Update', 'create', 'iam'],
    ['Update user', 'Update', 'update', 'iam'],
    ['Reset user password', null, 'update', 'iam'],
    ['Disable account', null, 'update', 'iam'],
    ['Delete user', 'Delete', 'delete', 'iam'],
    ['Hard Delete user', null, 'delete', 'iam'],
    ['User has elevated their access to User Access Administrator', null, 'grant', 'iam'],
    ['Update conditional access policy', 'Update', 'update', 'policy'],
    ['Delete policy', 'Delete', 'delete', 'policy'],
    ['Download users', null, 'read', 'iam'],
    ['Something', null, 'other', 'iam'],
    ['Something', 'Update', 'update', 'iam'],
  ])('%s (%s) is %s, %s', (activityDisplayName, operationType, activity, expected) => {
    expect(map({ activityDisplayName, operationType, category: 'Other' })).toMatchObject({
      action: activityDisplayName,
      activity,
      class: expected,
    })
  })

  it('is about a policy by its category', () => {
    expect(map({ activityDisplayName: 'Update x', category: 'Policy' }).class).toBe('policy')
  })

  it.each<[string, JsonValue, string | undefined]>([
    ['Role.DisplayName', '"Reader"', 'Reader'],
    ['AppRole.Value', '"Directory.ReadWrite.All"', 'Directory.ReadWrite.All'],
    ['DelegatedPermissionGrant.Scope', 'User.Read', 'User.Read'],
    ['ConsentAction.Permissions', '"[] => [[Scope: Mail.Read]]"', '[] => [[Scope: Mail.Read]]'],
    ['Other', '"x"', undefined],
    ['Role.DisplayName', '""', undefined],
    ['Role.DisplayName', { a: 1 }, undefined],
  ])('names the right of %s %o', (displayName, newValue, permission) => {
    const targetResources = [{ id: 'a', type: 'User', modifiedProperties: [{ displayName, newValue }] }]
    expect(map({ targetResources, additionalDetails: [] }).permission).toBe(permission)
  })

  it('names the right that was taken by its old value', () => {
    const modifiedProperties = [{ displayName: 'Role.DisplayName', oldValue: '"Reader"', newValue: '""' }]
    expect(map({ targetResources: [{ id: 'a', modifiedProperties }] }).permission).toBe('Reader')
  })
})
