import { AppError } from '../../../common/errors'

/** A filter that cannot be understood: where (0-based offset into the text), why, and what was probably meant. */
export function filterError(message: string, position: number, suggestion: string | null = null): AppError {
  return new AppError('filter.invalid', message, { position, suggestion })
}
