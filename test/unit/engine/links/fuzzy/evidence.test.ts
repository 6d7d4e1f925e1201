import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Database } from '../../../../../src/engine/db/database'
import { sql } from '../../../../../src/engine/db/sql'
import { computeLinks } from '../../../../../src/engine/links/handlers'
import { listLinks } from '../../../../../src/engine/links/list'
import { memoryDatabase } from '../../../../support/memoryDatabase'
import { addEvents, asking, type TestEvent } from '../../query/support'
import { addSpans, hex, type TestSpan } from '../../traces/support'

/** A request and the span that served it, with nothing in common but method, path and time. */
const request: TestEvent = {
  source: 'http_access',
  class: 'api',
  http_method: 'GET',
  http_path: '/orders/7',
  ts_kind: 'start',
  ts_precision: 'ms',
  at: 0.002,
}
const served: TestSpan = {
  trace: 'a',
  span: '1',
  name: 'GET /orders/:id',
  kind: 'server',
  http_method: 'GET',
  url_path: '/orders/7',
  at: 0,
  ms: 20,
}
const statement: TestEvent = {
  source: 'pgaudit',
  class: 'data',
  action: 'SELECT',
  db_name: 'shop',
  db_fingerprint: 'select orders',
  ts_kind: 'logged',
  ts_precision: 'ms',
  at: 0.002,
}
const query: TestSpan = {
  trace: 'a',
  span: '1',
  name: 'pg.query',
  kind: 'client',
  db_name: 'shop',
  db_fingerprint: 'select orders',
  at: 0,
  ms: 20,
}

describe('evidence of the fuzzy tier', () => {
  let db: Database
  beforeAll(async () => {
    db = await memoryDatabase()
  })
  beforeEach(() =>
    db.write(async (writer) => {
      for (const table of ['access_event', 'span', 'link', 'link_evidence', 'clock_estimate'])
        await writer.run(sql`DELETE FROM ${sql.ident(table)}`)
    }),
  )
  afterAll(() => db.close())

  const linked = async (events: readonly TestEvent[], spans: readonly TestSpan[]) => {
    await addEvents(db, events)
    await addSpans(db, spans)
    await computeLinks(db)
    return (await listLinks(asking(db), { where: '', limit: 1000 })).links
  }
  const weigh = async (event: TestEvent, span: TestSpan) => {
    const [link] = await linked([event], [span])
    return Object.fromEntries((link?.evidence ?? []).map(({ item, weight }) => [item, weight]))
  }

  it.each<[string, TestEvent, TestSpan, number]>([
    ['the same method and path', request, served, 4],
    [
      'the same route alone',
      { ...request, http_path: '/orders/8', resource_type: 'http route', resource_name: '/orders/{n}' },
      { ...served, url_path: null, http_route: '/orders/:id' },
      4,
    ],
    ['the same statement', statement, query, 5],
    [
      'the verb of a statement whose text the span lacks',
      statement,
      { ...query, db_fingerprint: null, name: 'SELECT shop' },
      2,
    ],
  ])('weighs %s as the operation', async (_, event, span, weight) => {
    expect((await weigh(event, span)).operation).toBe(weight)
  })

  it('makes nothing of another path, method, statement or database command', async () => {
    expect(
      await linked(
        [request, { ...statement, at: 0.004 }],
        [
          { ...served, url_path: '/orders/8' },
          { ...served, span: '2', http_method: 'POST' },
          { ...query, span: '3', db_fingerprint: 'delete users' },
        ],
      ),
    ).toEqual([])
  })

  it.each<[string, string, TestEvent, TestSpan, number | undefined]>([
    ['identity', 'the same address of mail', { actor_email: 'Alice@example.com' }, { user_id: 'alice@example.com' }, 4],
    ['identity', 'the login of an address', { actor_email: 'alice@example.com' }, { user_id: 'alice' }, 3.2],
    ['identity', 'somebody else', { actor_email: 'bob@example.com' }, { user_id: 'alice@example.com' }, undefined],
    ['address', 'a public address', { src_ip: '203.0.113.7' }, { client_address: '203.0.113.7' }, 3],
    ['address', 'a private address', { src_ip: '10.0.0.7' }, { client_address: '10.0.0.7' }, 1],
    ['address', 'an address beside 172.16.0.0/12', { src_ip: '172.32.0.7' }, { client_address: '172.32.0.7' }, 3],
    ['address', 'another address', { src_ip: '203.0.113.7' }, { client_address: '203.0.113.8' }, undefined],
    ['workload', 'a program named as the service', { user_agent: 'api/1.2 linux' }, {}, 2],
    ['workload', 'another program', { user_agent: 'curl/8.0' }, {}, undefined],
    ['instance', 'the same browser', { user_agent: 'Mozilla/5.0 X' }, { user_agent: 'Mozilla/5.0 X' }, 2],
    ['instance', 'the same pod', { actor_name: 'web-5d9f' }, { pod: 'web-5d9f' }, 2],
    ['instance', 'another pod', { actor_name: 'web-5d9f' }, { pod: 'web-aaaa' }, undefined],
    ['status', 'the same HTTP status', { http_status: 403, outcome: 'denied' }, { http_status: 403 }, 2],
    ['status', 'contradicting HTTP statuses', { http_status: 403, outcome: 'denied' }, { http_status: 200 }, -4],
    ['status', 'an unknown outcome', { outcome: 'unknown' }, {}, undefined],
    ['duration', 'as long within a fifth', { duration_us: 17_000n }, {}, 1],
    ['duration', 'longer than that', { duration_us: 26_000n }, {}, undefined],
  ])('weighs %s: %s', async (item, _, event, span, weight) => {
    expect((await weigh({ ...request, ...event }, { ...served, ...span }))[item]).toBe(weight)
  })

  it.each<[number, number | undefined]>([
    [0, 3],
    [0.02, 3],
    [0.52, -0.5],
    [1.02, -2],
    [1.1, undefined],
  ])('weighs a time %f s after the start of a span of 20 ms as %s', async (at, weight) => {
    // Without a measured clock half a second is the deviation, and a second the end of the window.
    expect((await weigh({ ...request, at }, served)).time).toBe(weight)
  })

  it('takes the whole second of a time that is stated in seconds', async () => {
    expect((await weigh({ ...request, ts_precision: 's', at: 0 }, { ...served, at: 980 })).time).toBe(3)
  })

  it('damps what many spans share', async () => {
    const crowd = Array.from({ length: 16 }, (_, i) => ({
      ...served,
      span: `${i + 1}`,
      url_path: `/orders/${i}`,
      client_address: '203.0.113.7',
    }))
    const one = (await linked([{ ...request, src_ip: '203.0.113.7' }], crowd))[0]
    expect(one?.span_id).toBe(hex('8', 16))
    const weights = Object.fromEntries((one?.evidence ?? []).map(({ item, weight }) => [item, weight]))
    expect(weights.operation).toBe(4)
    expect(weights.address).toBeUndefined()
  })

  it('gives a span to the better of two events, and says how far ahead it is', async () => {
    const links = await linked(
      [
        { ...request, src_ip: '203.0.113.7' },
        { ...request, src_ip: '203.0.113.8', at: 0.003 },
      ],
      [{ ...served, client_address: '203.0.113.7' }],
    )
    const [better, worse] = links
    expect(better).toMatchObject({ event_id: '1', margin: 3, rivals: 1 })
    expect(worse).toMatchObject({ event_id: '2', level: 'possible', margin: -3 })
  })

  it('calls two spans that fit alike possible only, whatever they score', async () => {
    const twins = [served, { ...served, trace: 'b', span: '2' }].map((span) => ({
      ...span,
      client_address: '203.0.113.7',
      user_id: 'alice',
    }))
    const [link] = await linked([{ ...request, src_ip: '203.0.113.7', actor_name: 'alice' }], twins)
    expect(link).toMatchObject({ level: 'possible', margin: 0 })
    expect(link?.score).toBeGreaterThanOrEqual(4)
  })

  it('orders alike events and spans of a whole second as they were written', async () => {
    const spans = [100, 300, 500].map((at, i) => ({ ...served, trace: `a${i}`, span: `${i + 1}`, at }))
    const links = await linked(
      spans.map(() => ({ ...request, ts_precision: 's', at: 0 })),
      spans,
    )
    expect(links.map(({ event_id, span_id }) => [event_id, span_id])).toEqual(
      spans.map((_, i) => [`${i + 1}`, hex(`${i + 1}`, 16)]),
    )
    expect(links.every(({ evidence }) => evidence.some(({ item }) => item === 'order'))).toBe(true)
  })

  const spread = (count: number, traced: number) =>
    linked(
      Array.from({ length: count }, (_, i) => ({ ...request, http_path: `/orders/${i}`, at: i * 20 })),
      // The last span stands at the time of no event, so that paths of all events are known.
      Array.from({ length: count }, (_, i) => ({
        ...served,
        trace: `a${i}`,
        span: `${i + 1}`,
        url_path: `/orders/${i}`,
        at: i * 20_000 + (i < traced ? 0 : 9_000),
      })),
    )
  const covered = async (count: number, traced: number) =>
    (await spread(count, traced)).map(({ evidence }) => evidence.find(({ item }) => item === 'coverage')?.weight)

  it('adds to clear pairs where nearly every event of the source finds its span', async () => {
    expect(await covered(40, 38)).toEqual(Array(38).fill(3))
  })

  it('adds nothing where half of the events find none, nor where events are few', async () => {
    expect(await covered(40, 20)).toEqual(Array(20).fill(undefined))
  })

  it('adds nothing for coverage where events are few', async () => {
    expect(await covered(10, 10)).toEqual(Array(10).fill(undefined))
  })
})
