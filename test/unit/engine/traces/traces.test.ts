import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { methods } from '../../../../src/contract'
import type { Database } from '../../../../src/engine/db/database'
import { sql } from '../../../../src/engine/db/sql'
import { getTrace } from '../../../../src/engine/traces/getTrace'
import { listSpans, spanWhere } from '../../../../src/engine/traces/list'
import { searchTraces } from '../../../../src/engine/traces/search'
import { memoryDatabase } from '../../../support/memoryDatabase'
import { addEvents, asking, t0 } from '../query/support'
import { addSpans, hex } from './support'

describe('traces', () => {
  let db: Database
  beforeAll(async () => {
    db = await memoryDatabase()
    await addEvents(db, [{ outcome: 'denied', actor_name: 'eve' }, { actor_name: 'bob' }, { actor_name: 'eve' }])
    await addSpans(db, [
      { trace: 'a', span: '1', name: 'GET /orders', service: 'web', kind: 'server', at: 0, ms: 100 },
      {
        trace: 'a',
        span: '2',
        parent: '1',
        name: 'SELECT',
        service: 'api',
        at: 5,
        ms: 150,
        status: 'error',
        attributes: '{"big":12345678901234567890,"text":"12345678901234567890","x":[1]}',
        http_status: 500,
      },
      { trace: 'b', span: '3', parent: 'ff', name: 'job', service: 'worker', at: 1000, ms: 1 },
      { trace: 'c', span: '4', name: 'tick', service: null, at: 2000, ms: 9_000_000_000_000 },
    ])
    await db.write((writer) =>
      writer.run(sql`INSERT INTO link (link_id, event_id, trace_id, span_id, level, score, rivals, method, verdict) VALUES
        (1, 1, ${hex('a', 32)}, ${hex('2', 16)}, 'certain', 1, 0, 'exact', NULL),
        (2, 2, ${hex('a', 32)}, NULL, 'certain', 1, 0, 'exact', NULL),
        (3, 3, ${hex('b', 32)}, NULL, 'strong', 1, 0, 'exact', 'rejected')`),
    )
    await db.write((writer) =>
      writer.run(
        sql`INSERT INTO span_event VALUES (${hex('a', 32)}, ${hex('2', 16)}, 2, 0, 'exception', 7, '{"m":"x"}')`,
      ),
    )
  })
  afterAll(() => db.close())

  type Search = z.input<(typeof methods)['traces.search']['params']>
  const search = async (params: Search) =>
    (await searchTraces(asking(db), methods['traces.search'].params.parse(params))).traces.map((t) =>
      t.traceId.replace(/^0+/, ''),
    )

  it('finds traces by the values of their spans', async () => {
    expect(await search({ spans: 'attributes.text:12345678901234567890' })).toEqual(['a'])
    expect(await search({ spans: '-_exists_:service' })).toEqual(['c'])
    await expect(search({ spans: 'nothing:1' })).rejects.toMatchObject({ code: 'filter.invalid' })
  })

  it('sums a trace up, with its root and its linked events', async () => {
    const result = await searchTraces(asking(db), methods['traces.search'].params.parse({ limit: 1 }))
    expect(result).toEqual({
      total: 3,
      truncated: true,
      traces: [
        {
          traceId: hex('a', 32),
          rootName: 'GET /orders',
          rootService: 'web',
          startUs: t0,
          durationUs: 155_000,
          spanCount: 2,
          errorCount: 1,
          services: ['api', 'web'],
          eventCount: 2,
          deniedCount: 1,
        },
      ],
    })
  })

  it.each<[Search, string]>([
    [{}, 'a b c'],
    [{ order: '-start' }, 'c b a'],
    [{ order: '-duration' }, 'c a b'],
    [{ order: '-spans' }, 'a b c'],
    [{ order: '-errors' }, 'a b c'],
    [{ text: 'ORDERS' }, 'a'],
    [{ text: 'work' }, 'b'],
    [{ text: hex('c', 32) }, 'c'],
    [{ text: '%' }, ''],
    [{ service: 'api' }, 'a'],
    [{ errorsOnly: true }, 'a'],
    [{ events: 'actor:eve' }, 'a'],
    [{ events: 'actor:bob' }, 'a'],
    [{ events: 'actor:nobody' }, ''],
    [{ window: { fromUs: t0 + 900_000, toUs: t0 + 1_100_000 } }, 'b'],
  ])('finds for %j the traces %s', async (params, expected) => {
    expect((await search(params)).join(' ')).toBe(expected)
  })

  it('gives a tree with span events and access events, within the contract', async () => {
    const tree = await getTrace(db, hex('a', 32))
    expect(methods['traces.get'].result.parse(tree)).toEqual(tree)
    expect(tree.spans.map((s) => [s.name, s.depth, s.events, s.span_events.length])).toEqual([
      ['GET /orders', 0, ['2'], 0],
      ['SELECT', 1, ['1'], 1],
    ])
    expect(tree.spans[1]?.attributes).toEqual({ big: '12345678901234567890', text: '12345678901234567890', x: [1] })
    expect(tree.durationNs).toBe('155000000')
    await expect(getTrace(db, hex('d', 32))).rejects.toMatchObject({ code: 'not-found' })
  })

  it.each([
    ['', '1234'],
    ['service:api', '2'],
    ['duration:>=150ms', '24'],
    ['duration:<=1ms', '3'],
    ['status:error http.status_code:500', '2'],
    ['attributes.big:>1', '2'],
    ['trace:*b', '3'],
    ['linked:true', '2'],
    ['-service:*', '4'],
    ['select', '2'],
  ])('lists for %s the spans %s', async (filter, expected) => {
    const found = []
    for await (const span of listSpans(db, { where: await spanWhere(asking(db), filter) }))
      found.push(span.span_id.replace(/^0+/, ''))
    expect(found.join('')).toBe(expected)
  })
})
