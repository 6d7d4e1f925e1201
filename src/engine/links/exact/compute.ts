/**
 * The exact tier: all links by identifiers, found anew over the whole case in one transaction. Running it twice gives
 * the same rows; verdicts of the analyst stay. Links of other methods are not touched.
 */
import { throwIfAborted } from '../../../common/errors'
import type { Database, Writer } from '../../db/database'
import { sql } from '../../db/sql'
import { requestEvidence, requestTier } from './requestTier'
import { traceEvidence, traceTier } from './traceTier'

const scratch = [
  'exact_named',
  'exact_clock',
  'exact_trace',
  'exact_event_id',
  'exact_span_id',
  'exact_request',
  'exact_evidence',
]

export interface LinkStep {
  readonly step: string
  readonly done: number
  readonly total: number
}

/** Errors: `cancelled`, with the links as they were before. */
export async function computeExactLinks(
  db: Database,
  signal?: AbortSignal,
  report: (step: LinkStep) => void = () => undefined,
): Promise<void> {
  const steps: readonly (readonly [string, (writer: Writer) => Promise<void>])[] = [
    ['Events that name their trace', traceTier],
    ['Events and spans with the same request id', requestTier],
    ['Evidence', writeEvidence],
    ['Storing the links', store],
  ]
  throwIfAborted(signal)
  await db.transaction(async (writer) => {
    const interrupt = () => writer.connection.interrupt()
    signal?.addEventListener('abort', interrupt, { once: true })
    try {
      await dropScratch(writer)
      for (const [index, [step, run]] of steps.entries()) {
        report({ step, done: index, total: steps.length })
        throwIfAborted(signal)
        await run(writer)
      }
      throwIfAborted(signal)
      await dropScratch(writer)
      report({ step: 'Done', done: steps.length, total: steps.length })
    } finally {
      signal?.removeEventListener('abort', interrupt)
    }
  })
}

async function dropScratch(writer: Writer): Promise<void> {
  for (const table of scratch) await writer.run(sql`DROP TABLE IF EXISTS temp.${sql.ident(table)}`)
}

async function writeEvidence(writer: Writer): Promise<void> {
  await writer.run(sql`
    CREATE TEMP TABLE exact_evidence (link_id UBIGINT, ordinal UINTEGER, item VARCHAR, event_value VARCHAR,
      span_value VARCHAR, weight DOUBLE, "text" VARCHAR)`)
  await traceEvidence(writer)
  await requestEvidence(writer)
}

async function store(writer: Writer): Promise<void> {
  await writer.run(sql`
    CREATE TEMP TABLE exact_verdict AS
    SELECT event_id, trace_id, span_id, max(verdict) AS verdict
    FROM link WHERE starts_with("method", 'exact') AND verdict IS NOT NULL GROUP BY ALL`)
  await writer.run(sql`
    DELETE FROM link_evidence WHERE link_id IN (SELECT link_id FROM link WHERE starts_with("method", 'exact'))`)
  await writer.run(sql`DELETE FROM link WHERE starts_with("method", 'exact')`)
  await writer.run(sql`
    INSERT INTO link (link_id, event_id, trace_id, span_id, "level", score, probability, margin, rivals, "method", verdict)
    SELECT f.link_id, f.event_id, f.trace_id, f.span_id, f."level", f.score, NULL, f.margin, f.rivals, f."method", v.verdict
    FROM (
      SELECT link_id, event_id, trace_id, linked_span AS span_id, "level", score, NULL AS margin, 0 AS rivals,
        'exact-trace' AS "method"
      FROM exact_trace
      UNION ALL
      SELECT link_id, event_id, trace_id, linked_span, "level", score, margin, rivals, "method"
      FROM exact_request
      WHERE "level" IS NOT NULL
        AND (event_id, trace_id) NOT IN (SELECT (event_id, trace_id) FROM exact_trace)
    ) f
    LEFT JOIN exact_verdict v ON v.event_id = f.event_id AND v.trace_id IS NOT DISTINCT FROM f.trace_id
      AND v.span_id IS NOT DISTINCT FROM f.span_id
    ORDER BY f.event_id, f.trace_id, f.span_id`)
  await writer.run(sql`
    INSERT INTO link_evidence
    SELECT link_id, row_number() OVER (PARTITION BY link_id ORDER BY ordinal) - 1, item, event_value, span_value, weight, "text"
    FROM exact_evidence ORDER BY link_id, ordinal`)
  await writer.run(sql`DROP TABLE temp.exact_verdict`)
}
