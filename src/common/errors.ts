/**
 * Every failure a person can meet, as a code plus a plain sentence.
 * Code looks at `code`; text is for people and is never parsed.
 */
export const errorCodes = [
  'usage',
  'filter.invalid',
  'sql.invalid',
  'sql.refused',
  'sql.timeout',
  'input.refused',
  'source.unreadable',
  'source.limit',
  'case.missing',
  'case.exists',
  'case.invalid',
  'case.in-use',
  'case.foreign',
  'case.closed',
  'journal.damaged',
  'verify.failed',
  'not-found',
  'io.disk-full',
  'io.read-only',
  'io.failed',
  'report.failed',
  'cancelled',
  'transport',
  'internal',
] as const

export type ErrorCode = (typeof errorCodes)[number]

export type ErrorDetails = Readonly<Record<string, string | number | boolean | null>>

/** An error whose message is meant for the analyst. `details` holds positions, names and numbers, never absolute paths. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'AppError'
    this.code = code
    this.details = details
  }
}

export function isAppError(error: unknown): error is AppError {
  return error instanceof AppError
}

export function isCancelled(error: unknown): boolean {
  return isAppError(error) && error.code === 'cancelled'
}

export function cancelled(): AppError {
  return new AppError('cancelled', 'Cancelled.')
}

/** Throws the cancelled outcome when the signal has fired. Call it between chunks of a long task. */
export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled()
}

/** Process exit codes of the command line: see docs of the CLI. */
export const exitCodes = {
  done: 0,
  bug: 1,
  usage: 2,
  refused: 3,
  verification: 4,
  inUse: 5,
  io: 6,
} as const

export function exitCodeOf(error: unknown): number {
  if (!isAppError(error)) return exitCodes.bug
  switch (error.code) {
    case 'usage':
    case 'filter.invalid':
    case 'sql.invalid':
    case 'sql.refused':
    case 'sql.timeout':
    case 'not-found':
      return exitCodes.usage
    case 'input.refused':
    case 'source.unreadable':
    case 'source.limit':
    case 'case.missing':
    case 'case.exists':
    case 'case.invalid':
    case 'case.closed':
    case 'case.foreign':
    case 'journal.damaged':
      return exitCodes.refused
    case 'verify.failed':
      return exitCodes.verification
    case 'case.in-use':
      return exitCodes.inUse
    case 'io.disk-full':
    case 'io.read-only':
    case 'io.failed':
    case 'report.failed':
      return exitCodes.io
    case 'cancelled':
      return 130
    case 'transport':
    case 'internal':
      return exitCodes.bug
  }
}
