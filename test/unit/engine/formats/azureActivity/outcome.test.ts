import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../../src/common/json'
import { azureActivity } from '../../../../../src/engine/formats/azureActivity'
import { driveJson } from '../../../../support/formatDriver'
import { activityDiagnostic, activityObject } from '../azure/samples'

const bare: JsonObject = { ...activityDiagnostic, resultType: null, resultSignature: null, properties: null }

function outcome(change: JsonObject) {
  const row = driveJson(azureActivity, [{ ...bare, ...change }]).events[0]
  return [row?.outcome, row?.outcome_code]
}

describe('outcomes of activity', () => {
  it.each<[JsonObject, string, string | undefined]>([
    [{ resultType: 'Success' }, 'success', 'Success'],
    [{ resultType: 'Succeeded' }, 'success', 'Succeeded'],
    [{ resultType: 'Success', resultSignature: '200' }, 'success', '200'],
    [{ resultType: 'Start', resultSignature: 'Started.' }, 'unknown', 'Start'],
    [{ resultType: 'Started' }, 'unknown', 'Started'],
    [{ resultType: 'Accept', resultSignature: 'Accepted.Created' }, 'unknown', 'Accept'],
    [{ resultType: 'Accepted', resultSignature: '202' }, 'unknown', 'Accepted'],
    [{ resultType: 'Active' }, 'unknown', 'Active'],
    [{ resultType: 'Updated' }, 'unknown', 'Updated'],
    [{ resultType: 'Failure' }, 'failed', 'Failure'],
    [{ resultType: 'Failed', resultSignature: '403' }, 'denied', '403'],
    [{ resultType: 'Failed', resultSignature: '401' }, 'auth_failed', '401'],
    [{ resultType: 'Failed', resultSignature: '429' }, 'throttled', '429'],
    [{ resultType: 'Failed', resultSignature: '409' }, 'failed', '409'],
    [{ resultType: 'Failure', resultSignature: 'Failed.Forbidden' }, 'denied', 'Forbidden'],
    [{ resultType: 'Failure', resultSignature: 'Failed.Unauthorized' }, 'auth_failed', 'Unauthorized'],
    [{ resultType: 'Failure', properties: { statusCode: 'Forbidden' } }, 'denied', 'Forbidden'],
    [{ resultType: 'Failure', properties: { statusCode: 'Conflict' } }, 'failed', 'Conflict'],
    [{ resultType: null }, 'unknown', undefined],
    [{ resultType: { a: 1 } }, 'unknown', undefined],
  ])('%o is %s', (change, expected, code) => {
    expect(outcome(change)).toEqual([expected, code])
  })

  it.each([
    ['AuthorizationFailed', 'denied'],
    ['LinkedAuthorizationFailed', 'denied'],
    ['RequestDisallowedByPolicy', 'denied'],
    ['ScopeLocked', 'denied'],
    ['InvalidAuthenticationToken', 'auth_failed'],
    ['ExpiredAuthenticationToken', 'auth_failed'],
    ['TooManyRequests', 'throttled'],
    ['SubscriptionRequestsThrottled', 'throttled'],
    ['ResourceNotFound', 'failed'],
  ])('reads the code %s out of the message, which is JSON', (code, expected) => {
    const statusMessage = JSON.stringify({ error: { code, message: 'It was not done.' } })
    const row = driveJson(azureActivity, [
      { ...bare, resultType: 'Failure', properties: { statusCode: 'BadRequest', statusMessage } },
    ]).events[0]
    expect([row?.outcome, row?.outcome_code, row?.outcome_reason]).toEqual([expected, code, 'It was not done.'])
  })

  it('says what refused', () => {
    const failing = (code: string) =>
      driveJson(azureActivity, [
        {
          ...bare,
          identity: null,
          resultType: 'Failure',
          properties: { statusMessage: JSON.stringify({ error: { code } }) },
        },
      ]).events[0]
    expect(failing('AuthorizationFailed')).toMatchObject({ policy_type: 'rbac', policy_effect: 'implicit_deny' })
    expect(failing('RequestDisallowedByPolicy')).toMatchObject({
      policy_type: 'azure_policy',
      policy_effect: 'explicit_deny',
    })
    expect(failing('ScopeLocked')).toMatchObject({ policy_type: 'lock', policy_effect: 'explicit_deny' })
  })

  it('names the policies of a policy record', () => {
    const policies = JSON.stringify([
      { policyDefinitionDisplayName: 'No public access' },
      { policyDefinitionName: 'p2' },
      { policyDefinitionId: '/providers/x/policyDefinitions/p3' },
      { other: 1 },
    ])
    expect(
      driveJson(azureActivity, [{ ...bare, category: 'Policy', resultType: 'Success', properties: { policies } }])
        .events[0],
    ).toMatchObject({ policy: 'No public access; p2; p3', policy_type: 'azure_policy', class: 'policy' })
  })

  it.each([
    ['Succeeded', 'success'],
    ['Started', 'unknown'],
    ['Accepted', 'unknown'],
    ['Failed', 'failed'],
  ])('of the interface with status %s is %s', (value, expected) => {
    const object = { ...activityObject, status: { value }, subStatus: { value: '' }, properties: {} }
    expect(driveJson(azureActivity, [object]).events[0]?.outcome).toBe(expected)
  })
})
