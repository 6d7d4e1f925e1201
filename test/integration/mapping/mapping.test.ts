import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '../../../src/contract'
import type { MappingFile } from '../../../src/contract/mappingFile'
import { createEngine, type Engine } from '../../../src/engine'
import { inProcessClient } from '../../../src/rpc/inProcess'
import { hasSharedData, sharedData, sharedDataNotice } from '../../support/sharedData'

let root: string
let engine: Engine
let client: ReturnType<typeof inProcessClient>
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'crosstrail-test-'))
  engine = createEngine({
    host: 'test',
    nativeDialogs: false,
    actor: 'tester',
    dataFolder: join(root, 'data'),
    resourcesFolder: join(root, 'resources'),
    resolveSource: (ref) => ref,
    offered: [],
    uploads: false,
    offerDownload: () => Promise.reject(new Error('none here')),
    now: () => new Date(),
  })
  client = inProcessClient(engine, { log: () => {} })
  await call('case.create', { title: 'Test', ref: join(root, 'test.case') })
})
afterEach(async () => {
  client.close()
  await engine.close()
  await rm(root, { recursive: true, force: true })
})

const call: Client['call'] = (name, params, options) => client.call(name, params, options)

const mapping: MappingFile = {
  version: 1,
  name: 'Doors',
  time: { column: 'When', format: '%d.%m.%Y %H:%M:%S', zone: '+01:00' },
  columns: {
    actor_email: { column: 'Who' },
    action: { column: 'What' },
    outcome: { column: 'Result', values: { granted: 'success', refused: 'denied' } },
    resource_name: { column: 'Door' },
  },
}
const header = 'When;Who;What;Door;Result'
const line = (minute: number, result = 'granted') =>
  `02.01.2026 04:${String(minute).padStart(2, '0')}:05;alice@example.com;open;Vault;${result}`

async function put(name: string, text: string): Promise<string> {
  const path = join(root, name)
  await writeFile(path, text)
  return path
}

const importFiles = (sources: string[], mappings: MappingFile[] = [], format?: string) =>
  call('import.start', { sources, copy: false, mappings, ...(format === undefined ? {} : { format }) })

const query = async (text: string) => (await call('sql.run', { sql: text, limit: 1000 })).rows

describe('importing by a mapping', () => {
  it('keeps the mapping in the case and applies it again to files of the kind', async () => {
    const first = await put('a.csv', `${header}\n${line(1)}\n${line(2, 'refused')}\nbroken;x;y;z;granted\n`)
    expect(await importFiles([first])).toMatchObject({ files: [{ status: 'refused' }] })
    const mapped = await importFiles([first], [mapping])
    expect(mapped.files[0]).toMatchObject({
      status: 'partial',
      formats: ['generic'],
      records: { read: 3, kept: 2, rejected: 1 },
      rejects: [{ line: 4, reason: '“broken” is no time in the format %d.%m.%Y %H:%M:%S' }],
    })
    const second = await put('b.csv', `${header}\n${line(3)}\n`)
    expect(await importFiles([second])).toMatchObject({ files: [{ status: 'imported', formats: ['generic'] }] })
    expect(await importFiles([second])).toMatchObject({ files: [{ status: 'duplicate' }] })
    expect(
      await query('SELECT ts, actor_key, outcome, resource_key, raw FROM access_event ORDER BY ts LIMIT 1'),
    ).toEqual([
      {
        ts: '2026-01-02T03:01:05.000000Z',
        actor_key: 'mail:alice@example.com',
        outcome: 'success',
        resource_key: 'generic:Doors/-/Vault',
        raw: line(1),
      },
    ])
    await call('mapping.remove', { name: 'Doors' })
    const third = await put('c.csv', `${header}\n${line(5)}\n`)
    expect(await importFiles([third])).toMatchObject({ files: [{ status: 'refused' }] })
  })

  it('is made again by rebuild with the mapping of its time, not with a later one', async () => {
    await importFiles([await put('a.csv', `${header}\n${line(1)}\n`)], [mapping])
    const changed: MappingFile = { ...mapping, time: { ...mapping.time, zone: 'UTC' } }
    await importFiles([await put('b.csv', `${header}\n${line(2)}\n`)], [changed])
    expect(await call('mapping.list', {})).toEqual([expect.objectContaining({ revision: 2, savedBy: 'tester' })])
    const all = 'SELECT event_id, ts, actor_key, line, byte_offset FROM access_event ORDER BY event_id'
    const before = await query(all)
    expect(before.map(({ ts }) => ts).sort()).toEqual(['2026-01-02T03:01:05.000000Z', '2026-01-02T04:02:05.000000Z'])
    await call('case.rebuild', {})
    expect(await query(all)).toEqual(before)
    expect(await call('case.verify', {})).toMatchObject({ ok: true })
  })

  it('journals the mapping once, and its hash with each import that may use it', async () => {
    await importFiles([await put('a.csv', `${header}\n${line(1)}\n`)], [mapping])
    await importFiles([await put('b.csv', `${header}\n${line(2)}\n`)], [mapping])
    const journal = (await readFile(join(root, 'test.case', 'journal.jsonl'), 'utf8')).trim().split('\n')
    const records = journal.map((text): { op: string; args: Record<string, unknown> } => JSON.parse(text))
    const saved = records.filter(({ op }) => op === 'mapping.save')
    expect(saved).toHaveLength(1)
    const { hash } = saved[0]?.args ?? {}
    const begun = records.filter(({ op }) => op === 'import.begin')
    expect(begun.map(({ args }) => args.options)).toEqual([
      expect.objectContaining({ mappings: [hash] }),
      expect.objectContaining({ mappings: [hash] }),
    ])
    expect(await query('SELECT DISTINCT options FROM source_file')).toEqual([
      { options: expect.stringContaining(`"mappings":["${hash}"]`) },
    ])
  })

  it('leaves to other formats what is theirs, also where a mapping names the same array', async () => {
    const greedy: MappingFile = {
      version: 1,
      name: 'Greedy',
      records: 'Records',
      time: { path: 'eventTime', format: 'auto' },
      columns: { actor_id: { path: 'userIdentity.arn' }, action: { path: 'eventName' } },
    }
    const call = {
      eventVersion: '1.09',
      userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/alice', accountId: '111122223333' },
      eventTime: '2026-01-02T03:04:05Z',
      eventSource: 's3.amazonaws.com',
      eventName: 'GetObject',
      awsRegion: 'eu-central-1',
      eventID: '00000000-0000-4000-8000-000000000001',
    }
    const path = await put('trail.json', JSON.stringify({ Records: [call] }))
    expect(await importFiles([path], [greedy])).toMatchObject({
      files: [{ formats: ['cloudtrail'], records: { kept: 1 } }],
    })
  })

  it('cuts the records of a large JSON document at the place that the mapping names', async () => {
    const items = Array.from({ length: 3000 }, (_, n) => ({ at: 1767323045000 + n, who: `u${n}`, what: 'open' }))
    const path = await put('doc.json', JSON.stringify({ page: { items }, note: 'x'.repeat(1000) }, null, 1))
    const pages: MappingFile = {
      version: 1,
      name: 'Pages',
      records: 'page.items',
      time: { path: 'at', format: 'epoch_ms' },
      columns: { actor_id: { path: 'who' }, action: { path: 'what' } },
    }
    expect(await importFiles([path], [pages])).toMatchObject({
      files: [{ status: 'imported', records: { kept: 3000 } }],
    })
    const [row] = await query(`SELECT raw FROM access_event WHERE actor_id = 'u7'`)
    expect(JSON.parse(String(row?.raw))).toEqual(items[7])
  })

  it('is refused without a mapping where only generic may be tried', async () => {
    const path = await put('a.csv', `${header}\n${line(1)}\n`)
    await expect(importFiles([path], [], 'generic')).rejects.toMatchObject({ code: 'usage' })
    expect(await importFiles([path], [mapping], 'generic')).toMatchObject({ files: [{ status: 'imported' }] })
  })
})

describe('the assistant’s questions', () => {
  it('are about a file that the case refused, by its hash', async () => {
    const result = await importFiles([await put('doors.csv', `${header}\n${line(1)}\n${line(2, 'refused')}\n`)])
    const sha256 = result.files[0]?.sha256 ?? ''
    const source = { sha256 }
    const suggestion = await call('mapping.suggest', { source, records: 100 })
    expect(suggestion.draft).toMatchObject({ name: 'doors', time: { column: 'When' } })
    expect(await call('mapping.test', { source, mapping, records: 100, rows: 1 })).toMatchObject({
      mapped: 2,
      failed: 0,
    })
    expect(await call('mapping.import', { source, mapping })).toMatchObject({ files: [{ sha256, status: 'imported' }] })
    expect(await query('SELECT count(*) AS n FROM access_event')).toEqual([{ n: 2 }])
  })

  it('say where the original is gone or was changed', async () => {
    const path = await put('doors.csv', `${header}\n${line(1)}\n`)
    const { files } = await importFiles([path])
    await writeFile(path, 'changed')
    const source = { sha256: files[0]?.sha256 ?? '' }
    await expect(call('mapping.suggest', { source, records: 10 })).rejects.toMatchObject({ code: 'input.refused' })
  })

  it('never name a folder of this machine', async () => {
    const path = await put('x.bin', '\u0000\u0001')
    await expect(call('mapping.suggest', { source: { ref: path }, records: 10 })).rejects.not.toThrow(root)
  })
})

describe.skipIf(!hasSharedData)(`application logs of third parties${sharedDataNotice}`, () => {
  it('give an event a line, linked to the span that wrote it', async () => {
    const nezha: MappingFile = {
      version: 1,
      name: 'Pods',
      time: { column: 'TimeUnixNano', format: 'epoch_ns' },
      columns: {
        actor_name: { column: 'PodName' },
        actor_type: { default: 'service_account' },
        action: { column: 'Log', path: 'log', pattern: 'SpanID: \\w* \\[(\\w+)\\]', default: 'log' },
        trace_id: { column: 'TraceID' },
        span_id: { column: 'SpanID' },
      },
    }
    const result = await importFiles([sharedData('traces', 'nezha', '08_50_log.csv')], [nezha], 'generic')
    await importFiles([sharedData('traces', 'nezha', '08_50_trace.otlp.json')])
    expect(result.files[0]).toMatchObject({ formats: ['generic'], records: { read: 2489, kept: 2489, rejected: 0 } })
    expect(await query('SELECT count(DISTINCT event_id) AS n FROM link WHERE span_id IS NOT NULL')).toEqual([
      { n: 2489 },
    ])
  })
})
