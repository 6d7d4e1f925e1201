import type { CaseSession } from '../context'
import type { Figure } from './model'

/** Timeline and access graph of the whole case. */
export async function drawFigures(_session: CaseSession, _signal: AbortSignal): Promise<readonly Figure[]> {
  return []
}
