import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { clusterLog, nastyAgent, trace, traceId, trail } from './evidence'
import { type Rig, rig } from './rig'

let own: Rig
let imported: unknown
beforeAll(async () => {
  own = await rig()
  await own.put('trail.jsonl', trail)
  await own.put('audit.log', clusterLog)
  await own.put('trace.json', trace)
  imported = await own.json(['import', 'a.case', 'trail.jsonl', 'audit.log', 'trace.json'])
}, 240_000)
afterAll(() => own.remove())

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/
const hash = expect.stringMatching(/^[0-9a-f]{64}$/)
const time = expect.stringMatching(instant)
const anyNumber = expect.any(Number)
const id64 = expect.stringMatching(/^\d{1,20}$/)

const rows = (access_event: number, span: number) => ({ access_event, span, log_record: 0, metric_point: 0 })
const reject = { member: null, line: 4, offset: anyNumber, length: 22, reason: expect.any(String) }
const accounts = [
  {
    name: 'trail.jsonl',
    sha256: hash,
    sizeBytes: Buffer.byteLength(trail),
    formats: ['cloudtrail'],
    status: 'partial',
    records: { read: 7, kept: 6, duplicate: 0, skipped: 0, rejected: 1 },
    rows: rows(6, 0),
    firstTs: '2026-01-02T03:00:00Z',
    lastTs: '2026-01-02T03:00:05Z',
    rejects: [reject],
    limits: [],
    zones: null,
  },
  {
    name: 'audit.log',
    sha256: hash,
    sizeBytes: Buffer.byteLength(clusterLog),
    formats: [expect.any(String)],
    status: 'imported',
    records: { read: 1, kept: 1, duplicate: 0, skipped: 0, rejected: 0 },
    rows: rows(1, 0),
    firstTs: '2026-01-02T03:00:02.123456Z',
    lastTs: '2026-01-02T03:00:02.123456Z',
    rejects: [],
    limits: [],
    zones: null,
  },
  {
    name: 'trace.json',
    sha256: hash,
    sizeBytes: Buffer.byteLength(trace),
    formats: [expect.stringContaining('otlp')],
    status: 'imported',
    records: { read: 2, kept: 2, duplicate: 0, skipped: 0, rejected: 0 },
    rows: rows(0, 2),
    firstTs: time,
    lastTs: time,
    rejects: [],
    limits: [],
    zones: null,
  },
]

describe('what the command line prints with --json', () => {
  it('import: case, accounts, totals, time, and no other key', () => {
    expect(imported).toStrictEqual({
      case: 'a.case',
      files: accounts,
      totals: { files: 3, read: 10, kept: 9, duplicate: 0, skipped: 0, rejected: 1, ...rows(7, 2) },
      elapsedMs: anyNumber,
    })
  })

  it('sources: the same accounts', async () => {
    const found = await own.json(['sources', 'a.case'])
    expect(found).toStrictEqual(accounts)
  })

  it('rejects: where each one stands, all of them or those of one file', async () => {
    const all = [{ file: 'trail.jsonl', sha256: hash, ...reject }]
    expect(await own.json(['rejects', 'a.case'])).toStrictEqual(all)
    expect(await own.json(['rejects', 'a.case', '--file', 'f'.repeat(64)])).toStrictEqual([])
  })

  it('info: counts, sources, span of time, head', async () => {
    expect(await own.json(['info', 'a.case'])).toStrictEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      title: 'a',
      created: time,
      tables: expect.objectContaining({ access_event: 7, span: 2, import_reject: 1, source_file: 3, note: 0 }),
      sources: [
        { source: 'cloudtrail', count: 6 },
        { source: 'trace', count: 2 },
        { source: 'k8s_audit', count: 1 },
      ],
      firstTs: '2026-01-02T03:00:00Z',
      lastTs: expect.stringMatching(instant),
      journal: { seq: anyNumber, head: hash },
    })
  })

  it('events: one object a line in time order, ids as strings, times with the precision of their source', async () => {
    const events = await own.lines('events', 'a.case')
    expect(events.map(({ ts }) => ts)).toEqual([
      '2026-01-02T03:00:00Z',
      '2026-01-02T03:00:01Z',
      '2026-01-02T03:00:02Z',
      '2026-01-02T03:00:02.123456Z',
      '2026-01-02T03:00:03Z',
      '2026-01-02T03:00:04Z',
      '2026-01-02T03:00:05Z',
    ])
    for (const event of events) {
      expect(event.event_id).toEqual(id64)
      expect(Object.values(event)).not.toContain(null)
      expect(Object.keys(event)).not.toContain('raw')
    }
    expect(new Set(events.map(({ event_id }) => event_id)).size).toBe(7)
  })

  it('events: filter, order, limit, fields and the raw text', async () => {
    const [event, ...others] = await own.lines(
      ...['events', 'a.case', '--where', 'source:cloudtrail', '--order', '-ts', '--limit', '1'],
      ...['--fields', 'ts,action', '--raw'],
    )
    expect(others).toEqual([])
    expect(event).toMatchObject({ ts: '2026-01-02T03:00:05Z', action: 'PutObject', raw: trail.split('\n')[6] })
    expect(Object.keys(event ?? {}).filter((key) => key !== 'event_id')).toEqual(['ts', 'action', 'raw'])
  })

  it('count: a number, or values with the most frequent first', async () => {
    expect(await own.json(['count', 'a.case'])).toStrictEqual({ count: 7 })
    expect(await own.json(['count', 'a.case', '--where', 'outcome:denied'])).toStrictEqual({ count: 1 })
    expect(await own.json(['count', 'a.case', '--by', 'source', '--limit', '1'])).toStrictEqual([
      { value: 'cloudtrail', count: 6 },
    ])
  })

  it('histogram: buckets that hold every event', async () => {
    const found = await own.json(['histogram', 'a.case', '--buckets', '3', '--by', 'outcome'])
    expect(found).toStrictEqual({
      startUs: [anyNumber, anyNumber, anyNumber],
      widthUs: anyNumber,
      count: [anyNumber, anyNumber, anyNumber],
      by: { success: expect.any(Array), denied: expect.any(Array) },
    })
    expect(
      JSON.stringify(found)
        .match(/"count":\[(\d+),(\d+),(\d+)\]/)
        ?.slice(1)
        .map(Number),
    ).toEqual([2, 3, 2])
  })

  it('sql: columns with types, rows, 64-bit numbers as strings, and whether it was cut', async () => {
    const words = ['sql', 'a.case', 'SELECT 9007199254740993::BIGINT AS big, 1 AS n FROM span', '--limit', '1']
    expect(await own.json(words)).toStrictEqual({
      columns: [
        { name: 'big', type: 'BIGINT' },
        { name: 'n', type: 'INTEGER' },
      ],
      rows: [{ big: '9007199254740993', n: 1 }],
      truncated: true,
    })
  })

  it('spans: one object a line, nanoseconds as exact strings', async () => {
    const spans = await own.lines('spans', 'a.case')
    expect(spans.map(({ start_ns, duration_ns }) => [start_ns, duration_ns])).toEqual([
      ['1767322800900000001', '1000000001'],
      ['1767322801000000003', '500000001'],
    ])
    for (const span of spans)
      expect(Object.keys(span).sort()).toEqual([
        ...['attributes', 'duration_ns', 'kind', 'name', 'parent_span_id', 'resource', 'service', 'span_id'],
        ...['start_ns', 'status', 'status_message', 'trace_id'],
      ])
  })

  it('trace: a tree with the events that belong to its spans', async () => {
    const [event] = await own.lines('events', 'a.case', '--where', 'outcome:denied')
    expect(await own.json(['trace', 'a.case', traceId])).toStrictEqual({
      traceId,
      spans: [
        expect.objectContaining({ span_id: '00f067aa0ba902b7', children: ['53995c3f42cd8ad8'], events: [] }),
        expect.objectContaining({ span_id: '53995c3f42cd8ad8', children: [], events: [event?.event_id] }),
      ],
      services: ['web'],
      startNs: '1767322800900000001',
      durationNs: '1000000001',
    })
  })

  it('link and links: counts by level; each link with its evidence', async () => {
    const counts = await own.json(['link', 'a.case'])
    expect(counts).toStrictEqual({
      links: { certain: 1, strong: anyNumber, likely: anyNumber, possible: anyNumber },
      events: 1,
      spans: 1,
      elapsedMs: anyNumber,
    })
    const [link] = await own.lines('links', 'a.case', '--where', 'outcome:denied')
    expect(link).toStrictEqual({
      event_id: id64,
      trace_id: traceId,
      span_id: '53995c3f42cd8ad8',
      level: 'certain',
      score: anyNumber,
      probability: null,
      margin: link?.margin === null ? null : anyNumber,
      rivals: anyNumber,
      method: expect.any(String),
      verdict: null,
      evidence: expect.arrayContaining([
        {
          item: expect.any(String),
          event_value: 'REQUEST000000001',
          span_value: 'REQUEST000000001',
          weight: anyNumber,
          text: expect.any(String),
        },
      ]),
    })
  })

  it('graph: nodes, edges, nothing cut', async () => {
    const graph = await own.json(['graph', 'a.case'])
    expect(graph).toMatchObject({ truncated: false })
    expect(graph).toStrictEqual({ nodes: expect.any(Array), edges: expect.any(Array), truncated: false })
    for (const part of JSON.stringify(graph).match(/\{"source"[^}]*\}/g) ?? ['{}'])
      expect(JSON.parse(part)).toStrictEqual({
        source: expect.any(String),
        target: expect.any(String),
        count: anyNumber,
        denied: anyNumber,
        firstTs: time,
        lastTs: time,
      })
  })

  it('timeline: lanes of events and of spans', async () => {
    expect(await own.json(['timeline', 'a.case', '--buckets', '5'])).toMatchObject({
      buckets: anyNumber,
      lanes: expect.arrayContaining([expect.objectContaining({ kind: 'events', key: 'cloudtrail', total: 6 })]),
      folded: 0,
    })
  })

  it('note: an id, a list in full, and the id again after a change', async () => {
    const [event] = await own.lines('events', 'a.case', '--limit', '1')
    const added = await own.json([
      ...[
        'note',
        'a.case',
        'add',
        '--event',
        String(event?.event_id),
        '--text',
        '-1 of it',
        '--tag',
        'x',
        '--tag',
        'y',
      ],
    ])
    expect(added).toStrictEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    const { id } = added instanceof Object && 'id' in added ? added : { id: '' }
    const note = { id, tags: ['x', 'y'], target: { kind: 'event', id: event?.event_id }, author: 'tester' }
    const listed = { ...note, createdAt: time, updatedAt: time }
    expect(await own.json(['note', 'a.case', 'list'])).toStrictEqual([{ ...listed, text: '-1 of it' }])
    expect(await own.json(['note', 'a.case', 'edit', String(id), '--text', 'other'])).toStrictEqual({ id })
    expect(await own.json(['note', 'a.case', 'list'])).toStrictEqual([{ ...listed, text: 'other' }])
    expect(await own.json(['note', 'a.case', 'delete', String(id)])).toStrictEqual({ id })
    expect(await own.json(['note', 'a.case', 'list'])).toStrictEqual([])
  })

  it('verify: the chain and what is wrong with the case, which is nothing', async () => {
    const found = { ok: true, head: hash, seq: anyNumber, findings: [] }
    expect(await own.json(['verify', 'a.case'])).toStrictEqual(found)
  })

  it('formats, fields and version: what is known, without a case', async () => {
    expect(await own.json(['formats'])).toContainEqual({
      id: 'cloudtrail',
      title: expect.any(String),
      source: 'cloudtrail',
      containers: expect.any(Array),
      description: expect.any(String),
    })
    expect(await own.json(['fields'])).toContainEqual({
      name: 'action',
      column: 'action',
      type: expect.any(String),
      description: expect.any(String),
      aliases: expect.any(Array),
    })
    expect(await own.json(['version'])).toStrictEqual({ name: 'crosstrail', version: expect.any(String) })
  })
})

const control = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/

describe('text from evidence in the output', () => {
  it('comes back as the same string, with every control character escaped on the way', async () => {
    const { out, err } = await own.run('events', 'a.case', '--raw', '--json')
    expect(out).not.toMatch(control)
    expect(err).toBe('')
    const agents = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).user_agent)
    expect(agents).toContain(nastyAgent)
  })

  it.each([
    ['count', 'a.case', '--by', 'user_agent'],
    ['sql', 'a.case', 'SELECT user_agent FROM access_event'],
    ['sources', 'a.case'],
    ['rejects', 'a.case'],
    ['links', 'a.case'],
    ['info', 'a.case'],
    ['note', 'a.case', 'list'],
    ['graph', 'a.case'],
  ])('shows no colour and no control character without a terminal: %s', async (...words) => {
    const { code, out, err } = await own.run(...words)
    expect(code).toBe(0)
    expect(`${out}${err}`).not.toMatch(control)
  })

  it('gives CSV in which no cell is a formula and no column comes twice', async () => {
    const { out } = await own.run('events', 'a.case', '--csv', '--where', 'user_agent:*HYPERLINK*')
    const [header = '', line = ''] = out.split('\r\n')
    const names = header.split(',')
    expect(new Set(names).size).toBe(names.length)
    expect(line).toContain(`"'=HYPERLINK(""http://192.0.2.1"")`)
    expect(line).not.toMatch(/(^|,)"[=+@\t]/)
  })
})
