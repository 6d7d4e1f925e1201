/**
 * The fuzzy tier: events that no id links, compared with the spans of the same operation around them, and all in one
 * transaction. Running it twice gives the same rows.
 */
import { z } from 'zod'
import { throwIfAborted } from '../../../common/errors'
import { decideClocks, estimateFromLinks, estimateFromPairs, storeEstimates } from '../../clocks/estimate'
import { atomically, type Database, type Writer } from '../../db/database'
import { sql } from '../../db/sql'
import type { LinkStep } from '../exact/compute'
import { decide, judgeCandidates, lookAround, rank, weighCoverage } from './assign'
import { readReach } from './candidates'
import { readEvents } from './events'
import { writeEvidence } from './evidence'
import { learn } from './learn'
import { readSpans } from './spans'

const scratch = [
  ...[
    'fuzzy_trace',
    'fuzzy_span',
    'fuzzy_span_counted',
    'fuzzy_channel',
    'fuzzy_span_key',
    'fuzzy_crowded',
    'fuzzy_event',
  ],
  ...[
    'fuzzy_event_key',
    'fuzzy_clock',
    'fuzzy_reach',
    'fuzzy_taken',
    'fuzzy_alias',
    'fuzzy_known',
    'fuzzy_rate',
    'fuzzy_clear',
  ],
  ...[
    'fuzzy_pair',
    'fuzzy_best',
    'fuzzy_context',
    'fuzzy_coverage',
    'fuzzy_link',
    'fuzzy_item',
    'fuzzy_same',
    'clock_measured',
    'clock_probe',
    'clock_pair',
    'clock_peak',
    'linked_person',
    'clock_sharp',
  ],
]

/** Errors: `cancelled`, with the links as they were before. */
export async function computeFuzzyLinks(
  db: Database,
  signal?: AbortSignal,
  report: (step: LinkStep) => void = () => undefined,
): Promise<void> {
  const total = 100
  const steps: readonly (readonly [string, number, (writer: Writer) => Promise<void>])[] = [
    ['Clocks of exact links', 0, estimateFromLinks],
    ['Spans by what they are about', 5, readSpans],
    ['Events without an exact link', 20, readEvents],
    ['Clocks of the other sources', 28, estimateFromPairs],
    ['Clocks of the other sources', 34, decideClocks],
    ['What agrees in clear pairs', 36, readReach],
    ['What agrees in clear pairs', 37, learn],
    [
      'Candidates',
      40,
      (writer) =>
        judgeCandidates(writer, (done, all) => {
          throwIfAborted(signal)
          report({ step: 'Candidates', done: 40 + Math.round((40 * done) / Math.max(all, 1)), total })
        }),
    ],
    ['Rivals', 80, rank],
    ['Rivals', 85, lookAround],
    ['Rivals', 89, weighCoverage],
    ['Levels', 90, decide],
  ]
  throwIfAborted(signal)
  // What is only scratch is made outside the transaction: within it, the planner knows no size of a table that was just
  // filled, and has joined every event of a source with every span of a service.
  await db.write(async (writer) => {
    const interrupt = () => writer.connection.interrupt()
    signal?.addEventListener('abort', interrupt, { once: true })
    try {
      await dropScratch(writer)
      const worth = await worthwhile(writer)
      for (const [step, done, run] of worth ? steps : []) {
        report({ step, done, total })
        throwIfAborted(signal)
        await run(writer)
      }
      report({ step: 'Evidence', done: 92, total })
      throwIfAborted(signal)
      await atomically(writer, async () => {
        await writer.run(sql`
          DELETE FROM link_evidence WHERE link_id IN (SELECT link_id FROM link WHERE starts_with("method", 'fuzzy'))`)
        await writer.run(sql`DELETE FROM link WHERE starts_with("method", 'fuzzy')`)
        if (worth) {
          await storeEstimates(writer)
          await store(writer)
        }
        throwIfAborted(signal)
      })
    } finally {
      signal?.removeEventListener('abort', interrupt)
      await dropScratch(writer)
    }
    report({ step: 'Done', done: total, total })
  })
}

async function worthwhile(writer: Writer): Promise<boolean> {
  const [found] = await writer.all(
    z.object({ both: z.boolean() }),
    sql`SELECT EXISTS (SELECT 1 FROM access_event) AND EXISTS (SELECT 1 FROM span) AS both`,
  )
  return found?.both === true
}

async function dropScratch(writer: Writer): Promise<void> {
  for (const table of scratch) await writer.run(sql`DROP TABLE IF EXISTS temp.${sql.ident(table)}`)
}

async function store(writer: Writer): Promise<void> {
  await writer.run(sql`
    INSERT INTO link (link_id, event_id, trace_id, span_id, "level", score, probability, margin, rivals, "method", verdict, summary)
    SELECT f.link_id, f.eid, s.trace_id, s.span_id, f.level, f.score, f.probability, f.margin, f.rivals, 'fuzzy', NULL, NULL
    FROM fuzzy_link f JOIN span s ON s.row_id = f.sid
    ORDER BY f.eid`)
  await writeEvidence(writer)
  await takeOver(writer)
}

/** An id that was not believed, but leads to the same span, stands among the evidence rather than as a second link. */
async function takeOver(writer: Writer): Promise<void> {
  await writer.run(sql`
    CREATE TEMP TABLE fuzzy_same AS
    SELECT x.link_id AS id_link, f.link_id FROM link x JOIN link f ON f.event_id = x.event_id AND f.trace_id = x.trace_id
      AND f.span_id = x.span_id AND f."method" = 'fuzzy'
    WHERE starts_with(x."method", 'exact') AND x."level" = 'possible'`)
  await writer.run(sql`
    INSERT INTO link_evidence
    SELECT m.link_id, 100 + v.ordinal, v.item, v.event_value, v.span_value, 0.0, v."text"
    FROM fuzzy_same m JOIN link_evidence v ON v.link_id = m.id_link
    WHERE v.item NOT IN ('time', 'operation') ORDER BY m.link_id, v.ordinal`)
  await writer.run(sql`DELETE FROM link_evidence WHERE link_id IN (SELECT id_link FROM fuzzy_same)`)
  await writer.run(sql`DELETE FROM link WHERE link_id IN (SELECT id_link FROM fuzzy_same)`)
}
