/**
 * Result codes of sign-ins by what they mean for the attempt. This is the table to edit when a code is judged
 * otherwise: one code, one outcome. `0` is success, and a code that is not here is `failed`, unless its text names
 * credentials or an assertion.
 */
import type { Outcome } from '../../../contract/shared'

const table: readonly (readonly [Outcome, readonly number[]])[] = [
  ['success', [0]],
  // A step that waits for the person: second factor, consent, password to be changed, choice of a session.
  [
    'interrupted',
    [
      ...[50055, 50058, 50059, 50072, 50074, 50076, 50078, 50079, 50089, 50097, 50125, 50127, 50129, 50132, 50133],
      ...[50140, 50143, 50144, 50158, 50173, 50199, 65001, 16000, 16001],
    ],
  ],
  // A policy, an assignment or a tenant's settings refused who was known.
  [
    'denied',
    [
      ...[50002, 50005, 50020, 50105, 50131, 500021, 500022, 500212, 500213, 53000, 53001, 53002, 53003, 53004],
      ...[530032, 65004, 90094],
    ],
  ],
  // The identity was not proven, or the account is unknown, locked or disabled.
  [
    'auth_failed',
    [...[50012, 50013, 50034, 50053, 50056, 50057, 50064, 50126, 50155, 500121, 500133, 7000215, 7000222], ...[700016]],
  ],
  ['throttled', [50088, 50166, 50196]],
]

const byCode: ReadonlyMap<string, Outcome> = new Map(
  table.flatMap(([outcome, codes]) => codes.map((code): [string, Outcome] => [String(code), outcome])),
)

const credentialWords = /credential|password|assertion|client secret|certificate|invalid (?:user ?name|user ?id)/i
const blockedWords = /malicious|blocked|risky|suspicious|ip address/i

/**
 * The outcome of a sign-in with a code; the text decides where the code does not. 50053 is a locked account, or an
 * address that is blocked: then a policy refused.
 */
export function signInOutcome(code: string, reason: string | undefined): Outcome {
  const bare = code.replace(/^AADSTS/i, '')
  if (bare === '50053' && reason !== undefined && blockedWords.test(reason) && !/\blocked/i.test(reason))
    return 'denied'
  const known = byCode.get(bare)
  if (known !== undefined) return known
  return reason !== undefined && credentialWords.test(reason) ? 'auth_failed' : 'failed'
}
