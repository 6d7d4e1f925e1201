import { text } from '../../../common/json'
import type { AccessEventRow } from '../../db/rows'

type Ids = NonNullable<AccessEventRow['correlation_ids']>

/** Ids that lead to other records: more than this of one record are noise. */
const MAX_IDS = 100

/** Pairs of kind and value as `correlation_ids` holds them; what is no scalar, empty or said before is left out. */
export function idList(pairs: Iterable<readonly [string, unknown]>): Ids | undefined {
  const ids: Ids = []
  for (const [kind, value] of pairs) {
    const id = text(value)
    if (id === undefined || ids.length >= MAX_IDS) continue
    if (!ids.some((known) => known.kind === kind && known.value === id)) ids.push({ kind, value: id })
  }
  return ids.length === 0 ? undefined : ids
}
