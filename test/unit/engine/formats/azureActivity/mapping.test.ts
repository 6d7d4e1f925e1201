import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/common/json'
import { azureActivity } from '../../../../../src/engine/formats/azureActivity'
import { driveJson } from '../../../../support/formatDriver'
import { activityDiagnostic, activityObject, activityRow, subscription, tenant } from '../azure/samples'

function map(change: JsonObject = {}) {
  const row = driveJson(azureActivity, [{ ...activityDiagnostic, ...change }]).events[0]
  if (row === undefined) throw new Error('no row')
  return row
}

const vm = `/subscriptions/${subscription}/resourcegroups/shop-rg/providers/microsoft.compute/virtualmachines/web-1`

const shared = {
  source: 'azure_activity',
  ts: BigInt(Date.UTC(2026, 2, 4, 5, 6, 7, 123)) * 1000n + 456n,
  ts_precision: 'us',
  ts_kind: 'logged',
  class: 'api',
  activity: 'delete',
  read_only: false,
  permission: 'Microsoft.Compute/virtualMachines/delete',
  outcome: 'success',
  policy: 'Contributor',
  policy_type: 'rbac',
  policy_effect: 'allow',
  actor_key: 'mail:alice@example.com',
  actor_id: '44444444-aaaa-4bbb-8ccc-000000000004',
  actor_name: 'Alice Example',
  actor_email: 'alice@example.com',
  actor_tenant: tenant,
  actor_type: 'user',
  credential_id: 'token-uti',
  src_ip: '203.0.113.7',
  resource_key: vm,
  resource_type: 'microsoft.compute/virtualmachines',
  resource_tenant: subscription,
  resource_ns: 'shop-rg',
  request_id: '66666666-aaaa-4bbb-8ccc-000000000026',
  flags: undefined,
}

describe('columns of activity', () => {
  it('come from a diagnostic record', () => {
    expect(map()).toMatchObject({
      ...shared,
      action: 'MICROSOFT.COMPUTE/VIRTUALMACHINES/DELETE',
      service: 'MICROSOFT.COMPUTE',
      outcome_code: 'Success',
      resource_name: 'WEB-1',
      resource_region: 'global',
      duration_us: 1_523_000n,
      correlation_ids: [
        { kind: 'azure_correlation', value: '66666666-aaaa-4bbb-8ccc-000000000026' },
        { kind: 'azure_request', value: 'service-1' },
      ],
    })
  })

  it('come from an object of the interface', () => {
    expect(driveJson(azureActivity, [activityObject]).events[0]).toMatchObject({
      ...shared,
      source_event_id: 'BBBBBBBB-aaaa-4bbb-8ccc-00000000000b',
      action: 'Microsoft.Compute/virtualMachines/delete',
      service: 'Microsoft.Compute',
      outcome_code: 'Succeeded',
      resource_name: 'web-1',
      http_method: 'DELETE',
      http_path: '/subscriptions/x',
      correlation_ids: [
        { kind: 'azure_correlation', value: '66666666-aaaa-4bbb-8ccc-000000000026' },
        { kind: 'azure_operation', value: 'operation-1' },
        { kind: 'azure_client_request', value: 'client-1' },
      ],
    })
  })

  it('come from a row of a table', () => {
    expect(driveJson(azureActivity, [activityRow]).events[0]).toMatchObject({
      ...shared,
      source_event_id: 'BBBBBBBB-aaaa-4bbb-8ccc-00000000000b',
      action: 'MICROSOFT.COMPUTE/VIRTUALMACHINES/DELETE',
      http_method: 'DELETE',
    })
  })

  it('flag a record without a time', () => {
    const row = map({ time: 'x' })
    expect([row.ts, row.flags]).toEqual([undefined, ['clock_suspect']])
  })

  it('keep scope and address where the record names them in one place only', () => {
    const row = map({ resourceId: null, callerIpAddress: null })
    expect([row.resource_key, row.src_ip]).toEqual([vm, undefined])
    expect(map({ callerIpAddress: '203.0.113.7:28915' })).toMatchObject({ src_ip: '203.0.113.7', src_port: 28_915 })
    expect(map({ callerIpAddress: '0.0.0.0' }).src_ip).toBeUndefined()
  })

  it('take a justification out of what was sent', () => {
    const body = { properties: { justification: 'on call, INC0012345', ticketInfo: { ticketNumber: 'T-9' } } }
    const bodies: readonly JsonValue[] = [body, JSON.stringify(body)]
    for (const requestbody of bodies)
      expect(map({ properties: { requestbody } })).toMatchObject({
        reason: 'on call, INC0012345',
        reason_field: 'properties.requestbody.properties.justification',
        ticket_ids: ['T-9', 'INC0012345'],
      })
    expect(map({ properties: { requestbody: '{broken' } }).reason).toBeUndefined()
  })
})

describe('who called Azure', () => {
  const upn = 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn'
  it.each<[JsonObject, JsonObject]>([
    [
      { [upn]: 'Ana@Example.com', appid: 'app-1' },
      { actor_key: 'mail:ana@example.com', actor_type: 'user' },
    ],
    [{ name: 'bo@example.com' }, { actor_key: 'mail:bo@example.com', actor_type: 'user' }],
    [{ appid: 'app-1' }, { actor_key: 'entra:app-1', actor_type: 'app', actor_name: 'app-1' }],
    [
      { appid: 'app-1', oid: 'sp-1' },
      { actor_key: 'entra:sp-1', actor_type: 'app' },
    ],
    [
      { idtyp: 'app', oid: 'sp-1' },
      { actor_key: 'entra:sp-1', actor_type: 'app' },
    ],
    [
      { 'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress': 'Microsoft.Advisor' },
      { actor_type: 'system' },
    ],
    [{}, { actor_key: 'unknown:azure_activity', actor_type: 'unknown' }],
  ])('is known by the claims %o', (claims, expected) => {
    expect(map({ identity: { claims } })).toMatchObject(expected)
  })

  it.each<[JsonValue]>([['text'], [null], [[1]], [{ claims: 'x' }], [{ claims: { name: { a: 1 } } }]])(
    'is unknown by %o',
    (identity) => {
      expect(map({ identity }).actor_key).toBe('unknown:azure_activity')
    },
  )

  it('is known by claims as shells print them', () => {
    const Claims = { Content: { [upn]: 'ana@example.com', appid: 'app-1' } }
    const row = driveJson(azureActivity, [{ ...activityObject, claims: null, Claims, caller: null }]).events[0]
    expect([row?.actor_key, row?.actor_type]).toEqual(['mail:ana@example.com', 'user'])
  })

  it('is the caller where the claims are missing', () => {
    const row = driveJson(azureActivity, [{ ...activityObject, claims: null, caller: 'Ana@Example.com' }]).events[0]
    expect(row?.actor_key).toBe('mail:ana@example.com')
    const id = '44444444-aaaa-4bbb-8ccc-000000000004'
    const other = driveJson(azureActivity, [{ ...activityObject, claims: null, caller: id }]).events[0]
    expect([other?.actor_key, other?.actor_type]).toEqual([`entra:${id}`, 'unknown'])
  })
})

describe('what was asked of Azure', () => {
  it.each([
    ['Microsoft.Compute/virtualMachines/write', 'update', 'api'],
    ['Microsoft.Compute/virtualMachines/read', 'read', 'api'],
    ['MICROSOFT.COMPUTE/VIRTUALMACHINES/RUNCOMMAND/ACTION', 'execute', 'api'],
    ['Microsoft.Compute/virtualMachines/start/action', 'execute', 'api'],
    ['Microsoft.Storage/storageAccounts/listKeys/action', 'read', 'api'],
    ['microsoft.storage/storageaccounts/regeneratekey/action', 'update', 'api'],
    ['Microsoft.KeyVault/vaults/keys/purge/action', 'delete', 'api'],
    ['Microsoft.SerialConsole/serialPorts/connect/action', 'connect', 'api'],
    ['Microsoft.Authorization/roleAssignments/write', 'grant', 'iam'],
    ['MICROSOFT.AUTHORIZATION/ROLEASSIGNMENTS/DELETE', 'revoke', 'iam'],
    ['Microsoft.Authorization/elevateAccess/action', 'grant', 'iam'],
    ['Microsoft.Authorization/roleDefinitions/write', 'update', 'iam'],
    ['Microsoft.Authorization/policyAssignments/write', 'update', 'policy'],
    ['Microsoft.Authorization/locks/delete', 'delete', 'policy'],
    ['Microsoft.KeyVault/vaults/accessPolicies/write', 'grant', 'api'],
    ['microsoft.containerservice/managedclusters/rbac.authorization.k8s.io/clusterrolebindings/write', 'grant', 'iam'],
    ['Microsoft.Web/sites/host/action', 'other', 'api'],
    ['Something', 'other', 'api'],
  ])('%s is %s, %s', (operationName, activity, expected) => {
    expect(map({ operationName })).toMatchObject({ action: operationName, activity, class: expected })
  })

  it.each(['ResourceHealth', 'ServiceHealth', 'Recommendation', 'Autoscale', 'Alert', 'Security'])(
    'is nothing where the platform speaks by itself: %s',
    (category) => {
      const row = map({ category, resultType: 'Active', resultSignature: null, properties: null })
      expect([row.class, row.activity, row.read_only, row.outcome, row.flags]).toEqual([
        'other',
        'other',
        undefined,
        'unknown',
        ['service_initiated'],
      ])
    },
  )
})
