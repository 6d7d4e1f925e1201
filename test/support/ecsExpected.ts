/**
 * Expected results of another importer in the Elastic Common Schema, compared with our rows record by record. Only
 * what both state is compared; what differs is returned in words, for the test to name with its reason.
 */
import { readFileSync } from 'node:fs'
import { at, get, type JsonValue, list, text } from '../../src/common/json'
import type { AccessEventRow } from '../../src/engine/db/rows'

export interface Comparison {
  readonly compared: number
  readonly differences: readonly string[]
}

type Field = readonly [name: string, path: readonly string[], ours: (row: AccessEventRow) => string | undefined]

/** Outcomes in their two coarse groups; ours that are neither state nothing. */
function coarse(row: AccessEventRow): string | undefined {
  if (row.outcome === 'success') return 'success'
  return row.outcome === 'unknown' || row.outcome === 'interrupted' ? undefined : 'failure'
}

export const commonFields: readonly Field[] = [
  ['event.id', ['event', 'id'], (row) => row.source_event_id],
  ['event.action', ['event', 'action'], (row) => row.action],
  ['event.outcome', ['event', 'outcome'], coarse],
  ['user.id', ['user', 'id'], (row) => row.actor_id],
  ['user.email', ['user', 'email'], (row) => row.actor_email],
  ['user.full_name', ['user', 'full_name'], (row) => row.actor_name],
  ['source.ip', ['source', 'ip'], (row) => row.src_ip],
  ['user_agent.original', ['user_agent', 'original'], (row) => row.user_agent],
]

export function compareEcs(
  rows: readonly AccessEventRow[],
  expectedFile: string,
  fields: readonly Field[] = commonFields,
): Comparison {
  const parsed: JsonValue = JSON.parse(readFileSync(expectedFile, 'utf8'))
  const expected = list(get(parsed, 'expected'))
  const differences: string[] = []
  let compared = 0
  if (expected.length !== rows.length) differences.push(`${rows.length} rows, ${expected.length} expected`)
  expected.forEach((item, index) => {
    for (const [name, path, ours] of fields) {
      const theirs = text(at(item, ...path))
      const row = rows[index]
      const own = row === undefined ? undefined : ours(row)
      if (theirs === undefined || own === undefined) continue
      compared++
      if (own !== theirs) differences.push(`${index} ${name}: ${own} ≠ ${theirs}`)
    }
    const time = text(at(item, '@timestamp'))
    const ts = rows[index]?.ts
    if (time !== undefined && ts !== undefined) {
      compared++
      if (BigInt(Date.parse(time)) !== ts / 1000n) differences.push(`${index} @timestamp: ${ts} ≠ ${time}`)
    }
  })
  return { compared, differences }
}
