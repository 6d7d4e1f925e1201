import type { AccessEventRow } from '../../db/rows'

type OutcomeColumns = Pick<
  AccessEventRow,
  'outcome' | 'outcome_code' | 'outcome_reason' | 'policy' | 'policy_type' | 'policy_effect'
>

/**
 * SQLSTATE of messages whose code is fixed in the server's source, for plain logs that leave it out (`%e` is not in
 * the usual prefixes). English messages only; others keep an absent code.
 */
const messageStates: readonly (readonly [RegExp, string])[] = [
  [/^permission denied\b|^must be (?:owner|superuser|a? ?member)\b|violates row-level security policy/, '42501'],
  [/^password authentication failed for user /, '28P01'],
  [/^no pg_hba\.conf entry for |^pg_hba\.conf rejects /, '28000'],
  [/^role ".*" (?:does not exist|is not permitted to log in)$/, '28000'],
  [/authentication failed for user /, '28000'],
  [/violates foreign key constraint /, '23503'],
  [/^duplicate key value violates unique constraint /, '23505'],
  [/violates check constraint /, '23514'],
  [/violates not-null constraint/, '23502'],
  [/^syntax error at /, '42601'],
  [/^relation ".*" does not exist$/, '42P01'],
  [/^column .* does not exist$/, '42703'],
  [/^relation ".*" already exists$/, '42P07'],
  [/^operator does not exist: /, '42883'],
  [/^function .* does not exist$/, '42883'],
  [/^database ".*" does not exist$/, '3D000'],
  [/^sorry, too many clients already$|^remaining connection slots are reserved |^too many connections for /, '53300'],
  [/^canceling statement due to /, '57014'],
  [/^the database system is (?:starting up|shutting down|in recovery mode|not yet accepting connections)/, '57P03'],
  [/^terminating connection due to administrator command$/, '57P01'],
  [/^deadlock detected$/, '40P01'],
  [/^could not serialize access /, '40001'],
]

/** SQLSTATE as the entry states it, else as its message fixes it. */
export function sqlStateOf(stated: string | undefined, message: string): string | undefined {
  if (stated !== undefined && stated !== '' && stated !== '00000') return stated
  const line = message.slice(0, 1000)
  return messageStates.find(([pattern]) => pattern.test(line))?.[1]
}

/** Outcome of a failed attempt from SQLSTATE and message (source mapping, PostgreSQL). */
export function failureOutcome(sqlState: string | undefined, message: string): OutcomeColumns {
  const stated = { outcome_code: sqlState, outcome_reason: message }
  if (message.startsWith('no pg_hba.conf entry')) {
    return { ...stated, outcome: 'denied', policy_type: 'pg_hba', policy_effect: 'implicit_deny' }
  }
  if (message.startsWith('pg_hba.conf rejects')) {
    return { ...stated, outcome: 'denied', policy_type: 'pg_hba', policy_effect: 'explicit_deny' }
  }
  if (sqlState === '42501') {
    const policy = /row-level security policy "([^"]{1,128})"/.exec(message)?.[1]
    if (policy !== undefined) {
      return { ...stated, outcome: 'denied', policy, policy_type: 'row_security', policy_effect: 'implicit_deny' }
    }
    return { ...stated, outcome: 'denied', policy_type: 'privilege', policy_effect: 'implicit_deny' }
  }
  if (sqlState === '28000' || sqlState === '28P01') return { ...stated, outcome: 'auth_failed' }
  if (sqlState?.startsWith('53') === true) return { ...stated, outcome: 'throttled' }
  return { ...stated, outcome: 'failed' }
}
