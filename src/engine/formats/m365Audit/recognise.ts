import { isObject } from '../../../common/json'
import { envelopes } from '../azure/envelope'
import { fieldsOf } from '../azure/fields'

let last: { readonly value: unknown; readonly score: number } | undefined

/** 0 to 1 for a value that has a record's own fields, in any case of the names. */
export function recordScore(value: unknown): number {
  if (!isObject(value)) return 0
  if (last?.value === value) return last.score
  const score = scoreOf(value)
  last = { value, score }
  return score
}

function scoreOf(value: Parameters<typeof fieldsOf>[0]): number {
  const { top } = fieldsOf(value)
  const has = (...names: readonly string[]) => names.every((name) => top.has(name))
  // A search result wraps the record; its own columns repeat some of it.
  if (top.has('auditdata')) return 0
  if (has('timegenerated', 'officeworkload') || (has('timegenerated') && top.get('type') === 'OfficeActivity'))
    return 0.97
  if (!has('recordtype', 'creationtime')) return 0
  if (has('operation', 'workload')) return 0.98
  if (has('operation') || has('workload') || has('userid')) return 0.93
  // Nothing else writes these two names; a record without an operation is a torn one.
  return top.has('id') || top.has('originatingserver') ? 0.8 : 0.6
}

export const family = envelopes({
  isRecord: (value) => recordScore(value) > 0,
  looksLikeRecord: (text) => /"CreationTime"/i.test(text) && /"RecordType"/i.test(text),
  lists: ['value', 'events', 'records', 'Records', 'results', 'data'],
  paths: [
    ['AuditData'],
    ['auditData'],
    ['Auditdata'],
    ['auditdata'],
    ['o365audit'],
    ['RawEventData'],
    ['properties', 'RawEventData'],
  ],
})
