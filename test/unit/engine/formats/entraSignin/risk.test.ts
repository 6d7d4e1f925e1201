import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../../src/common/json'
import { entraSignin } from '../../../../../src/engine/formats/entraSignin'
import { driveJson } from '../../../../support/formatDriver'
import { tenant } from '../azure/samples'

const detection: JsonObject = {
  id: 'detection-1',
  requestId: '33333333-aaaa-4bbb-8ccc-000000000003',
  correlationId: '66666666-aaaa-4bbb-8ccc-000000000006',
  riskEventType: 'anonymizedIPAddress',
  riskState: 'atRisk',
  riskLevel: 'high',
  riskDetail: 'none',
  source: 'IdentityProtection',
  activity: 'signin',
  ipAddress: '203.0.113.7',
  location: { city: 'Oslo', countryOrRegion: 'NO' },
  activityDateTime: '2026-03-04T05:06:07.133Z',
  detectedDateTime: '2026-03-04T05:10:00Z',
  userId: '44444444-aaaa-4bbb-8ccc-000000000004',
  userDisplayName: 'Alice Example',
  userPrincipalName: 'alice@example.com',
  additionalInfo: '[{"Key":"userAgent","Value":"Mozilla/5.0 (X11) Gecko/20100101 Firefox/91.0"}]',
}

const state: JsonObject = {
  id: '44444444-aaaa-4bbb-8ccc-000000000004',
  userDisplayName: 'Alice Example',
  userPrincipalName: 'alice@example.com',
  riskLastUpdatedDateTime: '2026-03-04T06:00:00Z',
  riskState: 'atRisk',
  riskLevel: 'medium',
  riskDetail: 'none',
}

const exported = (category: string, properties: JsonObject): JsonObject => ({
  time: '3/4/2026 6:07:16 PM',
  resourceId: `/tenants/${tenant}/providers/microsoft.aadiam`,
  operationName: category === 'RiskyUsers' ? 'Risky user' : 'User Risk Detection',
  category,
  tenantId: tenant,
  properties,
})

const map = (value: JsonObject) => driveJson(entraSignin, [value]).events[0]

describe('detected risk', () => {
  it.each([
    ['the export', exported('UserRiskEvents', detection)],
    ['the interface', detection],
  ])('is a row about the sign-in, from %s', (_, value) => {
    expect(map(value)).toMatchObject({
      source: 'entra_signin',
      source_event_id: 'detection-1',
      ts: BigInt(Date.UTC(2026, 2, 4, 5, 6, 7, 133)) * 1000n,
      ts_kind: 'start',
      class: 'authn',
      activity: 'other',
      action: 'User Risk Detection',
      outcome: 'unknown',
      outcome_code: 'anonymizedIPAddress',
      outcome_reason: 'riskLevel high, riskState atRisk, riskDetail none',
      actor_key: 'mail:alice@example.com',
      src_ip: '203.0.113.7',
      src_country: 'NO',
      src_is_proxy: true,
      ua_family: 'Firefox',
      resource_key: 'entra:user/44444444-aaaa-4bbb-8ccc-000000000004',
      resource_name: 'alice@example.com',
      request_id: '33333333-aaaa-4bbb-8ccc-000000000003',
    })
  })

  it('takes the time of detection where the time of the act is missing', () => {
    expect(map({ ...detection, activityDateTime: null })?.ts).toBe(BigInt(Date.UTC(2026, 2, 4, 5, 10)) * 1000n)
  })

  it('reads American times of the export, month first', () => {
    const row = map(exported('UserRiskEvents', { ...detection, activityDateTime: null, detectedDateTime: null }))
    expect([row?.ts, row?.ts_kind]).toEqual([BigInt(Date.UTC(2026, 2, 4, 18, 7, 16)) * 1000n, 'logged'])
  })
})

describe('the risk state of an account', () => {
  it.each([
    ['the export', exported('RiskyUsers', state)],
    ['the interface', state],
  ])('is a row about the account, from %s', (_, value) => {
    expect(map(value)).toMatchObject({
      source_event_id: '44444444-aaaa-4bbb-8ccc-000000000004',
      ts: BigInt(Date.UTC(2026, 2, 4, 6)) * 1000n,
      ts_kind: 'logged',
      action: 'Risky user',
      outcome: 'unknown',
      outcome_reason: 'riskLevel medium, riskState atRisk, riskDetail none',
      actor_key: 'mail:alice@example.com',
      actor_id: '44444444-aaaa-4bbb-8ccc-000000000004',
      resource_key: 'entra:user/44444444-aaaa-4bbb-8ccc-000000000004',
    })
  })

  it('uses the id where there is no mail address', () => {
    expect(map({ ...state, userPrincipalName: null })?.actor_key).toBe('entra:44444444-aaaa-4bbb-8ccc-000000000004')
  })

  it('knows an application by its category', () => {
    const row = map(exported('RiskyServicePrincipals', { ...state, userPrincipalName: null, appId: 'app-1' }))
    expect([row?.actor_type, row?.resource_type]).toEqual(['app', 'serviceprincipal'])
  })
})
