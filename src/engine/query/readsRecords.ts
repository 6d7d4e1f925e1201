import type { Sql } from '../db/sql'

/** Whether a condition reads the records themselves, which costs more than all other columns together. */
export function readsRecords(condition: Sql): boolean {
  return condition.parts.some((part) => /\braw\b/.test(part))
}
