import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { methods } from '../../../../src/contract'
import type { Database } from '../../../../src/engine/db/database'
import { sql } from '../../../../src/engine/db/sql'
import { timelineLanes } from '../../../../src/engine/timeline/lanes'
import { timelineSvg } from '../../../../src/engine/timeline/svg'
import { memoryDatabase } from '../../../support/memoryDatabase'
import { addEvents, asking, t0 } from '../query/support'
import { addSpans, hex } from '../traces/support'

const window = { fromUs: t0, toUs: t0 + 100e6 }

describe('timeline lanes', () => {
  let db: Database
  beforeAll(async () => {
    db = await memoryDatabase()
    await addEvents(
      db,
      Array.from({ length: 100 }, (_, i) => ({
        at: i % 20 === 19 ? null : i,
        source: i % 2 === 0 ? 'cloudtrail' : 'pgaudit',
        service: i % 3 === 0 ? null : `svc${i % 10}`,
        outcome: i % 7 === 0 ? 'denied' : 'success',
        flags: i % 2 === 0 ? sql`['x', 'y']` : sql`NULL`,
      })),
    )
    await addSpans(db, [
      { trace: 'a', service: 'web', at: 0 },
      { trace: 'a', service: 'api', at: 50_000, status: 'error' },
      { trace: 'b', service: 'api', at: 99_999 },
      { trace: 'b', service: null, at: 100_000 },
    ])
    await db.write((writer) =>
      writer.run(sql`INSERT INTO link (link_id, event_id, trace_id, level, score, rivals, method)
        VALUES (1, 1, ${hex('a', 32)}, 'certain', 1, 0, 'exact')`),
    )
  })
  afterAll(() => db.close())
  const lanes = (more: object = {}) =>
    timelineLanes(asking(db), methods['timeline.lanes'].params.parse({ window, buckets: 10, ...more }))
  const cells = (result: Awaited<ReturnType<typeof lanes>>, kind: string) =>
    result.lanes.filter((lane) => lane.kind === kind).flatMap((lane) => lane.cells)
  const sum = (all: readonly (readonly [number, string, number])[]) => all.reduce((n, [, , count]) => n + count, 0)

  // Ten services and `(none)` make eleven lanes; two services have spans in the window.
  it.each([
    ['source', 20, 0],
    ['service', 20, 0],
    ['service', 4, 8],
    ['service', 1, 13],
    ['outcome', 2, 0],
  ])('gives by %s in %i lanes every event of the window once', async (laneBy, maxLanes, folded) => {
    const result = await lanes({ laneBy, maxLanes })
    expect(methods['timeline.lanes'].result.parse(result)).toEqual(result)
    expect(sum(cells(result, 'events'))).toBe(95)
    expect(sum(cells(result, 'spans'))).toBe(3)
    for (const lane of result.lanes) expect(sum(lane.cells)).toBe(lane.total)
    const events = result.lanes.filter((lane) => lane.kind === 'events')
    expect(events.length).toBeLessThanOrEqual(maxLanes)
    expect(result.buckets).toBeLessThanOrEqual(10)
    expect(result.lanes.every((lane) => lane.cells.every(([b]) => b >= 0 && b < result.buckets))).toBe(true)
    expect(result.folded).toBe(folded)
  })

  it('puts the folded lane last and names it', async () => {
    const result = await lanes({ laneBy: 'service', maxLanes: 4 })
    expect(result.lanes.filter((lane) => lane.kind === 'events').at(-1)?.key).toBe('(other)')
  })

  it('shows with a filter the spans of the traces that the events are linked to', async () => {
    const result = await lanes({ scope: { filter: 'event_id:1' } })
    expect(sum(cells(result, 'events'))).toBe(1)
    expect(cells(result, 'spans')).toEqual([
      [5, 'error', 1],
      [0, 'ok', 1],
    ])
  })

  it('is drawn with axis, legend and counts in words', async () => {
    const result = await lanes()
    const hostile = { ...result, lanes: result.lanes.map((lane) => ({ ...lane, key: '<b onload="x">&' })) }
    const svg = timelineSvg(hostile, { title: 'What happened' })
    expect(svg).toContain('2023-07-10T11:00:00Z to 2023-07-10T11:01:40Z (UTC)')
    expect(svg).toContain('>denied<')
    expect(svg).toContain('>span with error<')
    expect(svg).toContain('&lt;b onload=&quot;x&quot;&gt;&amp;')
    expect(svg).not.toContain('<b ')
    expect(svg).not.toMatch(/NaN|Infinity|undefined/)
    expect(timelineSvg(hostile, { title: 'What happened' })).toBe(svg)
    expect(timelineSvg({ ...result, lanes: [] })).toContain('Nothing happened')
  })
})
