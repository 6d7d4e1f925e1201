import type { CaseSession } from '../context'
import type { Figure } from './model'

/** The figures of a whole case: timeline and access graph. */
export async function drawFigures(_session: CaseSession, _signal: AbortSignal): Promise<readonly Figure[]> {
  return []
}
