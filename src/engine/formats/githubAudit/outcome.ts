import { get, type JsonObject, text } from '../../../common/json'
import type { Outcome } from '../../../contract/shared'
import type { AccessEventRow, Flag } from '../../db/rows'
import { httpOutcome, httpStatus } from '../shared/outcome'

interface Judged {
  readonly columns: Pick<AccessEventRow, 'outcome' | 'outcome_code' | 'policy_type' | 'policy_effect' | 'http_status'>
  readonly flags: readonly Flag[]
}

const authFailed = /^user\.failed_login|two_factor.*fail|fail.*two_factor/
const rejected = /rejected(?!_by_user)/
/** What became of a workflow or check; other words (`cancelled`, `skipped`, `neutral`) are neither. */
const failedRuns = new Set(['failure', 'timed_out', 'startup_failure'])

/** Entries record what was done; only few actions, a run's conclusion and the status of a request say otherwise. */
export function judge(entry: JsonObject, action: string): Judged {
  const conclusion = text(get(entry, 'conclusion')) ?? text(get(get(entry, 'data'), 'conclusion'))
  const status = httpStatus(get(entry, 'status_code'))
  if (action === 'api.request') return ofRequest(entry, status)
  const outcome = ofAction(action, conclusion)
  return {
    columns: {
      outcome,
      outcome_code: conclusion,
      ...(outcome === 'denied' && action.startsWith('protected_branch.')
        ? ({ policy_type: 'protected_branch', policy_effect: 'explicit_deny' } as const)
        : {}),
      http_status: status,
    },
    flags: [],
  }
}

function ofAction(action: string, conclusion: string | undefined): Outcome {
  if (authFailed.test(action)) return 'auth_failed'
  if (action.startsWith('user.correct_password_from')) return 'interrupted'
  if (rejected.test(action)) return 'denied'
  if (conclusion === undefined || conclusion === 'success') return 'success'
  return failedRuns.has(conclusion) ? 'failed' : 'unknown'
}

/** Private things answer 404 to those who may not see them, so a 404 may be a refusal. */
function ofRequest(entry: JsonObject, status: number | undefined): Judged {
  if (status === undefined) return { columns: { outcome: 'unknown' }, flags: [] }
  const exhausted = text(get(entry, 'rate_limit_remaining')) === '0'
  const throttled = status === 403 && exhausted
  return {
    columns: {
      outcome: throttled ? 'throttled' : httpOutcome(status),
      outcome_code: String(status),
      ...(throttled ? ({ policy_type: 'rate_limit', policy_effect: 'quota' } as const) : {}),
      http_status: status,
    },
    flags: status === 404 ? ['hidden_denial'] : [],
  }
}
