import { describe, expect, it } from 'vitest'
import { grpcOutcome, httpOutcome, httpStatus } from '../../../../../src/engine/formats/shared/outcome'

describe('the HTTP rule', () => {
  it.each([
    [100, 'success'],
    [200, 'success'],
    [304, 'success'],
    [399, 'success'],
    [400, 'failed'],
    [401, 'auth_failed'],
    [403, 'denied'],
    [404, 'failed'],
    [407, 'auth_failed'],
    [409, 'failed'],
    [429, 'throttled'],
    [451, 'denied'],
    [500, 'failed'],
    [503, 'failed'],
    [0, 'unknown'],
    [600, 'unknown'],
    [Number.NaN, 'unknown'],
  ])('gives %s the outcome %s', (status, outcome) => {
    expect(httpOutcome(status)).toBe(outcome)
  })

  it('takes a status as number or as three digits, and nothing else', () => {
    expect([200, '403', '0403', 99, 600, 200.5, true, null, {}].map(httpStatus)).toEqual([
      200,
      403,
      ...Array.from({ length: 7 }, () => undefined),
    ])
  })
})

describe('the gRPC rule', () => {
  it.each([
    [0, 'success'],
    [5, 'failed'],
    [7, 'denied'],
    [8, 'throttled'],
    [13, 'failed'],
    [16, 'auth_failed'],
  ])('gives code %s the outcome %s', (code, outcome) => {
    expect(grpcOutcome(code)).toBe(outcome)
  })
})
