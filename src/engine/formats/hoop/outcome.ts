import { at, get, type JsonObject, list, text, textAt } from '../../../common/json'
import type { Outcome } from '../../../contract/shared'
import type { AccessEventRow } from '../../db/rows'

type OutcomeColumns = Pick<
  AccessEventRow,
  'outcome' | 'outcome_code' | 'outcome_reason' | 'policy' | 'policy_type' | 'policy_effect'
>

/** Who could refuse, in their order: a rule over the input, an analysis of it, a review; then how it ended. */
export function outcomeColumns(session: JsonObject): OutcomeColumns {
  return guarded(session) ?? analysed(session) ?? reviewed(session) ?? { ...ended(session), outcome_reason: undefined }
}

/** Rules that stop a command for words or patterns in it, or in its answer. */
function guarded(session: JsonObject): OutcomeColumns | undefined {
  const [match] = list(get(session, 'guardrails_info'))
  const rule = textAt(match, 'rule_name')
  if (rule === undefined) return undefined
  return {
    outcome: 'denied',
    outcome_code: codeOf(session),
    outcome_reason: textAt(match, 'message'),
    policy: rule,
    policy_type: 'guardrail',
    policy_effect: 'explicit_deny',
  }
}

function analysed(session: JsonObject): OutcomeColumns | undefined {
  const analysis = get(session, 'ai_analysis')
  if (!/block|deny/i.test(textAt(analysis, 'action') ?? '')) return undefined
  return {
    outcome: 'denied',
    outcome_code: textAt(analysis, 'risk_level'),
    outcome_reason: textAt(analysis, 'title') ?? textAt(analysis, 'explanation'),
    policy_type: 'analysis',
    policy_effect: 'explicit_deny',
  }
}

/** A review that refused or is not over decides; one that approved leaves the outcome to what came of it. */
function reviewed(session: JsonObject): OutcomeColumns | undefined {
  const review = get(session, 'review')
  const status = textAt(review, 'status')?.toUpperCase()
  if (status === undefined) return undefined
  const shared = {
    outcome_code: status,
    outcome_reason: textAt(review, 'rejection_reason'),
    policy: textAt(review, 'access_request_rule_name') ?? deciders(review, status),
    policy_type: 'review',
  }
  switch (status) {
    case 'REJECTED':
    case 'REVOKED':
      return { outcome: 'denied', ...shared, policy_effect: 'explicit_deny' }
    case 'PENDING':
      return { outcome: 'interrupted', ...shared }
    case 'APPROVED':
    case 'EXECUTED':
    case 'PROCESSING': {
      const { outcome, outcome_code } = ended(session)
      return { ...shared, outcome, outcome_code: outcome_code ?? status, policy_effect: 'allow' }
    }
    default:
      return undefined
  }
}

/** The groups that decided so. */
function deciders(review: unknown, status: string): string | undefined {
  const wanted = status === 'REJECTED' || status === 'REVOKED' ? status : 'APPROVED'
  const groups = list(at(review, 'review_groups_data')).flatMap((item) =>
    textAt(item, 'status')?.toUpperCase() === wanted ? (textAt(item, 'group') ?? []) : [],
  )
  return groups.length === 0 ? undefined : groups.slice(0, 20).join(', ')
}

/** Exit codes that say that there was none to be had. */
const noExitCode = new Set(['-2', '254'])

function ended(session: JsonObject): { readonly outcome: Outcome; readonly outcome_code: string | undefined } {
  const code = codeOf(session)
  const interactive = textAt(session, 'verb') === 'connect'
  switch (textAt(session, 'status')) {
    case 'done':
      if (code !== undefined && noExitCode.has(code)) return { outcome: 'unknown', outcome_code: code }
      return { outcome: code === undefined || code === '0' ? 'success' : 'failed', outcome_code: code }
    case 'open':
      return { outcome: interactive ? 'success' : 'unknown', outcome_code: code }
    case 'ready':
      return { outcome: 'interrupted', outcome_code: code }
    default:
      return { outcome: 'unknown', outcome_code: code }
  }
}

function codeOf(session: JsonObject): string | undefined {
  return text(get(session, 'exit_code'))
}
