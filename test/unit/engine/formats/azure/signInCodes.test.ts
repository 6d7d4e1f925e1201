import { describe, expect, it } from 'vitest'
import { signInOutcome } from '../../../../../src/engine/formats/azure/signInCodes'

describe('result codes of sign-ins', () => {
  it.each([
    ['success', [0]],
    [
      'interrupted',
      [
        ...[50055, 50058, 50059, 50072, 50074, 50076, 50078, 50079, 50089, 50097, 50125, 50127, 50129, 50132, 50133],
        ...[50140, 50143, 50144, 50158, 50173, 50199, 65001, 16000, 16001],
      ],
    ],
    [
      'denied',
      [50002, 50005, 50020, 50105, 50131, 500021, 500022, 500212, 500213, 53000, 53003, 53004, 530032, 65004, 90094],
    ],
    [
      'auth_failed',
      [50012, 50013, 50034, 50053, 50056, 50057, 50064, 50126, 50155, 500121, 500133, 7000215, 7000222, 700016],
    ],
    ['throttled', [50088, 50166, 50196]],
    ['failed', [90002, 1, 999999]],
  ])('are %s', (outcome, codes) => {
    expect(codes.map((code) => signInOutcome(String(code), undefined))).toEqual(codes.map(() => outcome))
  })

  it.each([
    ['7000218', "The request body must contain 'client_assertion' or 'client_secret'.", 'auth_failed'],
    ['700027', 'Client assertion failed signature validation.', 'auth_failed'],
    ['90099', 'The application has not been authorized in the tenant.', 'failed'],
    ['AADSTS50126', undefined, 'auth_failed'],
  ])('decides %s by its text where the code is not known', (code, reason, outcome) => {
    expect(signInOutcome(code, reason)).toBe(outcome)
  })

  it('tells a blocked address from a locked account', () => {
    const blocked = 'Sign-in was blocked because it came from an IP address with malicious activity.'
    const locked = 'The account is locked, you have tried to sign in too many times.'
    expect(signInOutcome('50053', blocked)).toBe('denied')
    expect(signInOutcome('50053', locked)).toBe('auth_failed')
    expect(signInOutcome('50053', undefined)).toBe('auth_failed')
  })
})
