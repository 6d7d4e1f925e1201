/** From what a person asked (filter, time window) to one condition on `access_event`. */
import type { Scope, TimeWindow } from '../../contract/shared'
import type { Database } from '../db/database'
import { type Sql, sql } from '../db/sql'
import { compileChecked } from './filter/compile'
import { eventFields } from './filter/eventFields'
import { timestamp } from './filter/values'

/** What every question needs: the database, the moment that `now` means, and who may cancel. */
export interface Asking {
  readonly db: Database
  readonly now: Date
  readonly signal?: AbortSignal | undefined
}

/** Errors: `filter.invalid`. */
export async function scopeWhere(asking: Asking, scope: Scope): Promise<Sql> {
  const parts: Sql[] = []
  if (scope.filter.trim() !== '') {
    const nowUs = BigInt(asking.now.getTime()) * 1000n
    parts.push((await compileChecked(asking.db, scope.filter, eventFields, nowUs, asking.signal)).where)
  }
  if (scope.window !== undefined) parts.push(inWindow(scope.window))
  return all(parts)
}

export function all(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`TRUE` : sql.join(conditions, ' AND ')
}

/** Half-open; rows without a time are in no window. */
export function inWindow(window: TimeWindow): Sql {
  return sql`ts >= ${atUs(window.fromUs)} AND ts < ${atUs(window.toUs)}`
}

/** A bound time from microseconds as they travel. */
export function atUs(us: number): Sql {
  return timestamp(toBigUs(us))
}

export function toBigUs(us: number): bigint {
  if (Number.isNaN(us)) return 0n
  return BigInt(Math.trunc(Math.max(-1e18, Math.min(1e18, us))))
}
