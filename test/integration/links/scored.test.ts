/** Links without a shared identifier, held against the truth of generated workloads. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sql } from '../../../src/engine/db/sql'
import { importSources } from '../../../src/engine/import/import'
import { computeLinks } from '../../../src/engine/links/handlers'
import { decideLink } from '../../../src/engine/links/verdicts'
import { type EventTruth, type Generated, generated } from '../../support/generated'
import { type TempCase, tempCase } from '../../support/tempCase'

const Linked = z.object({
  event_id: z.string(),
  file: z.string(),
  record: z.coerce.number(),
  link_id: z.string(),
  level: z.enum(['certain', 'strong', 'likely', 'possible']),
  trace_id: z.string(),
  span_id: z.string().nullable(),
  score: z.number(),
  verdict: z.string().nullable(),
  evidence: z.number(),
})

function linkedWorkload(scenario: string) {
  let workload: Generated
  let temp: TempCase
  return {
    async open() {
      workload = generated({ seed: 31, scale: 2_500, scenario, axes: { metrics: 'none' } })
      temp = await tempCase()
      await importSources(temp.session, { paths: [workload.exports] })
      await computeLinks(temp.session.db)
    },
    async close() {
      await temp.remove()
      workload.remove()
    },
    session: () => temp.session,
    truth: (): readonly EventTruth[] => workload.events,
    links: () =>
      temp.session.db.all(
        Linked,
        sql`
        SELECT l.event_id::VARCHAR AS event_id, f.name AS file, e.record_no AS record, l.link_id::VARCHAR AS link_id,
          l."level", l.trace_id, l.span_id, l.score, l.verdict, round(sum(v.weight), 6) AS evidence
        FROM link l JOIN access_event e USING (event_id) JOIN source_file f USING (import_id)
        JOIN link_evidence v USING (link_id)
        GROUP BY ALL ORDER BY 4`,
      ),
  }
}

describe('a workload without a shared id', () => {
  const workload = linkedWorkload('ids-none')
  beforeAll(workload.open, 120_000)
  afterAll(workload.close)

  it('has few wrong links among the strong ones, finds most pairs, and leaves orphans alone', async () => {
    const byPlace = new Map(workload.truth().map((row) => [`${row.file}#${row.record}`, row]))
    let right = 0
    let strong = 0
    let orphansLinked = 0
    for (const link of await workload.links()) {
      if (link.level !== 'certain' && link.level !== 'strong') continue
      const truth = byPlace.get(`${link.file}#${link.record}`)
      strong++
      if (truth?.link === 'orphan') orphansLinked++
      else if (link.span_id !== null && [truth?.span_id, ...(truth?.same ?? [])].includes(link.span_id)) right++
    }
    const pairs = workload.truth().filter(({ link }) => link === 'pair').length
    expect(right / strong).toBeGreaterThanOrEqual(0.98)
    expect(right / pairs).toBeGreaterThanOrEqual(0.6)
    expect(orphansLinked).toBeLessThanOrEqual(0.05 * workload.truth().filter(({ link }) => link === 'orphan').length)
  })

  it('states items that add up to the score of each link', async () => {
    const links = await workload.links()
    expect(links.length).toBeGreaterThan(500)
    for (const { link_id, score, evidence } of links)
      expect.soft([link_id, Math.abs(score - evidence) < 0.001]).toEqual([link_id, true])
  })

  it('gives the same links when run again, and keeps what the analyst said of one', async () => {
    const before = await workload.links()
    const [first] = before.filter(({ level }) => level === 'strong')
    if (first === undefined) throw new Error('There is no strong link.')
    await decideLink(workload.session(), {
      eventId: first.event_id,
      traceId: first.trace_id,
      spanId: first.span_id,
      verdict: 'rejected',
    })
    await computeLinks(workload.session().db)
    const after = await workload.links()
    expect(after.find(({ link_id }) => link_id === first.link_id)?.verdict).toBe('rejected')
    expect(after.map(({ verdict: _, ...link }) => link)).toEqual(before.map(({ verdict: _, ...link }) => link))
  })
})

describe('a workload without a shared id whose clocks are 90 s ahead', () => {
  const workload = linkedWorkload('ids-none,offset+90')
  beforeAll(workload.open, 120_000)
  afterAll(workload.close)

  it('gets a clock suggested, and no link above possible before somebody agrees', async () => {
    const suggested = await workload
      .session()
      .db.rows(sql`SELECT round(offset_us / 1e6) AS s FROM clock_estimate WHERE basis = 'search' AND service IS NULL`)
    expect(suggested.length).toBeGreaterThan(0)
    for (const { s } of suggested) expect(Math.abs(Number(s) - 90)).toBeLessThanOrEqual(2)
    expect(new Set((await workload.links()).map(({ level }) => level))).toEqual(new Set(['possible']))
  })
})
