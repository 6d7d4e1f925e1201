/** A time as RFC 3339 text in UTC, with the digits that its source wrote: none that it did not have are shown. */
import { type Sql, sql } from '../db/sql'

/** `ts` is a TIMESTAMP, `precision` the row's `ts_precision` (`s`, `ms`, else microseconds); NULL where `ts` is NULL. */
export function stamp(ts: Sql, precision: Sql): Sql {
  return sql`CASE ${precision}
    WHEN 's' THEN strftime(${ts}, '%Y-%m-%dT%H:%M:%SZ')
    WHEN 'ms' THEN strftime(${ts}, '%Y-%m-%dT%H:%M:%S.%gZ')
    ELSE strftime(${ts}, '%Y-%m-%dT%H:%M:%S.%fZ') END`
}
