import { type Sql, sql } from '../../db/sql'

/**
 * Role chaining across records: the temporary key that one `AssumeRole*` call handed out is the key that later calls
 * are made with, in this log or in the audit log of a cluster, so the caller of that `AssumeRole*` is an exact earlier hop
 * of theirs. A SELECT of `(event_id, import_id, parent_event_id, parent_action, parent_key, parent_id, parent_name,
 * parent_type)`: each event with the call that issued its credential, where exactly one call did.
 */
export function issuedBy(): Sql {
  return sql`
    WITH issued AS (
      SELECT list_filter(correlation_ids, item -> item.kind = 'aws_issued_key')[1]."value" AS issued_key,
        min(event_id) AS parent_event_id,
        count(DISTINCT coalesce(source_event_id, event_id::VARCHAR)) AS calls
      FROM access_event
      WHERE source = 'cloudtrail' AND outcome = 'success' AND activity = 'assume' AND correlation_ids IS NOT NULL
      GROUP BY 1
      HAVING issued_key IS NOT NULL AND calls = 1
    )
    SELECT child.event_id, child.import_id, issued.parent_event_id, parent.action AS parent_action, parent.actor_key AS parent_key,
      parent.actor_id AS parent_id, parent.actor_name AS parent_name, parent.actor_type AS parent_type
    FROM access_event child
    JOIN issued ON issued.issued_key = child.credential_id
    JOIN access_event parent ON parent.event_id = issued.parent_event_id
    WHERE child.source IN ('cloudtrail', 'k8s_audit') AND child.event_id <> issued.parent_event_id
    ORDER BY child.event_id`
}

/** The calls that answered with this temporary key: a SELECT of `event_id`. */
export function callsIssuing(key: string): Sql {
  return sql`
    SELECT event_id FROM access_event
    WHERE source = 'cloudtrail' AND correlation_ids IS NOT NULL
      AND list_contains(correlation_ids, {'kind': 'aws_issued_key', 'value': ${key}})`
}
