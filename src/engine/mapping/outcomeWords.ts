import type { Outcome } from '../../contract/shared'
import { httpOutcome } from '../formats/shared/outcome'

const words: readonly (readonly [Outcome, readonly string[]])[] = [
  [
    'success',
    [
      ...['success', 'successful', 'succeeded', 'succeed', 'ok', 'okay', 'allow', 'allowed', 'permit', 'permitted'],
      ...['grant', 'granted', 'accept', 'accepted', 'approved', 'pass', 'passed', 'complete', 'completed', 'done'],
      ...['authorized', 'true', 'yes', 'normal'],
    ],
  ],
  [
    'denied',
    [
      ...['deny', 'denied', 'forbidden', 'block', 'blocked', 'refused', 'reject', 'rejected', 'unauthorized'],
      ...['not_authorized', 'access_denied', 'permission_denied', 'prohibited', 'disallowed'],
    ],
  ],
  [
    'auth_failed',
    [
      ...['unauthenticated', 'invalid_credentials', 'bad_password', 'wrong_password', 'authentication_failed'],
      ...['login_failed', 'auth_failed', 'invalid_password', 'locked_out', 'account_locked'],
    ],
  ],
  ['throttled', ['throttled', 'rate_limited', 'rate_limit', 'too_many_requests', 'quota_exceeded', 'limited']],
  [
    'failed',
    [
      ...['fail', 'failed', 'failure', 'error', 'errored', 'exception', 'invalid', 'not_found', 'timeout'],
      ...['timed_out', 'aborted', 'cancelled', 'canceled', 'unsuccessful', 'false', 'no'],
    ],
  ],
  ['interrupted', ['challenge', 'pending', 'interrupted', 'mfa_required', 'in_progress']],
  ['unknown', ['unknown', 'n/a', '-']],
]

const byWord = new Map(words.flatMap(([outcome, names]) => names.map((name) => [name, outcome] as const)))

/** What a word of a source most likely means; undefined where that is not plain. */
export function outcomeOfWord(word: string): Outcome | undefined {
  const plain = word
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
  const known = byWord.get(plain) ?? byWord.get(word.trim().toLowerCase())
  if (known !== undefined) return known
  return /^[1-5]\d{2}$/.test(plain) ? httpOutcome(Number(plain)) : undefined
}

/** The same for a field whose name says what “no” means: not allowed is denied, no success is failed. */
export function outcomeOfField(field: string, word: string): Outcome | undefined {
  const outcome = outcomeOfWord(word)
  const aboutRights = /allow|permit|grant|authori[sz]ed|decision/i.test(field)
  return outcome === 'failed' && /^(?:false|no)$/i.test(word.trim()) && aboutRights ? 'denied' : outcome
}
