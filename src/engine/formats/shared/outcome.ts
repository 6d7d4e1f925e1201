import type { Outcome } from '../../../contract/shared'

/** The shared HTTP rule. Codes outside 100–599 say nothing about the outcome. */
export function httpOutcome(status: number): Outcome {
  if (!Number.isInteger(status) || status < 100 || status > 599) return 'unknown'
  if (status < 400) return 'success'
  switch (status) {
    case 401:
    case 407:
      return 'auth_failed'
    case 403:
    case 451:
      return 'denied'
    case 429:
      return 'throttled'
    default:
      return 'failed'
  }
}

/** The shared gRPC rule, by the numbers of google.rpc.Code. */
export function grpcOutcome(code: number): Outcome {
  switch (code) {
    case 0:
      return 'success'
    case 7:
      return 'denied'
    case 16:
      return 'auth_failed'
    case 8:
      return 'throttled'
    default:
      return 'failed'
  }
}

/** An HTTP status from untrusted JSON (number or digits), or undefined where it is none. */
export function httpStatus(value: unknown): number | undefined {
  const status = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value
  return typeof status === 'number' && Number.isInteger(status) && status >= 100 && status <= 599 ? status : undefined
}
