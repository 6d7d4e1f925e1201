import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Client } from '../../../src/contract'
import { createEngine, type Engine } from '../../../src/engine'
import { sql } from '../../../src/engine/db/sql'
import { inProcessClient } from '../../../src/rpc/inProcess'
import { type MmdbJson, mmdbOf } from '../../support/mmdbWriter'

let root: string
let folder: string
let engine: Engine
let client: ReturnType<typeof inProcessClient>
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'crosstrail-test-'))
  folder = join(root, 'test.case')
  start()
  await call('case.create', { title: 'Test', ref: folder })
})
afterEach(async () => {
  client.close()
  await engine.close()
  await rm(root, { recursive: true, force: true })
})

function start() {
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
}

const call: Client['call'] = (name, params, options) => client.call(name, params, options)

async function put(name: string, content: string | Buffer): Promise<string> {
  const path = join(root, name)
  await writeFile(path, content)
  return path
}

/** An Okta sign-in: a source that may state a place itself. */
const signIn = (id: number, ipAddress: string, stated?: { country: string; city: string }) => ({
  uuid: `00000000-0000-0000-0000-${String(id).padStart(12, '0')}`,
  published: `2026-01-02T03:04:${String(id % 60).padStart(2, '0')}.000Z`,
  eventType: 'user.session.start',
  version: '0',
  severity: 'INFO',
  displayMessage: 'User login to Okta',
  actor: { id: '00u1', type: 'User', alternateId: 'alice@example.com', displayName: 'alice' },
  client: { ipAddress, ...(stated === undefined ? {} : { geographicalContext: stated }) },
  outcome: { result: 'SUCCESS' },
  target: [],
})

const events = [
  signIn(1, '10.1.2.3'),
  signIn(2, '8.8.8.8'),
  signIn(3, '8.8.8.8', { country: 'Norway', city: 'Oslo' }),
  signIn(4, '3.5.140.7'),
  signIn(5, '2a02:100::1'),
  signIn(6, '198.51.100.9'),
  signIn(7, '::ffff:8.8.8.8'),
]

async function importEvents(name = 'okta.json', records: readonly unknown[] = events): Promise<string> {
  const path = await put(name, JSON.stringify(records))
  const { totals } = await call('import.start', { sources: [path] })
  expect(totals.access_event).toBe(records.length)
  return path
}

const us = { country: { iso_code: 'US' }, city: { names: { en: 'Mountain View' } } }
const placesFile = (
  records: readonly (readonly [string, MmdbJson])[] = [
    ['8.8.8.0/24', us],
    ['2a02:100::/32', { country: { iso_code: 'DE' } }],
  ],
) => put('places.mmdb', mmdbOf(records))
const networksFile = () =>
  put(
    'asn.mmdb',
    mmdbOf([['8.8.8.0/24', { autonomous_system_number: 64500, autonomous_system_organization: 'Example <Net>' }]], {
      databaseType: 'Test-ASN',
    }),
  )
const rangesFile = () =>
  put(
    'ip-ranges.json',
    JSON.stringify({ prefixes: [{ ip_prefix: '3.5.140.0/22', region: 'eu-west-1', service: 'S3' }] }),
  )

const enrich = (...refs: string[]) => call('enrich.run', { sources: refs.map((ref) => ({ ref })) })
const count = async (filter: string) => (await call('events.count', { scope: { filter } })).count
const groups = async (by: string) =>
  Object.fromEntries((await call('events.count', { by })).groups.map(({ value, count: n }) => [String(value), n]))

describe('classes of addresses', () => {
  it('are there right after the import, without any run', async () => {
    await importEvents()
    expect(await groups('ip_class')).toEqual({ private: 1, public: 5, documentation: 1 })
    expect(await count('ip_class:private')).toBe(1)
    expect(await count('-ip_class:public')).toBe(2)
    expect(await count('country:Norway')).toBe(1)
    const status = await call('enrich.status', {})
    expect(status).toMatchObject({ addresses: 5, pending: 5, files: [] })
    expect(await call('enrich.address', { address: '10.1.2.3' })).toMatchObject({ class: 'private', lookedUp: false })
    expect(await call('enrich.address', { address: 'not an address' })).toBeNull()
  })

  it('are all that a run without files tells; it is no act', async () => {
    await importEvents()
    const seq = engine.context.session().journal.seq
    expect((await enrich()).classes.map((row) => row.class).sort()).toEqual(['documentation', 'private', 'public'])
    expect(engine.context.session().journal.seq).toBe(seq)
  })
})

describe('places and ranges', () => {
  it('answer filters, counts, facets and pages, and leave what the source states', async () => {
    await importEvents()
    const status = await enrich(await placesFile(), await networksFile(), await rangesFile())
    expect(status).toMatchObject({
      addresses: 5,
      pending: 0,
      found: { cloud: 1, country: 2, city: 1, asn: 1, as_org: 1 },
    })
    expect(await groups('country')).toEqual({ US: 2, DE: 1, Norway: 1, null: 3 })
    expect(await groups('city')).toEqual({ 'Mountain View': 2, Oslo: 1, null: 4 })
    expect(await count('asn:64500')).toBe(3)
    expect(await count('as_org:"Example <Net>"')).toBe(3)
    expect(await count('ip_class:cloud cloud:aws cloud_service:s3 cloud_region:eu-*')).toBe(1)
    expect(await count('_exists_:country')).toBe(4)
    expect(await count('src_country:*')).toBe(1)
    const [facet] = await call('events.facets', { scope: { filter: 'country:US' }, fields: ['ip_class', 'cloud'] })
    expect(facet).toMatchObject({ field: 'ip_class', values: [{ value: 'public', count: 2 }] })
    const page = await call('events.page', {
      scope: { filter: 'country:DE' },
      fields: ['src_ip', 'country', 'ip_class'],
    })
    expect(page.rows).toEqual([expect.objectContaining({ src_ip: '2a02:100::1', country: 'DE', ip_class: 'public' })])
    expect((await call('fields.values', { field: 'country', prefix: 'n' })).map(({ value }) => value)).toEqual([
      'Norway',
    ])
    const names = (await call('fields.list', {})).map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['ip_class', 'country', 'city', 'asn', 'as_org', 'cloud']))
  })

  it('say which file each fact is from', async () => {
    await importEvents()
    await enrich(await placesFile(), await networksFile())
    const info = await call('enrich.address', { address: '8.8.8.8' })
    expect(info).toMatchObject({ class: 'public', country: 'US', city: 'Mountain View', asn: '64500', lookedUp: true })
    expect(info?.basis.map(({ fact, file }) => [fact, file]).sort()).toEqual([
      ['as_org', 'asn.mmdb'],
      ['asn', 'asn.mmdb'],
      ['city', 'places.mmdb'],
      ['country', 'places.mmdb'],
    ])
  })

  it('of a later run add to those of an earlier one, replace what they contradict, and begin anew where asked', async () => {
    await importEvents()
    await enrich(await placesFile())
    await enrich(await networksFile())
    expect(await call('enrich.address', { address: '8.8.8.8' })).toMatchObject({ country: 'US', asn: '64500' })
    await enrich(await placesFile([['8.8.8.0/24', { country: { iso_code: 'CA' } }]]))
    expect(await call('enrich.address', { address: '8.8.8.8' })).toMatchObject({
      country: 'CA',
      city: null,
      asn: '64500',
    })
    expect((await call('enrich.status', {})).files.map(({ name }) => name)).toEqual([
      'places.mmdb',
      'asn.mmdb',
      'places.mmdb',
    ])
    await call('enrich.run', { fresh: true })
    expect(await call('enrich.address', { address: '8.8.8.8' })).toMatchObject({ country: null, asn: null })
    expect((await call('enrich.status', {})).files).toEqual([])
  })

  it('tell how many addresses came with a later import', async () => {
    await importEvents()
    await enrich(await placesFile())
    await importEvents('more.json', [signIn(20, '8.8.8.9'), signIn(21, '8.8.8.8')])
    expect(await call('enrich.status', {})).toMatchObject({ addresses: 6, pending: 1 })
    expect(await count('country:US')).toBe(3)
    expect((await enrich(await placesFile())).pending).toBe(0)
    expect(await count('country:US')).toBe(4)
  })

  it('name a network of the analyst, whose addresses stay private', async () => {
    await importEvents()
    await enrich(await put('offices.csv', '10.1.0.0/16,"Office <b>"\n'))
    expect(await call('enrich.address', { address: '10.1.2.3' })).toMatchObject({
      class: 'private',
      provider: 'Office <b>',
    })
    expect(await count('cloud:"Office <b>"')).toBe(1)
  })
})

describe('what a run keeps', () => {
  const table = () => call('sql.run', { sql: 'SELECT * FROM address_info ORDER BY address' })

  it('is journaled by names and hashes, without paths', async () => {
    await importEvents()
    await enrich(await placesFile())
    const journal = await readFile(join(folder, 'journal.jsonl'), 'utf8')
    const entry: unknown = JSON.parse(journal.trimEnd().split('\n').at(-1) ?? '')
    expect(entry).toMatchObject({
      op: 'enrich.run',
      args: { files: [{ name: 'places.mmdb', kind: 'mmdb', title: 'Test-City' }], fresh: false, addresses: 5 },
    })
    expect(journal).not.toContain(root)
  })

  it('comes back with a rebuild, also where the files that were given are gone', async () => {
    await importEvents()
    const [places, ranges] = [await placesFile(), await rangesFile()]
    await enrich(places, ranges)
    const before = await table()
    await rm(places)
    await rm(ranges)
    await call('case.rebuild', {})
    expect((await table()).rows).toEqual(before.rows)
    expect(before.rows).toHaveLength(5)
    expect(await call('case.verify', {})).toMatchObject({ ok: true, findings: [] })
  })

  it('comes into a database that lacks it at the next opening', async () => {
    await importEvents()
    await enrich(await placesFile())
    const before = await table()
    await engine.context.session().db.write((writer) => writer.run(sql.trusted('DELETE FROM enrichment')))
    await engine.context.session().db.write((writer) => writer.run(sql.trusted('DELETE FROM address_info')))
    await call('case.close', {})
    const { notices } = await call('case.open', { ref: folder })
    expect(notices).toEqual([])
    expect((await table()).rows).toEqual(before.rows)
  })

  it('is found out by verify when the table or the kept file is changed', async () => {
    await importEvents()
    await enrich(await placesFile())
    await engine.context
      .session()
      .db.write((writer) => writer.run(sql.trusted("UPDATE address_info SET country = 'FR' WHERE country = 'US'")))
    const kinds = async () => (await call('case.verify', {})).findings.map(({ kind }) => kind)
    expect(await kinds()).toEqual(['enrichment'])
    const [name = ''] = await readdir(join(folder, 'enrichment'))
    const kept = join(folder, 'enrichment', name)
    await writeFile(kept, (await readFile(kept, 'utf8')).replace('"US"', '"FR"'))
    expect(await kinds()).toEqual(['enrichment'])
    await rm(kept)
    expect(await kinds()).toEqual(['enrichment'])
    await call('case.rebuild', {})
    expect((await table()).rows).toEqual([])
  })
})

describe('files that cannot be used', () => {
  it.each([
    ['a cut-off MMDB', () => mmdbOf([['8.8.8.0/24', us]]).subarray(0, -30)],
    ['an MMDB whose records are damaged', () => mmdbOf([['8.0.0.0/8', 0]], { data: Buffer.from([0x20, 0]) })],
    ['a picture', () => Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1])],
    ['an empty file', () => Buffer.alloc(0)],
    ['a page of prose', () => Buffer.from('nothing of use')],
  ])('such as %s are refused by name and change nothing', async (_, content) => {
    await importEvents()
    const good = await rangesFile()
    const seq = engine.context.session().journal.seq
    const path = await put('given\u202efile', content())
    await expect(enrich(good, path)).rejects.toMatchObject({ code: 'input.refused' })
    expect(engine.context.session().journal.seq).toBe(seq)
    expect(await count('cloud:*')).toBe(0)
    expect(await readdir(join(folder, 'enrichment')).catch(() => [])).toEqual([])
  })

  it('are refused where another kind was asked for, where they are a folder, and where there are none', async () => {
    await importEvents()
    const run = (ref: string, kind: 'mmdb' | 'ranges') => call('enrich.run', { sources: [{ ref, kind }] })
    await expect(run(await rangesFile(), 'mmdb')).rejects.toMatchObject({ code: 'input.refused' })
    await expect(run(await placesFile(), 'ranges')).rejects.toMatchObject({ code: 'input.refused' })
    await expect(run(root, 'mmdb')).rejects.toMatchObject({
      code: expect.stringMatching(/^(input\.refused|io\.failed)$/),
    })
    await expect(run(join(root, 'none.mmdb'), 'mmdb')).rejects.toMatchObject({ code: 'not-found' })
  })
})

it('tells its progress and leaves nothing when it is cancelled', async () => {
  await importEvents()
  const steps = new Set<string>()
  const abort = new AbortController()
  const running = call(
    'enrich.run',
    { sources: [{ ref: await placesFile() }] },
    {
      signal: abort.signal,
      onProgress: ({ step }) => {
        steps.add(step)
        abort.abort()
      },
    },
  )
  await expect(running).rejects.toMatchObject({ code: 'cancelled' })
  expect(steps.has('reading files')).toBe(true)
  expect(await call('enrich.status', {})).toMatchObject({ pending: 5, files: [] })
})

describe('addresses beside those of the clients of events', () => {
  const hops = (id: number, ...ips: readonly string[]) => ({
    ...signIn(id, ips[0] ?? ''),
    request: { ipChain: ips.map((ip) => ({ ip, source: null, version: 'V4' })) },
  })
  const spanOf = (id: number, kind: number, attributes: Readonly<Record<string, string>>) => ({
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: `b7ad6b716920333${id}`,
    name: 'GET',
    kind,
    startTimeUnixNano: '1767323045000000000',
    endTimeUnixNano: '1767323045001000000',
    attributes: Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } })),
  })

  it('are looked up too: each hop, and those of spans; what is no address is passed over', async () => {
    await importEvents('okta.json', [hops(1, '10.1.2.3', '8.8.8.8', '3.5.140.7'), hops(2, '10.1.2.4', '198.51.100.9')])
    const spans = [
      spanOf(1, 2, { 'client.address': '8.8.8.9' }),
      spanOf(2, 2, { 'client.address': '10.0.0.1' }),
      spanOf(3, 3, { 'server.address': '3.5.140.9' }),
      spanOf(4, 3, { 'server.address': 'db.internal' }),
    ]
    const traces = await put('traces.json', JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }))
    await call('import.start', { sources: [traces] })
    expect(await call('enrich.status', {})).toMatchObject({ addresses: 8, pending: 8 })
    const status = await enrich(await placesFile(), await networksFile(), await rangesFile())
    expect(status).toMatchObject({ addresses: 8, pending: 0, found: { country: 2, cloud: 2 } })

    expect(await count('ip_chain.country:US')).toBe(1)
    expect(await count('ip_chain.cloud:AWS ip_chain.cloud_service:S3')).toBe(1)
    expect(await count('-ip_chain.country:US')).toBe(1)
    expect(await count('ip_chain.class:documentation')).toBe(1)
    expect(await count('_exists_:ip_chain.as_org')).toBe(1)
    expect(await count('country:US')).toBe(0)
    const spanCount = async (filter: string) => (await call('spans.list', { where: filter })).spans.length
    expect(await spanCount('country:US')).toBe(1)
    expect(await spanCount('ip_class:private')).toBe(1)
    expect(await spanCount('peer_address.cloud:AWS')).toBe(1)
    expect(await spanCount('_exists_:peer_address.class')).toBe(1)

    const before = await rowsOf()
    await call('case.rebuild', {})
    expect(await rowsOf()).toEqual(before)
    expect((await call('case.verify', {})).ok).toBe(true)
  })

  const rowsOf = () => engine.context.session().db.rows(sql`SELECT * FROM address_info ORDER BY address`)
})
