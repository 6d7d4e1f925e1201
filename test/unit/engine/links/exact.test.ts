import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { methods } from '../../../../src/contract'
import type { Database } from '../../../../src/engine/db/database'
import { sql } from '../../../../src/engine/db/sql'
import { computeLinks } from '../../../../src/engine/links/handlers'
import { listLinks } from '../../../../src/engine/links/list'
import { memoryDatabase } from '../../../support/memoryDatabase'
import { addEvents, asking, type TestEvent } from '../query/support'
import { addSpans, hex, type TestSpan } from '../traces/support'

const uuid = '7f3c2a10-1b2c-4d3e-8f4a-5b6c7d8e9f01'

describe('exact links', () => {
  let db: Database
  beforeEach(async () => {
    db = await memoryDatabase()
  })
  afterEach(() => db.close())

  const linked = async (events: readonly TestEvent[], spans: readonly TestSpan[]) => {
    await addEvents(db, events)
    await addSpans(db, spans)
    await computeLinks(db)
    return (await listLinks(asking(db), { where: '', limit: 100 })).links
  }
  const named = (more: TestEvent = {}): TestEvent => ({
    trace_id: hex('a', 32),
    span_id: hex('1', 16),
    trace_source: 'sqlcommenter',
    source: 'pgaudit',
    ts_kind: 'logged',
    ts_precision: 'ms',
    at: 0.003,
    ...more,
  })
  const span: TestSpan = { trace: 'a', span: '1', name: 'pg.query', service: 'orders-api', at: 0, ms: 20 }

  it('links an event to the span that it names, and says why', async () => {
    const [link, ...others] = await linked([named()], [span])
    expect(others).toEqual([])
    expect(link).toMatchObject({
      event_id: '1',
      trace_id: hex('a', 32),
      span_id: hex('1', 16),
      level: 'certain',
      method: 'exact-trace',
      rivals: 0,
      margin: null,
      probability: null,
      verdict: null,
    })
    expect(link?.score).toBe(link?.evidence.reduce((sum, item) => sum + item.weight, 0))
    expect(link?.evidence.map((item) => item.item)).toEqual(['trace_id', 'span_id', 'time'])
    expect(link?.evidence[0]?.text).toBe(
      `The statement's sqlcommenter comment names trace ${hex('a', 32)} and span ${hex('1', 16)}; both are in this case.`,
    )
    expect(link?.evidence[2]?.text).toBe(
      'The span `pg.query` of orders-api ran from 2023-07-10T11:00:00.000000Z to 2023-07-10T11:00:00.020000Z; ' +
        'the statement was logged 3.0 ms after it began.',
    )
    expect(methods['links.list'].result.shape.links.element.parse(link)).toEqual(link)
  })

  it('links to the trace alone where the named span is not in the case', async () => {
    const links = await linked([named({ span_id: hex('9', 16) }), named({ span_id: null })], [span])
    expect(links.map((link) => [link.level, link.span_id, link.trace_id])).toEqual([
      ['certain', null, hex('a', 32)],
      ['certain', null, hex('a', 32)],
    ])
  })

  it('makes no link to a trace that is not in the case, nor by constant ids', async () => {
    expect(await linked([named({ trace_id: hex('b', 32) }), named({ trace_id: '0'.repeat(32) })], [span])).toEqual([])
  })

  it.each([
    [{ at: 4.9 }, 'certain'],
    [{ at: 6 }, 'possible'],
    [{ at: -4.9 }, 'certain'],
    [{ at: 1.9, ts_kind: 'end', ts_precision: 's' }, 'certain'],
    [{ at: 2.5, ts_kind: 'end', ts_precision: 's' }, 'possible'],
    [{ at: 0.9, ts_kind: 'start', ts_precision: 'us' }, 'certain'],
    [{ at: -1.1, ts_kind: 'start', ts_precision: 'us' }, 'possible'],
    [{ at: 3600 }, 'possible'],
    [{ at: null }, 'strong'],
  ])('judges the time of %j as %s', async (event, level) => {
    const [link] = await linked([named(event)], [span])
    expect(link?.level).toBe(level)
  })

  const shape = (name: string) => ({ db_fingerprint: name, db_statement: name, db_name: 'shop' })

  it('does not believe a trace id whose span ran another statement', async () => {
    const [link] = await linked([named(shape('select orders'))], [{ ...span, ...shape('delete users') }])
    expect(link).toMatchObject({ level: 'possible', method: 'exact-trace' })
    expect(link?.evidence.find((item) => item.item === 'operation')).toMatchObject({
      event_value: 'select orders',
      span_value: 'delete users',
      weight: 0,
    })
  })

  it('is certain of a trace id whose span ran the same statement, or stands above it', async () => {
    const [same] = await linked([named(shape('select orders'))], [{ ...span, ...shape('select orders') }])
    expect(same?.level).toBe('certain')
    const above = { trace: 'b', span: '2', name: 'GET /orders', at: 100_000 }
    const [over] = (
      await linked(
        [named({ ...shape('select orders'), trace_id: hex('b', 32), span_id: hex('2', 16), at: 100 })],
        [above],
      )
    ).filter((link) => link.trace_id === hex('b', 32))
    expect(over?.level).toBe('certain')
  })

  it('believes no id of a source whose ids often contradict', async () => {
    const spans = Array.from({ length: 6 }, (_, i) => ({ ...span, trace: `a${i}`, span: `${i + 1}`, at: i * 100_000 }))
    const events = spans.map((s, i) =>
      named({ trace_id: hex(s.trace, 32), span_id: hex(s.span, 16), at: i * 100 + (i < 2 ? 40 + i * 9 : 0) }),
    )
    const links = await linked(events, spans)
    expect(links.map((link) => link.level)).toEqual(Array(6).fill('possible'))
    expect(links.at(-1)?.evidence.at(-1)).toMatchObject({ item: 'trust', weight: 0 })
    expect(links.at(-1)?.evidence.at(-1)?.text).toContain(
      'Of 6 ids by which pgaudit names its counterpart, 2 contradict',
    )
  })

  it('leaves an event whose id contradicts to the fuzzy tier', async () => {
    const event = { ...named(shape('select orders')), class: 'data', outcome: 'success', effective_name: 'app' }
    const right = {
      trace: 'b',
      span: '2',
      name: 'pg.query',
      service: 'orders-api',
      ...shape('select orders'),
      db_user: 'app',
    }
    const links = await linked(
      [event],
      [
        { ...span, ...shape('delete users') },
        { ...right, at: 0, ms: 20 },
      ],
    )
    expect(links.map((link) => [link.method, link.trace_id])).toEqual(
      expect.arrayContaining([
        ['exact-trace', hex('a', 32)],
        ['fuzzy', hex('b', 32)],
      ]),
    )
  })

  it('takes an offset between clocks into account once enough pairs agree on it', async () => {
    const spans = Array.from({ length: 6 }, (_, i) => ({ ...span, trace: `a${i}`, span: `${i + 1}`, at: i * 10_000 }))
    const events = spans.map((s, i) =>
      named({ trace_id: hex(s.trace, 32), span_id: hex(s.span, 16), at: i * 10 + 90 + i / 1000 }),
    )
    const links = await linked(events, spans)
    expect(links.map((link) => link.level)).toEqual(Array(6).fill('certain'))
    expect(links[0]?.evidence.at(-1)?.text).toContain('in the median of 6 exact pairs')
  })

  const aws = (more: TestEvent = {}): TestEvent => ({
    source: 'cloudtrail',
    service: 's3.amazonaws.com',
    action: 'GetObject',
    request_id: 'ABCDEF0123456789',
    ts_precision: 's',
    ts_kind: 'end',
    at: 0,
    ...more,
  })
  const awsSpan = (more: TestSpan = {}): TestSpan => ({
    trace: 'c',
    span: '5',
    name: 'S3.GetObject',
    kind: 'client',
    aws_request_id: 'abcdef0123456789',
    ...more,
  })

  it('is certain of a unique request id where operation and time agree', async () => {
    const [link] = await linked([aws()], [awsSpan()])
    expect(link).toMatchObject({ level: 'certain', score: 12, method: 'exact-id', span_id: hex('5', 16), rivals: 0 })
    expect(link?.evidence.map((item) => item.item)).toEqual(['request_id', 'operation', 'time'])
  })

  it('is only sure where the operation does not agree', async () => {
    const [other] = await linked([aws({ action: 'PutObject' })], [awsSpan()])
    expect(other?.level).toBe('strong')
  })

  it('only lists a request id whose time is far off, whatever operation it names', async () => {
    const [link] = await linked([aws({ at: 999 })], [awsSpan()])
    expect(link).toMatchObject({ level: 'possible', score: 4 })
  })

  const apart = (seconds: (i: number) => number) => {
    const id = (i: number) => `abcdef012345678${i}`
    const at = Array.from({ length: 6 }, (_, i) => i)
    return linked(
      at.map((i) => aws({ request_id: id(i), ts_precision: 'ms', at: i * 100 + seconds(i) })),
      at.map((i) => awsSpan({ trace: `c${i}`, span: `${i + 1}`, aws_request_id: id(i), at: i * 100_000 })),
    )
  }

  it('is certain of request ids that agree on how far the clocks lie apart', async () => {
    expect((await apart((i) => 90 + i / 1000)).map((link) => link.level)).toEqual(Array(6).fill('certain'))
  })

  it('takes no clock from request ids that lie at all distances', async () => {
    expect((await apart((i) => 30 + i * 17)).map((link) => link.level)).toEqual(Array(6).fill('possible'))
  })

  it('lowers the level where neither operation nor time agree', async () => {
    const [link] = await linked([aws({ action: 'PutObject', at: 999 })], [awsSpan()])
    expect(link).toMatchObject({ level: 'possible', score: 4 })
  })

  it('links a shared id as a group, weaker the more share it', async () => {
    const links = await linked([aws(), aws()], [awsSpan()])
    expect(links.map((link) => [link.method, link.score, link.level])).toEqual([
      ['exact-group', 9, 'likely'],
      ['exact-group', 9, 'likely'],
    ])
  })

  it('counts rivals and their distance where an id leads to several traces', async () => {
    const links = await linked([aws()], [awsSpan(), awsSpan({ trace: 'd', span: '6', at: 900_000 })])
    expect(links.map((link) => [link.trace_id, link.rivals, link.margin, link.level])).toEqual([
      [hex('c', 32), 1, 8, 'likely'],
    ])
  })

  it.each(['', '-', '00000000-0000-0000-0000-000000000000', 'unknown-request', 'aaaaaaaa', '1234'])(
    'never joins on the id %j',
    async (id) => {
      expect(await linked([aws({ request_id: id })], [awsSpan({ aws_request_id: id })])).toEqual([])
    },
  )

  it('never joins on an id that many events share', async () => {
    expect(
      await linked(
        Array.from({ length: 21 }, () => aws()),
        [awsSpan()],
      ),
    ).toEqual([])
  })

  it('compares request ids without case, dashes and the version digit', async () => {
    const event = { source: 'http_access', request_id: uuid, http_method: 'GET', ts_precision: 'ms', at: 0 }
    const [link] = await linked(
      [event],
      [{ trace: 'e', span: '7', x_request_id: uuid.toUpperCase().replace('-4D', '-AD'), http_method: 'GET' }],
    )
    expect(link?.level).toBe('certain')
    expect(link?.evidence[0]?.text).toContain('version digit')
  })

  it('joins Kubernetes audit ids and checks the verb', async () => {
    const event = {
      source: 'k8s_audit',
      source_event_id: uuid,
      request_id: uuid,
      action: 'create',
      ts_precision: 'us',
      at: 0,
    }
    const [link] = await linked([event], [{ trace: 'e', span: '7', k8s_audit_id: uuid, http_method: 'POST' }])
    expect(link?.level).toBe('certain')
  })

  it('joins extended and correlation ids that stand in attributes, also in lists', async () => {
    const extended = 'Mzk0YWJjZGVmMTIzNDU2Nzg5MGFiY2RlZjEyMzQ1Njc4OTBhYmNkZWY='
    const links = await linked(
      [
        aws({ request_id: null, correlation_ids: sql`[{kind: 'aws_extended', value: ${extended}}]` }),
        {
          correlation_ids: sql`[{kind: 'correlation', value: ${uuid}}]`,
          service: 'api',
          ts_precision: 'ms',
          at: 0.001,
        },
        { correlation_ids: sql`[{kind: 'aws_issued_key', value: 'ASIA1234567890'}]`, at: 0.002 },
      ],
      [
        awsSpan({ aws_request_id: null, attributes: JSON.stringify({ 'aws.extended_request_id': extended }) }),
        { trace: 'f', span: '8', attributes: JSON.stringify({ 'http.request.header.x-correlation-id': [uuid] }) },
        { trace: 'f', span: '9', attributes: JSON.stringify({ correlation_id: 'ASIA1234567890' }) },
      ],
    )
    expect(links.map((link) => [link.event_id, link.trace_id])).toEqual([
      ['1', hex('c', 32)],
      ['2', hex('f', 32)],
    ])
  })

  it('adds the request id as evidence to a link that names the same trace', async () => {
    const links = await linked([named({ request_id: uuid })], [{ ...span, x_request_id: uuid }])
    expect(links).toHaveLength(1)
    expect(links[0]?.evidence.map((item) => item.item)).toEqual(['trace_id', 'span_id', 'time', 'request_id'])
  })

  it('gives the same links when run again, and keeps verdicts and links of other methods', async () => {
    const first = await linked([named(), aws()], [span, awsSpan()])
    await db.write((writer) =>
      writer.run(sql`
        INSERT INTO link_verdict VALUES (1, ${hex('a', 32)}, ${hex('1', 16)}, 'confirmed', 'alice', '2023-07-10T12:00:00Z')`),
    )
    await db.write((writer) =>
      writer.run(
        sql`INSERT INTO link (link_id, event_id, level, score, rivals, method) VALUES (7, 2, 'likely', 8, 0, 'scored')`,
      ),
    )
    const result = await computeLinks(db)
    expect(result).toMatchObject({ links: { certain: 2, strong: 0, likely: 1, possible: 0 }, events: 2, spans: 2 })
    const again = (await listLinks(asking(db), { where: '', limit: 100 })).links
    expect(again.filter((link) => link.method !== 'scored').map((link) => ({ ...link, verdict: null }))).toEqual(first)
    expect(again.find((link) => link.event_id === '1')?.verdict).toBe('confirmed')
    expect(
      await db.rows(sql`SELECT count(*) AS n FROM link_evidence WHERE link_id NOT IN (SELECT link_id FROM link)`),
    ).toEqual([{ n: 0 }])
  })

  it('lists by event, by trace and by filter, and says when it stopped', async () => {
    await linked([named(), aws()], [span, awsSpan()])
    const ids = async (more: object) =>
      (await listLinks(asking(db), { where: '', limit: 9, ...more })).links.map((link) => link.event_id).join('')
    expect(await ids({ eventId: '2' })).toBe('2')
    expect(await ids({ traceId: hex('a', 32) })).toBe('1')
    expect(await ids({ where: 'source:cloudtrail' })).toBe('2')
    expect((await listLinks(asking(db), { where: '', limit: 1 })).truncated).toBe(true)
  })

  it('leaves the links as they were when cancelled', async () => {
    await linked([named()], [span])
    const abort = new AbortController()
    const running = computeLinks(db, abort.signal, ({ done }) => done === 2 && abort.abort())
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    expect((await listLinks(asking(db), { where: '', limit: 9 })).links).toHaveLength(1)
    expect((await computeLinks(db)).links.certain).toBe(1)
  })
})
