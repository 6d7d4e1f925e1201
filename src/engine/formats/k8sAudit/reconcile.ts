import { type Sql, sql } from '../../db/sql'
import { stageOrder } from './stage'

/**
 * Stages of one request may come by different files. A SELECT of `(event_id, import_id)`: the rows to delete, each an
 * earlier stage for which a later stage of the same audit id (and cluster) exists. Rows of the same stage are left
 * alone: two servers may have logged the same id. The stage is read from `raw`, of requests with several rows only.
 */
export function reconcileStages(): Sql {
  return sql`
    WITH several AS (
      SELECT source_event_id, resource_tenant
      FROM access_event
      WHERE source = 'k8s_audit' AND source_event_id IS NOT NULL
      GROUP BY ALL
      HAVING count(*) > 1
    ),
    staged AS (
      SELECT event.event_id, event.import_id, event.source_event_id, event.resource_tenant,
        CASE WHEN json_valid(event.raw)
          THEN coalesce(list_position(${sql.strings(stageOrder)}, json_extract_string(event.raw, '$.stage')), 0)
          ELSE 0 END AS stage_rank
      FROM access_event event
      JOIN several ON several.source_event_id = event.source_event_id
        AND several.resource_tenant IS NOT DISTINCT FROM event.resource_tenant
      WHERE event.source = 'k8s_audit'
    ),
    ranked AS (
      SELECT *, max(stage_rank) OVER (PARTITION BY source_event_id, resource_tenant) AS best_rank
      FROM staged
    )
    SELECT event_id, import_id
    FROM ranked
    WHERE stage_rank > 0 AND stage_rank < best_rank
    ORDER BY event_id`
}
