import { describe, expect, it } from 'vitest'
import { entraAudit } from '../../../../../src/engine/formats/entraAudit'
import { driveCsv } from '../../../../support/formatDriver'

const record = {
  'Date (UTC)': '2026-03-04T05:06:07.765Z',
  CorrelationId: '66666666-aaaa-4bbb-8ccc-000000000016',
  Service: 'Core Directory',
  Category: 'RoleManagement',
  Activity: 'Add member to role',
  Result: 'success',
  ResultReason: '',
  ActorType: 'User',
  ActorDisplayName: 'Alice Example',
  ActorObjectId: '44444444-aaaa-4bbb-8ccc-000000000004',
  ActorUserPrincipalName: 'alice@example.com',
  IPAddress: '203.0.113.7',
  ActorServicePrincipalId: '',
  ActorServicePrincipalName: '',
  Target1Type: 'User',
  Target1DisplayName: 'Bob',
  Target1ObjectId: 'u-2',
  Target1UserPrincipalName: 'bob@example.com',
  Target1ModifiedProperty1Name: 'Role.DisplayName',
  Target1ModifiedProperty1OldValue: '',
  Target1ModifiedProperty1NewValue: '"Reader"',
  Target2Type: 'Role',
  Target2ObjectId: 'role-1',
  AdditionalDetail1Key: 'TicketNumber',
  AdditionalDetail1Value: 'CHG0012345',
}
const header = Object.keys(record)

function drive(change: Partial<Record<keyof typeof record, string>> = {}) {
  return driveCsv(entraAudit, header, [Object.values({ ...record, ...change })])
}

describe('directory changes as the portal gives them', () => {
  it('are recognised by their columns', () => {
    expect(entraAudit.csv?.match(header, Object.values(record))).toEqual({ score: 0.95, header: true })
    expect(entraAudit.csv?.match(['Date (UTC)', 'Activity'], ['a', 'b']).score).toBe(0)
  })

  it('fill the columns', () => {
    expect(drive().events[0]).toMatchObject({
      source: 'entra_audit',
      ts: BigInt(Date.UTC(2026, 2, 4, 5, 6, 7, 765)) * 1000n,
      class: 'iam',
      activity: 'grant',
      action: 'Add member to role',
      service: 'Core Directory',
      permission: 'Reader',
      outcome: 'success',
      actor_key: 'mail:alice@example.com',
      actor_name: 'Alice Example',
      src_ip: '203.0.113.7',
      resource_key: 'entra:user/u-2',
      resource_name: 'bob@example.com',
      resources: [
        { key: 'entra:user/u-2', type: 'user' },
        { key: 'entra:role/role-1', type: 'role' },
      ],
      ticket_ids: ['CHG0012345'],
      request_id: '66666666-aaaa-4bbb-8ccc-000000000016',
    })
  })

  it('know applications', () => {
    const app = {
      ActorType: 'Application',
      ActorUserPrincipalName: '',
      ActorServicePrincipalId: 'sp-1',
      ActorDisplayName: 'Sync',
    }
    expect(drive(app).events[0]).toMatchObject({ actor_type: 'app', actor_key: 'entra:sp-1', src_ip: '203.0.113.7' })
  })

  it('know failures', () => {
    expect(drive({ Result: 'failure', ResultReason: 'Access denied' }).events[0]).toMatchObject({
      outcome: 'denied',
      outcome_reason: 'Access denied',
    })
  })

  it('know no time that two locales read otherwise', () => {
    const row = drive({ 'Date (UTC)': '5/1/2026 1:10:40 AM' }).events[0]
    expect([row?.ts, row?.flags]).toEqual([undefined, ['clock_suspect']])
    expect(drive({ 'Date (UTC)': '15/12/2026 11:41:43 PM' }).events[0]?.ts).toBe(
      BigInt(Date.UTC(2026, 11, 15, 23, 41, 43)) * 1000n,
    )
  })
})
