import { sql } from '../../db/sql'

/** How far a link is ahead of its rivals on either side, NULL without any. Columns of `fuzzy_best` as `b`. */
export const margin = sql`least(coalesce(b.event_margin, b.span_margin), coalesce(b.span_margin, b.event_margin))`
