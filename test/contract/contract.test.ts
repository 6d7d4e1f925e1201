import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AppError, isAppError } from '../../src/common/errors'
import { type Connected, connect, transports } from './transports'

async function failure(promise: Promise<unknown>): Promise<AppError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!isAppError(error)) throw new Error('expected an AppError')
  return error
}

/** Five calls of two people, one denied; and a line that is no record. */
function trail(count = 5): string {
  const records = Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      eventVersion: '1.08',
      eventTime: new Date(Date.UTC(2026, 0, 2, 3, 0, index)).toISOString().replace('.000', ''),
      eventSource: 's3.amazonaws.com',
      eventName: index % 2 === 0 ? 'GetObject' : 'PutObject',
      awsRegion: 'eu-central-1',
      sourceIPAddress: '192.0.2.7',
      userAgent: 'tests',
      eventID: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
      requestID: `R${index}`,
      eventType: 'AwsApiCall',
      recipientAccountId: '111122223333',
      userIdentity: {
        type: 'IAMUser',
        principalId: `AIDA${index % 2}`,
        arn: `arn:aws:iam::111122223333:user/u${index % 2}`,
        accountId: '111122223333',
        userName: `u${index % 2}`,
      },
      ...(index === 1 ? { errorCode: 'AccessDenied', errorMessage: 'no' } : {}),
    }),
  )
  return `${records.join('\n')}\n`
}

describe.each(transports)('the contract over %s', (transport) => {
  let own: Connected
  beforeEach(async () => {
    own = await connect(transport)
  })
  afterEach(() => own.end())

  const create = () =>
    own.client.call('case.create', { title: 'Test', ref: own.sources.add(join(own.folder, 'a.case')).ref })

  it('tells what the host is', async () => {
    expect(await own.client.call('app.info', {})).toMatchObject({ host: 'test', nativeDialogs: false, offered: [] })
  })

  it('has no case at first and says so by code', async () => {
    expect(await own.client.call('case.current', {})).toBeNull()
    expect((await failure(own.client.call('case.info', {}))).code).toBe('case.closed')
  })

  it('refuses a handle that the host never gave out', async () => {
    const error = await failure(own.client.call('case.open', { ref: '/etc' }))
    expect(error.code).not.toBe('internal')
    expect(error.message).not.toContain('/etc')
  })

  it('creates a case, keeps a note with any text, and finds it after closing and opening', async () => {
    const { info } = await create()
    const text = 'bidi \u202E, nul \u0000, emoji 👩‍🔬, lone \ufffd, <script>, "quotes", \u2028'
    const note = await own.client.call('notes.add', {
      target: { kind: 'case', id: '' },
      text,
      tags: ['a', '__proto__'],
    })
    expect(note).toMatchObject({ text, tags: ['a', '__proto__'], author: 'tester' })
    await own.client.call('case.close', {})
    const again = await own.client.call('case.open', { ref: own.sources.add(join(own.folder, 'a.case')).ref })
    expect(again.info.id).toBe(info.id)
    expect(await own.client.call('notes.list', {})).toEqual([note])
  })

  it('brings calls that are open at the same time to the right callers', async () => {
    await create()
    const add = (index: number) =>
      own.client.call('notes.add', { target: { kind: 'case', id: '' }, text: `note ${index}` })
    const notes = await Promise.all(Array.from({ length: 20 }, (_, index) => add(index)))
    expect(notes.map(({ text }) => text)).toEqual(Array.from({ length: 20 }, (_, index) => `note ${index}`))
  })

  it('tells of changes', async () => {
    const kinds: string[] = []
    own.client.onChange(({ kind }) => kinds.push(kind))
    await create()
    await own.client.call('notes.add', { target: { kind: 'case', id: '' }, text: 'x' })
    await expect.poll(() => kinds).toEqual(expect.arrayContaining(['case', 'notes']))
  })

  it('names the field that does not fit', async () => {
    const error = await failure(own.client.call('case.create', { title: '' }))
    expect([error.code, error.details.path]).toEqual(['usage', 'title'])
    expect(own.log).toHaveLength(1)
  })

  it('looks into files for times without a zone, imports nothing of them, and reads a time in a zone', async () => {
    await create()
    const path = join(own.folder, 'local.jsonl')
    await writeFile(path, trail(1).replace(/(T\d\d:\d\d:\d\d)Z/, '$1'))
    const source = own.sources.add(path).ref
    const asked = await own.client.call('import.zones', { sources: [source] })
    expect(asked).toMatchObject({
      unzoned: [{ format: 'cloudtrail', files: 1, fileNames: ['local.jsonl'], earlier: null }],
      abbreviations: [],
    })
    expect(await own.client.call('import.sources', {})).toEqual([])
    const localUs = asked.unzoned[0]?.localUs ?? 0
    expect(await own.client.call('import.timeIn', { zone: '+01:00', localUs })).toEqual({
      us: localUs - 3_600_000_000,
      ambiguous: false,
      problem: null,
    })
    expect((await own.client.call('import.timeIn', { zone: 'Berlni', localUs })).problem).toContain('Europe/Berlin')
    await own.client.call('import.start', { sources: [source], formatZones: { cloudtrail: '+01:00' } })
    const [account] = await own.client.call('import.sources', {})
    expect(account?.zones).toMatchObject({ timeZone: '+01:00', assumed: 1 })
    expect((await own.client.call('import.zones', { sources: [source] })).unzoned).toMatchObject([
      { earlier: '+01:00' },
    ])
  })

  it('imports with progress, accounts for every record, and pages what it kept', async () => {
    await create()
    const path = join(own.folder, 'trail.jsonl')
    await writeFile(path, `${trail()}this line is no record\n`)
    const phases = new Set<string>()
    const { totals, files } = await own.client.call(
      'import.start',
      { sources: [own.sources.add(path).ref] },
      { onProgress: ({ phase }) => phases.add(phase) },
    )
    expect(totals).toMatchObject({ files: 1, read: 6, kept: 5, rejected: 1, access_event: 5 })
    expect(files[0]).toMatchObject({ name: 'trail.jsonl', status: 'partial', formats: ['cloudtrail'] })
    expect(JSON.stringify(files)).not.toContain(own.folder)
    expect(phases.size).toBeGreaterThan(0)
    const page = await own.client.call('events.page', { limit: 3 })
    expect([page.rows.length, page.more]).toEqual([3, true])
    const { count } = await own.client.call('events.count', { scope: { filter: 'outcome:denied' } })
    expect(count).toBe(1)
  })

  it('cancels an import and leaves the case as it was', async () => {
    await create()
    const path = join(own.folder, 'large.jsonl')
    await writeFile(path, trail(50_000))
    const abort = new AbortController()
    const call = own.client.call(
      'import.start',
      { sources: [own.sources.add(path).ref] },
      { signal: abort.signal, onProgress: () => abort.abort() },
    )
    expect((await failure(call)).code).toBe('cancelled')
    expect(await own.client.call('import.sources', {})).toEqual([])
    expect((await own.client.call('events.page', {})).rows).toEqual([])
  })

  it('puts no path of this machine into an error', async () => {
    await create()
    const missing = own.sources.add(join(own.folder, 'missing.json'))
    const outcome = await own.client.call('import.start', { sources: [missing.ref] }).then(JSON.stringify, String)
    expect(outcome).not.toContain(own.folder)
  })
})
