import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../../src/common/json'
import { outcomeColumns } from '../../../../../src/engine/formats/cloudtrail/outcome'

function judge(record: JsonObject) {
  return outcomeColumns({ eventSource: 'a.amazonaws.com', eventName: 'GetThing', ...record })
}

describe('outcomes of CloudTrail', () => {
  it.each([
    ['ConsoleLogin', 'Failure', 'auth_failed'],
    ['ConsoleLogin', 'Success', 'success'],
    ['SwitchRole', 'Failure', 'denied'],
    ['SwitchRole', 'Success', 'success'],
    ['CheckMfa', 'Failure', 'auth_failed'],
    ['CheckMfa', 'Success', 'interrupted'],
  ])('judges %s by its answer %s before any code', (eventName, answer, outcome) => {
    expect(judge({ eventName, responseElements: { [eventName]: answer }, errorCode: 'SlowDown' }).outcome).toBe(outcome)
  })

  it('reads the answer only of the operation itself', () => {
    expect(judge({ eventName: 'GetThing', responseElements: { ConsoleLogin: 'Failure' } }).outcome).toBe('success')
  })

  it.each([
    ['AccessDenied', 'denied'],
    ['AccessDeniedException', 'denied'],
    ['Client.UnauthorizedOperation', 'denied'],
    ['NotAuthorizedException', 'denied'],
    ['Forbidden', 'denied'],
    ['AuthorizationError', 'denied'],
    ['InsufficientPrivilegesException', 'denied'],
    ['VpceAccessDenied', 'denied'],
    ['InvalidClientTokenId', 'auth_failed'],
    ['SignatureDoesNotMatch', 'auth_failed'],
    ['ExpiredTokenException', 'auth_failed'],
    ['InvalidAccessKeyId', 'auth_failed'],
    ['UnrecognizedClientException', 'auth_failed'],
    ['AuthFailure', 'auth_failed'],
    ['InvalidToken', 'auth_failed'],
    ['MissingAuthenticationToken', 'auth_failed'],
    ['ThrottlingException', 'throttled'],
    ['Client.RequestLimitExceeded', 'throttled'],
    ['TooManyRequestsException', 'throttled'],
    ['SlowDown', 'throttled'],
    ['ProvisionedThroughputExceededException', 'throttled'],
    ['Client.VpcLimitExceeded', 'throttled'],
    ['ServiceQuotaExceededException', 'throttled'],
    ['NoSuchBucketPolicy', 'failed'],
    ['Client.InvalidVpcID.NotFound', 'failed'],
    ['InternalError', 'failed'],
  ])('gives code %s the outcome %s', (errorCode, outcome) => {
    expect(judge({ errorCode, errorMessage: 'why' })).toMatchObject({
      outcome,
      outcome_code: errorCode,
      outcome_reason: 'why',
    })
  })

  it('counts a dry run as success', () => {
    expect(judge({ errorCode: 'Client.DryRunOperation', errorMessage: 'would have' }).outcome).toBe('success')
  })

  it('fails on a message without a code, and succeeds on neither', () => {
    expect(judge({ errorMessage: 'broken' }).outcome).toBe('failed')
    expect(judge({ errorCode: '', errorMessage: null }).outcome).toBe('success')
  })
})

describe('policies in messages', () => {
  const prefix = 'User: x is not authorized to perform: s3:GetObject on resource: "arn:aws:s3:::logs/a"'

  it.each([
    ['because no identity-based policy allows the s3:GetObject action', 'identity-based', 'implicit_deny', undefined],
    ['because no resource-based policy allows the s3:GetObject action', 'resource-based', 'implicit_deny', undefined],
    [
      'because no permissions boundary allows the s3:GetObject action',
      'permissions boundary',
      'implicit_deny',
      undefined,
    ],
    ['because no session policy allows the s3:GetObject action', 'session', 'implicit_deny', undefined],
    ['because no service control policy allows the s3:GetObject action', 'service control', 'implicit_deny', undefined],
    ['because no VPC endpoint policy allows the s3:GetObject action', 'VPC endpoint', 'implicit_deny', undefined],
    ['with an explicit deny in a resource control policy', 'resource control', 'explicit_deny', undefined],
    ['with an explicit deny in an identity-based policy', 'identity-based', 'explicit_deny', undefined],
    [
      'with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o-1/service_control_policy/p-1',
      'service control',
      'explicit_deny',
      'arn:aws:organizations::1:policy/o-1/service_control_policy/p-1',
    ],
    [
      'with an explicit deny in a permissions boundary: arn:aws:iam::1:policy/B',
      'permissions boundary',
      'explicit_deny',
      'arn:aws:iam::1:policy/B',
    ],
  ])('reads: %s', (sentence, type, effect, policy) => {
    const judged = judge({ errorCode: 'AccessDenied', errorMessage: `${prefix} ${sentence}` })
    expect([judged.policy_type, judged.policy_effect, judged.policy]).toEqual([type, effect, policy])
  })

  it('says that a message is encoded', () => {
    expect(
      judge({
        errorCode: 'Client.UnauthorizedOperation',
        errorMessage: 'No. Encoded authorization failure message: zzz',
      }).policy,
    ).toBe('encoded')
  })

  it('names no policy where the message names none', () => {
    const { policy, policy_type, policy_effect } = judge({ errorCode: 'AccessDenied', errorMessage: 'Access Denied' })
    expect([policy, policy_type, policy_effect]).toEqual([undefined, undefined, undefined])
  })
})
