/** What the case cannot show: the figures that a reader must know before believing the others. */
import { sql } from '../../db/sql'
import type { Fact } from '../model'
import { type Ask, askFacts } from './ask'

export function collectCoverage(ask: Ask): Promise<Fact[]> {
  return askFacts(ask, [
    ['Records that were rejected', 'count', sql`SELECT count(*) AS value FROM import_reject`],
    [
      'Files refused or only partly read',
      'count',
      sql`SELECT count(*) AS value FROM source_file WHERE status IN ('refused', 'partial')`,
    ],
    ['Events without a time', 'count', sql`SELECT count(*) AS value FROM access_event WHERE ts IS NULL`],
    [
      'Events whose source states whole seconds only',
      'count',
      sql`SELECT count(*) AS value FROM access_event WHERE ts_precision = 's'`,
    ],
    [
      'Events marked with a doubtful clock',
      'count',
      sql`SELECT count(*) AS value FROM access_event WHERE list_contains(flags, 'clock_suspect')`,
    ],
    [
      'Events that the source cut short',
      'count',
      sql`SELECT count(*) AS value FROM access_event WHERE list_contains(flags, 'truncated')`,
    ],
    ['Events without an actor', 'count', sql`SELECT count(*) AS value FROM access_event WHERE actor_key IS NULL`],
    [
      'Events without a certain or strong link to a trace',
      'count',
      sql`
        SELECT count(*) AS value
        FROM access_event event
        WHERE NOT EXISTS (
          SELECT 1
          FROM link
          WHERE link.event_id = event.event_id AND "level" IN ('certain', 'strong')
            AND coalesce(verdict, '') <> 'rejected'
        )`,
    ],
    ['Links with a rival of the same event', 'count', sql`SELECT count(*) AS value FROM link WHERE rivals > 0`],
    [
      'Spans whose parent is not in the case',
      'count',
      sql`
        SELECT count(*) AS value
        FROM span child
        WHERE parent_span_id IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM span parent WHERE parent.trace_id = child.trace_id AND parent.span_id = child.parent_span_id
        )`,
    ],
  ])
}
