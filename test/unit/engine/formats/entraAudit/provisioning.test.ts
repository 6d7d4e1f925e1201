import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../../src/common/json'
import { entraAudit } from '../../../../../src/engine/formats/entraAudit'
import { driveJson } from '../../../../support/formatDriver'
import { tenant } from '../azure/samples'

const properties: JsonObject = {
  id: 'provisioning-1',
  activityDateTime: '2026-03-04T05:06:07.5Z',
  jobId: 'job-1',
  cycleId: 'cycle-1',
  changeId: 'change-1',
  provisioningAction: 'create',
  servicePrincipal: { Id: 'sp-1', Name: 'Example App' },
  targetSystem: { Id: 'sys-1', Name: 'Example' },
  initiatedBy: { Type: 'system', Id: '', Name: 'Provisioning Service' },
  sourceIdentity: {
    Id: 'U-1',
    Name: 'Bob',
    identityType: 'User',
    details: { UserPrincipalName: 'bob@example.com' },
  },
  targetIdentity: { Id: 'remote-1', Name: '', identityType: 'urn:ietf:params:scim:schemas:core:2.0:User' },
  provisioningStatusInfo: { Status: 'success', errorInformation: null },
  provisioningSteps: [],
  durationInMilliseconds: 828,
}

const map = (change: JsonObject = {}, top: JsonObject = {}) =>
  driveJson(entraAudit, [
    {
      time: '2026-03-04T05:06:08Z',
      resourceId: `/tenants/${tenant}/providers/Microsoft.aadiam`,
      operationName: 'Provisioning activity',
      category: 'ProvisioningLogs',
      tenantId: tenant,
      resultType: 'Success',
      correlationId: 'correlation-1',
      properties: { ...properties, ...change },
      ...top,
    },
  ]).events[0]

describe('provisioning', () => {
  const whole = {
    source: 'entra_audit',
    source_event_id: 'provisioning-1',
    ts: BigInt(Date.UTC(2026, 2, 4, 5, 6, 7, 500)) * 1000n,
    class: 'iam',
    activity: 'create',
    action: 'Provisioning activity',
    service: 'Example App',
    read_only: false,
    outcome: 'success',
    actor_name: 'Provisioning Service',
    actor_type: 'system',
    resource_key: 'entra:user/u-1',
    resource_name: 'bob@example.com',
    resources: [
      { key: 'entra:user/u-1', type: 'user' },
      { key: 'entra:user/remote-1', type: 'user' },
    ],
    duration_us: 828_000n,
  }

  it('fills the columns from the export', () => {
    expect(map()).toMatchObject({
      ...whole,
      actor_tenant: tenant,
      request_id: 'correlation-1',
      correlation_ids: [
        { kind: 'azure_correlation', value: 'correlation-1' },
        { kind: 'entra_provisioning_job', value: 'job-1' },
        { kind: 'entra_provisioning_cycle', value: 'cycle-1' },
      ],
    })
  })

  it('fills them from an object of the interface', () => {
    const object = {
      ...properties,
      servicePrincipal: { id: 'sp-1', displayName: 'Example App' },
      initiatedBy: { id: '', displayName: 'Provisioning Service', initiatorType: 'system' },
      provisioningStatusInfo: { status: 'success' },
    }
    expect(driveJson(entraAudit, [object]).events[0]).toMatchObject({ ...whole, request_id: 'change-1' })
  })

  it.each([
    ['success', 'success', 'success'],
    ['failure', 'failed', 'Conflict'],
    ['skipped', 'unknown', 'skipped'],
    ['warning', 'unknown', 'warning'],
  ])('that ended with %s is %s', (status, outcome, code) => {
    const errorInformation = status === 'failure' ? { errorCode: 'Conflict', reason: 'There is one already.' } : null
    const row = map({ provisioningStatusInfo: { Status: status, errorInformation } })
    expect([row?.outcome, row?.outcome_code]).toEqual([outcome, code])
    if (status === 'failure') expect(row?.outcome_reason).toBe('There is one already.')
  })

  it('takes the result of the export where the details have none', () => {
    expect(map({ provisioningStatusInfo: null }, { resultType: 'Failure' })?.outcome).toBe('failed')
    expect(map({ provisioningStatusInfo: 'x' }, { resultType: null })?.outcome).toBe('unknown')
  })

  it.each([
    ['Update', 'update'],
    ['Delete', 'delete'],
    ['StagedDelete', 'delete'],
    ['Disable', 'update'],
    ['Other', 'other'],
  ])('that was to %s is %s', (provisioningAction, activity) => {
    expect(map({ provisioningAction })?.activity).toBe(activity)
  })

  it.each([
    [{ Type: 'user', Name: 'Alice@Example.com' }, 'user', 'mail:alice@example.com'],
    [{ Type: 'application', Id: 'a-1', Name: 'x' }, 'app', 'entra:a-1'],
    [{}, 'unknown', 'unknown:entra_audit'],
  ])('was started by %o', (initiatedBy, type, key) => {
    expect(map({ initiatedBy })).toMatchObject({ actor_type: type, actor_key: key })
  })
})
