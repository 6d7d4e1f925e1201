import type { Outcome } from '../../../contract/shared'
import { grpcOutcome, httpOutcome } from '../shared/outcome'
import type { Verdict } from './request'

/** Outcome columns of a request: by its status, unless its dialect says more. */
export function verdictColumns(status: number | undefined, verdict: Verdict = {}): Verdict & { outcome: Outcome } {
  const code = status === undefined ? undefined : String(status)
  return { outcome: status === undefined ? 'unknown' : httpOutcome(status), outcome_code: code, ...verdict }
}

interface Flag {
  readonly verdict: Verdict
  readonly says: string
}

const refused = (says: string): Flag => ({
  verdict: { outcome: 'denied', policy_type: 'proxy', policy_effect: 'explicit_deny' },
  says,
})
const limited = (says: string): Flag => ({
  verdict: { outcome: 'throttled', policy_type: 'proxy', policy_effect: 'quota' },
  says,
})

/** Flags by which a proxy says that it refused the request itself; most decisive first. */
const deciding: ReadonlyMap<string, Flag> = new Map([
  ['UAEX', refused('refused by external authorization')],
  ['RBAC', refused('refused by access rules')],
  ['RL', limited('rate-limited')],
  ['RLS', limited('rate-limited')],
  ['OM', limited('shed by the overload manager')],
])

/** Other flags: why no answer came. They fail a request that has no status; else the status counts. */
const failing: ReadonlySet<string> = new Set([
  ...['UH', 'UF', 'UO', 'NR', 'URX', 'NC', 'DT', 'DC', 'LH', 'UT', 'LR', 'UR', 'UC', 'DI', 'FI', 'IH', 'SI', 'DPE'],
  ...['UPE', 'UMSDR', 'RFCF', 'NFCF', 'DF', 'DO', 'DR', 'UDO', 'RLSE'],
])

/** What Envoy's response flags and code details say; undefined where they add nothing to the status. */
export function envoyVerdict(
  flags: string | undefined,
  details: string | undefined,
  status: number | undefined,
): Verdict | undefined {
  const words = (flags ?? '').slice(0, 200).split(',')
  const reason = [flags, details].filter((part) => part !== undefined).join(' ')
  const base: Verdict = reason === '' ? {} : { outcome_reason: reason }
  const policy = /^rbac_access_denied_matched_policy\[(.{1,500})\]/.exec(details ?? '')?.[1]
  if (details?.startsWith('rbac_access_denied') === true) {
    // Without a policy that matched, the default of the rules refused it.
    const named = policy === undefined || policy === 'none' ? undefined : policy
    const effect = named === undefined ? 'implicit_deny' : 'explicit_deny'
    return { ...base, outcome: 'denied', policy: named, policy_type: 'proxy', policy_effect: effect }
  }
  if (details?.startsWith('jwt_authn_access_denied') === true) return { ...base, outcome: 'auth_failed' }
  for (const [flag, { verdict, says }] of deciding)
    if (words.includes(flag)) return { ...verdict, outcome_reason: `${reason}: ${says}` }
  if (status === undefined && words.some((word) => failing.has(word))) return { ...base, outcome: 'failed' }
  return reason === '' ? undefined : base
}

const grpcNames: readonly string[] = [
  ...['OK', 'Canceled', 'Unknown', 'InvalidArgument', 'DeadlineExceeded', 'NotFound', 'AlreadyExists'],
  ...['PermissionDenied', 'ResourceExhausted', 'FailedPrecondition', 'Aborted', 'OutOfRange', 'Unimplemented'],
  ...['Internal', 'Unavailable', 'DataLoss', 'Unauthenticated'],
]

/** A gRPC answer has its own status beside HTTP's 200; by number or name, in any case, with or without underscores. */
export function grpcVerdict(value: string | undefined): Verdict | undefined {
  if (value === undefined || value === '-') return undefined
  const plain = value.replaceAll('_', '').toLowerCase()
  const named = grpcNames.findIndex((name) => name.toLowerCase() === plain)
  const code = /^\d{1,2}$/.test(value) ? Number(value) : named
  const name = grpcNames[code]
  return name === undefined ? undefined : { outcome: grpcOutcome(code), outcome_code: `grpc ${code} ${name}` }
}
