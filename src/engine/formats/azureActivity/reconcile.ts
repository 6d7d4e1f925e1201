import { type Sql, sql } from '../../db/sql'

/**
 * A call that takes time leaves a record when it starts, perhaps one when it is accepted, and one when it ends; they
 * may stand in different files. A SELECT of `(event_id, import_id)`: the rows to delete, each an earlier record for
 * which a later one of the same correlation, operation and resource exists. A start after the last end is another
 * call, which is not over.
 */
export function reconcileStarts(): Sql {
  return sql`
    WITH staged AS (
      SELECT event_id, import_id, ts, request_id, lower(action) AS operation, coalesce(resource_key, '') AS resource,
        CASE
          WHEN outcome <> 'unknown' THEN 3
          WHEN lower(outcome_code) IN ('accept', 'accepted') THEN 2
          WHEN lower(outcome_code) IN ('start', 'started') THEN 1
        END AS stage
      FROM access_event
      WHERE source = 'azure_activity' AND request_id IS NOT NULL AND ts IS NOT NULL
    ),
    latest AS (
      SELECT request_id, operation, resource, stage, max(ts) AS ts
      FROM staged
      WHERE stage IS NOT NULL
      GROUP BY ALL
    )
    SELECT DISTINCT staged.event_id, staged.import_id
    FROM staged
    JOIN latest ON latest.request_id = staged.request_id
      AND latest.operation IS NOT DISTINCT FROM staged.operation
      AND latest.resource = staged.resource
      AND latest.stage > staged.stage
      AND latest.ts >= staged.ts
    ORDER BY staged.event_id`
}
