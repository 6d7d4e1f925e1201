/** Whether a filter is understood, and how: for the search box. */
import { isAppError } from '../../common/errors'
import type { FilterCheck } from '../../contract/events'
import type { Node } from './filter/ast'
import { compileChecked } from './filter/compile'
import { eventFields } from './filter/eventFields'
import type { Asking } from './scope'

export async function checkFilter(asking: Asking, filter: string): Promise<FilterCheck> {
  try {
    const nowUs = BigInt(asking.now.getTime()) * 1000n
    const { where, node } = await compileChecked(asking.db, filter, eventFields, nowUs, asking.signal)
    return {
      ok: true,
      sql: `SELECT * FROM access_event WHERE ${where.display} ORDER BY ts, seq`,
      terms: topTerms(node).map((item) => ({
        text: filter.slice(item.place.start, item.place.end),
        ...item.place,
        negated: item.kind === 'not',
      })),
    }
  } catch (error) {
    if (!isAppError(error) || error.code !== 'filter.invalid') throw error
    const { position, suggestion } = error.details
    return {
      ok: false,
      message: error.message,
      position: typeof position === 'number' ? position : 0,
      suggestion: typeof suggestion === 'string' ? suggestion : null,
    }
  }
}

function topTerms(node: Node | undefined): readonly Node[] {
  if (node === undefined) return []
  return node.kind === 'and' ? node.items : [node]
}
