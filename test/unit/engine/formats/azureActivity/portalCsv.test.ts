import { describe, expect, it } from 'vitest'
import { azureActivity } from '../../../../../src/engine/formats/azureActivity'
import { driveCsv } from '../../../../support/formatDriver'

const header = [
  'Correlation id',
  'Operation name',
  'Status',
  'Event category',
  'Level',
  'Time',
  'Subscription',
  'Event initiated by',
  'Resource type',
  'Resource group',
  'Resource',
]
const values = [
  'c-1',
  'Delete Virtual Machine',
  'Failed',
  'Administrative',
  'Error',
  '2026-03-04T05:06:07.123Z',
  'subscription-1',
  'alice@example.com',
  'Microsoft.Compute/virtualMachines',
  'Shop-RG',
  '/subscriptions/subscription-1/resourceGroups/Shop-RG/providers/Microsoft.Compute/virtualMachines/web-1',
]

describe('activity as the portal gives it', () => {
  it('is recognised by its columns', () => {
    expect(azureActivity.csv?.match(header, values)).toEqual({ score: 0.95, header: true })
    expect(azureActivity.csv?.match(['Operation name', 'Status'], ['a', 'b']).score).toBe(0)
  })

  it('fills the columns', () => {
    expect(driveCsv(azureActivity, header, [values]).events[0]).toMatchObject({
      source: 'azure_activity',
      ts: BigInt(Date.UTC(2026, 2, 4, 5, 6, 7, 123)) * 1000n,
      action: 'Delete Virtual Machine',
      activity: 'delete',
      outcome: 'failed',
      outcome_code: 'Failed',
      actor_key: 'mail:alice@example.com',
      resource_type: 'microsoft.compute/virtualmachines',
      resource_name: 'web-1',
      resource_ns: 'shop-rg',
      request_id: 'c-1',
    })
  })

  it('rejects what has no column at all', () => {
    expect(driveCsv(azureActivity, header, [[], ['', '']]).rejects).toHaveLength(2)
  })
})
