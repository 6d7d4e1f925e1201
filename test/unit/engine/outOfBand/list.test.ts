import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../../../src/engine/db/database'
import { sql } from '../../../../src/engine/db/sql'
import { listOutOfBand } from '../../../../src/engine/outOfBand/list'
import { memoryDatabase } from '../../../support/memoryDatabase'
import { addEvents, asking, type TestEvent } from '../query/support'
import { addSpans, hex } from '../traces/support'

let db: Database
beforeEach(async () => {
  db = await memoryDatabase()
})
afterEach(async () => {
  await db.close()
})

const query: TestEvent = {
  source: 'pgaudit',
  class: 'query',
  action: 'SELECT',
  service: 'postgresql',
  db_name: 'shop',
  resource_key: 'pg:-/shop/orders',
  actor_key: 'pg:-/orders_app',
  actor_name: 'orders_app',
  src_ip: '10.0.0.1',
  user_agent: 'orders-api',
  ua_family: 'orders-api',
}
const stranger: TestEvent = { ...query, src_ip: '10.0.0.9', user_agent: 'psql', ua_family: 'psql' }

/** `usual` accesses of the application, of which the first `linked` have a span, and then others. */
async function scene(usual: number, linked: number, others: readonly TestEvent[], spans = usual): Promise<void> {
  await addEvents(db, [...Array.from({ length: usual }, (_, at) => ({ ...query, at: at * 10 })), ...others])
  await addSpans(
    db,
    Array.from({ length: spans }, (_, index) => ({ trace: index + 1, span: index + 1, at: index * 10_000 })),
  )
  await db.transaction(async (writer) => {
    for (let index = 0; index < linked; index++)
      await writer.run(sql`
        INSERT INTO link (link_id, event_id, trace_id, span_id, "level", score, rivals, "method")
        VALUES (${index}, ${index + 1}, ${hex(String(index + 1), 32)}, ${hex(String(index + 1), 16)}, 'certain', 20, 0, 'exact-trace')`)
  })
}

const ask = async () =>
  listOutOfBand(asking(db), { where: '', verdicts: ['out_of_band', 'out_of_coverage', 'explainable'], limit: 1_000 })

describe('accesses out of band', () => {
  it('names what an identity does without traces that otherwise always comes with them', async () => {
    await scene(60, 60, [
      { ...stranger, at: 300 },
      { ...stranger, at: 304 },
      { ...stranger, at: 308 },
    ])
    const { counts, groups } = await ask()
    expect(counts).toEqual({ explained: 60, explainable: 0, out_of_coverage: 0, out_of_band: 3 })
    expect(groups).toMatchObject([
      { basis: 'identity', outOfBand: 3, units: 3, comparedWith: 60, comparedLinked: 60, address: '10.0.0.9' },
    ])
    expect(groups[0]?.cell).toMatchObject({ source: 'pgaudit', area: 'postgresql/shop' })
    expect(groups[0]?.text).toContain('3 requests of 3 without a trace')
  })

  it('claims nothing where no access of the area comes with a trace', async () => {
    await scene(60, 0, [{ ...stranger, at: 300 }])
    expect((await ask()).counts).toMatchObject({ out_of_band: 0, out_of_coverage: 61 })
  })

  it('claims nothing at a time without spans', async () => {
    await scene(60, 60, [
      { ...stranger, at: 90_000 },
      { ...stranger, at: 90_010 },
      { ...stranger, at: 90_020 },
    ])
    const { counts, events } = await ask()
    expect(counts).toMatchObject({ out_of_band: 0, out_of_coverage: 3 })
    expect(events[0]?.reason).toContain('around this time')
  })

  it('leaves to sampling what sampling explains, and not what it does not', async () => {
    await scene(100, 50, [
      { ...stranger, at: 300 },
      { ...stranger, at: 304 },
      { ...stranger, at: 308 },
    ])
    expect((await ask()).counts.out_of_band).toBe(0)
    await addEvents(
      db,
      Array.from({ length: 20 }, (_, at) => ({ ...stranger, event_id: BigInt(1_000 + at), at: 400 + at * 5 })),
    )
    expect((await ask()).counts.out_of_band).toBe(23)
  })

  it('counts accesses within a second once, since one trace that was not kept explains them all', async () => {
    await scene(
      100,
      50,
      Array.from({ length: 30 }, (_, index) => ({ ...stranger, at: 300 + index * 0.1 })),
    )
    expect((await ask()).counts.out_of_band).toBe(0)
  })

  it('does not take a workload without tracing for a stranger', async () => {
    const report = { ...query, actor_key: 'pg:-/report', user_agent: 'report', ua_family: 'report', src_ip: '10.0.0.5' }
    await scene(
      60,
      60,
      Array.from({ length: 20 }, (_, at) => ({ ...report, at: at * 30 })),
    )
    expect((await ask()).counts).toMatchObject({ out_of_band: 0, out_of_coverage: 20 })
  })

  it('leaves alone what a likely link may explain and what names a trace that is not here', async () => {
    await scene(60, 60, [
      { ...stranger, at: 300 },
      { ...stranger, at: 304, trace_id: hex('abc', 32) },
    ])
    await db.transaction(async (writer) =>
      writer.run(sql`
        INSERT INTO link (link_id, event_id, trace_id, "level", score, rivals, "method")
        VALUES (999, 61, ${hex('1', 32)}, 'likely', 8, 0, 'fuzzy')`),
    )
    expect((await ask()).counts).toMatchObject({ out_of_band: 0, explainable: 2 })
  })

  it('answers for an empty case', async () => {
    expect(await ask()).toEqual({
      counts: { explained: 0, explainable: 0, out_of_coverage: 0, out_of_band: 0 },
      groups: [],
      events: [],
      truncated: false,
    })
  })
})
