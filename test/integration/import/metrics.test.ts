import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { caseInfo } from '../../../src/engine/case/info'
import { verifyCase } from '../../../src/engine/case/verify'
import { sql } from '../../../src/engine/db/sql'
import { type ImportOptions, importSources } from '../../../src/engine/import/import'
import { type TempCase, tempCase } from '../../support/tempCase'

const timeNs = '1767323045123456789'
const log = { timeUnixNano: timeNs, body: { stringValue: 'GET /health' } }
const logs = (count: number) =>
  JSON.stringify({ resourceLogs: [{ scopeLogs: [{ logRecords: Array.from({ length: count }, () => log) }] }] })
const gauge = (value: number | string, order: readonly string[] = ['a', 'b'], at = timeNs) => ({
  name: 'queue',
  unit: '1',
  gauge: {
    dataPoints: [
      {
        timeUnixNano: at,
        attributes: order.map((key) => ({ key, value: { stringValue: key } })),
        asDouble: value,
      },
    ],
  },
})
const metrics = (...list: readonly object[]) =>
  JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: list }] }] })

describe('metrics in a case', () => {
  let temp: TempCase
  let folder: string
  beforeEach(async () => {
    temp = await tempCase()
    folder = await mkdtemp(join(tmpdir(), 'crosstrail-input-'))
  })
  afterEach(async () => {
    await temp.remove()
    await rm(folder, { recursive: true, force: true })
  })

  async function load(name: string, content: string | Uint8Array) {
    const path = join(folder, name)
    await writeFile(path, content)
    const options: ImportOptions = { paths: [path], copy: false }
    const [account] = (await importSources(temp.session, options)).files
    if (account === undefined) throw new Error('no account')
    return account
  }
  const rows = (query: ReturnType<typeof sql>) => temp.session.db.rows(query)

  it('are points of series, each series once, whatever the order of its labels', async () => {
    const first = await load(
      'a.json',
      metrics(gauge(1), gauge(2, ['b', 'a'], '1767323046000000000'), gauge('NaN', ['a'])),
    )
    expect([first.records, first.rows.metric_point, first.status]).toEqual([
      { read: 3, kept: 3, duplicate: 0, skipped: 0, rejected: 0 },
      3,
      'imported',
    ])
    expect([first.firstTs, first.lastTs]).toEqual(['2026-01-02T03:04:05.123456Z', '2026-01-02T03:04:06Z'])
    await load('b.json', metrics(gauge(3, ['a', 'b'], '1767323047000000000')))
    expect(
      await rows(sql`
        SELECT s.name, s.attributes, count(*)::INTEGER AS points, max(p.value) AS most
        FROM metric_point p JOIN metric_series s USING (series_id) GROUP BY ALL ORDER BY s.attributes`),
    ).toEqual([
      { name: 'queue', attributes: '{"a":"a","b":"b"}', points: 3, most: 3 },
      { name: 'queue', attributes: '{"a":"a"}', points: 1, most: 'NaN' },
    ])
    expect(await rows(sql`SELECT count(*)::INTEGER AS n FROM metric_series`)).toEqual([{ n: 2 }])
    const { tables, firstTs, lastTs } = await caseInfo(temp.session)
    expect([tables.metric_series, tables.metric_point]).toEqual([2, 4])
    expect([firstTs, lastTs]).toEqual(['2026-01-02T03:04:05.123456Z', '2026-01-02T03:04:07Z'])
    expect((await verifyCase(temp.session, {})).findings).toEqual([])
  })

  it('are the same point in another file, and another where the value differs', async () => {
    await load('a.json', metrics(gauge(1)))
    const again = await load('b.json', metrics(gauge(1, ['b', 'a']), gauge(7)))
    expect(again.records).toMatchObject({ kept: 1, duplicate: 1 })
  })

  it('keep samples of scrapes apart that state no time', async () => {
    const scrape = '# TYPE up gauge\nup{job="a"} 1\nup{job="b"} +Inf\n'
    const first = await load('a.prom', scrape)
    const second = await load('b.prom', `# another scrape\n${scrape}${scrape}`)
    expect([first.records.kept, second.records.kept, second.records.duplicate]).toEqual([2, 4, 0])
    expect(first.firstTs).toBeNull()
    expect(
      await rows(sql`
        SELECT s.attributes, p.value, count(*)::INTEGER AS points, count(p.ts)::INTEGER AS timed
        FROM metric_point p JOIN metric_series s USING (series_id) GROUP BY ALL ORDER BY s.attributes`),
    ).toEqual([
      { attributes: '{"job":"a"}', value: 1, points: 3, timed: 0 },
      { attributes: '{"job":"b"}', value: 'Infinity', points: 3, timed: 0 },
    ])
    expect((await load('c.prom', scrape)).status).toBe('duplicate')
  })

  it('keep counts beyond a double and the traces of exemplars', async () => {
    const point = {
      timeUnixNano: timeNs,
      count: '18446744073709551615',
      sum: 1.5,
      bucketCounts: ['18446744073709551615'],
      exemplars: [{ asDouble: 1, traceId: '5b8efff798038103d269b633813fc60c', spanId: 'eee19b7ec3c1b174' }],
    }
    await load('h.json', metrics({ name: 'h', histogram: { aggregationTemporality: 2, dataPoints: [point] } }))
    expect(
      await rows(sql`
        SELECT p.count::VARCHAR AS count, p.sum, p.value, p.time_ns::VARCHAR AS time_ns, s.temporality,
          list_contains(p.exemplar_trace_ids, '5b8efff798038103d269b633813fc60c') AS traced,
          json_extract_string(p.details, '$.counts[0]') AS bucket
        FROM metric_point p JOIN metric_series s USING (series_id)`),
    ).toEqual([
      {
        ...{ count: '18446744073709551615', sum: 1.5, value: null, time_ns: timeNs, temporality: 'cumulative' },
        ...{ traced: true, bucket: '18446744073709551615' },
      },
    ])
  })

  it('hold many points of many series in one record', async () => {
    const dataPoints = Array.from({ length: 20_000 }, (_, index) => ({
      timeUnixNano: `${BigInt(timeNs) + BigInt(index)}`,
      asInt: String(index),
      attributes: [{ key: 'n', value: { intValue: String(index % 5_000) } }],
    }))
    const account = await load('many.json', metrics({ name: 'm', gauge: { dataPoints } }))
    expect([account.records.kept, account.rows.metric_point]).toEqual([1, 20_000])
    expect(
      await rows(sql`SELECT count(*)::INTEGER AS n, count(DISTINCT series_id)::INTEGER AS d FROM metric_series`),
    ).toEqual([{ n: 5_000, d: 5_000 }])
  })

  it('leave equal log records two records, and the same file in lines the same records', async () => {
    expect((await load('a.json', logs(2))).records).toMatchObject({ kept: 2, duplicate: 0 })
    const lines = Array.from({ length: 3 }, () => logs(1)).join('\n')
    expect((await load('b.jsonl', lines)).records).toMatchObject({ kept: 1, duplicate: 2 })
  })
})
