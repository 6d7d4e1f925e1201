import { type ErrorCode, isAppError } from '../../common/errors'
import { visibleText } from '../text/marks'

export interface ErrorText {
  readonly text: string
  readonly hint: string | null
}

const hints: Partial<Record<ErrorCode, string>> = {
  'filter.invalid': 'Correct the filter at the marked character; F1 in the filter box lists the fields.',
  'sql.invalid': 'Correct the statement and run it again.',
  'sql.refused': 'Only one SELECT is run; nothing in a case is changed from here.',
  'sql.timeout': 'Narrow the question by time or by a filter.',
  'source.unreadable': 'Check the file; the other files of the import are not affected.',
  'source.limit': 'The limit is named in the account of the file.',
  'case.missing': 'The case was moved or deleted. Open it from where it is now.',
  'case.exists': 'Choose another name.',
  'case.in-use': 'Close it in the other window, then try again.',
  'case.closed': 'Open a case first.',
  'journal.damaged': 'Verify the case; nothing was changed.',
  'io.disk-full': 'Free some space, then try again. Nothing that was shown as saved is lost.',
  'io.read-only': 'The folder cannot be written. Copy the case elsewhere.',
  transport: 'The engine no longer answers. Start Crosstrail again; the case is on disk.',
  internal: 'This is a fault of Crosstrail. Try again; the log has the details.',
}

/** What happened and what can be done, for a person. */
export function describeError(error: unknown): ErrorText {
  if (isAppError(error)) {
    const ref = error.details.ref
    const hint = hints[error.code] ?? null
    return {
      text: visibleText(error.message),
      hint: typeof ref === 'string' ? `${hint ?? ''} Log entry ${ref}.`.trim() : hint,
    }
  }
  const text = error instanceof Error && error.message !== '' ? error.message : 'Something went wrong in the window.'
  return { text, hint: hints.internal ?? null }
}
