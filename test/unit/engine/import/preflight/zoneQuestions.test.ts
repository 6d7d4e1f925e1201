import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { earlierAnswers } from '../../../../../src/engine/import/preflight/earlierAnswers'
import { zoneQuestions } from '../../../../../src/engine/import/preflight/zoneQuestions'

const pg = (time: string) =>
  `${time} [7] app@shop LOG:  AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.card,select * from card,<none>`
const pgLine = (time: string) => pg(time).replace('[7] app@shop', '[7] user=app,db=shop,app=psql,client=10.0.0.1')
const okta = (published: string) =>
  JSON.stringify({
    uuid: '00000000-0000-0000-0000-000000000001',
    published,
    eventType: 'user.session.start',
    version: '0',
    severity: 'INFO',
    displayMessage: 'User login to Okta',
    actor: { id: '00u1', type: 'User', alternateId: 'alice@example.com', displayName: 'alice' },
    client: { ipAddress: '192.0.2.1' },
    outcome: { result: 'SUCCESS' },
    target: [],
  })

const nothing = earlierAnswers([])

describe('what an import has to ask about zones', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crosstrail-test-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const put = async (name: string, content: string | Buffer) => {
    await writeFile(join(folder, name), content)
    return join(folder, name)
  }
  const ask = (paths: readonly string[], earlier = nothing) => zoneQuestions({ paths, earlier })

  it('is nothing where every time says what it means', async () => {
    const paths = [
      await put('a.json', okta('2026-01-02T03:04:05.000Z')),
      await put('b.log', pgLine('2026-01-02 03:04:05.000 UTC')),
      await put('c.log', pgLine('2026-01-02 03:04:05.000 CET')),
      await put('notes.txt', 'This is no log at all.'),
      await put('empty', ''),
    ]
    expect(await ask(paths)).toEqual({ unzoned: [], abbreviations: [], lookedAt: 5, files: 5 })
  })

  it('is one question for each format, with an example and the files', async () => {
    await put('a.json', okta('2026-01-02T03:04:05.000'))
    await put('b.json.gz', gzipSync(okta('2026-02-02T03:04:05.000')))
    await put('c.log', pgLine('2026-03-02 03:04:05.000 UTC'))
    const { unzoned, abbreviations } = await ask([folder])
    expect(abbreviations).toEqual([])
    expect(unzoned).toMatchObject([
      {
        format: 'okta',
        time: '2026-01-02T03:04:05.000',
        localUs: Date.UTC(2026, 0, 2, 3, 4, 5) * 1000,
        files: 2,
        fileNames: ['a.json', 'b.json.gz'],
        earlier: null,
      },
    ])
    expect(unzoned[0]?.line).toContain('"published":"2026-01-02T03:04:05.000"')
  })

  it('is one question for each abbreviation that means several zones or is unknown', async () => {
    const path = await put(
      'a.log',
      ['2026-01-15 12:00:00.000 IST', '2026-01-15 12:00:01.000 IST', '2026-01-15 12:00:02.000 QXT']
        .map(pgLine)
        .join('\n'),
    )
    const { unzoned, abbreviations } = await ask([path])
    expect(unzoned).toEqual([])
    expect(abbreviations).toMatchObject([
      {
        name: 'IST',
        files: 1,
        time: '2026-01-15 12:00:00.000 IST',
        readings: [{ zone: 'Asia/Kolkata' }, { zone: 'Europe/Dublin' }, { zone: 'Asia/Jerusalem' }],
      },
      { name: 'QXT', readings: [] },
    ])
    for (const { time, line } of abbreviations) expect(line).toContain(time)
  })

  it('looks into the beginning only, and into files of each kind of name where there are many', async () => {
    await mkdir(join(folder, 'many'))
    for (let index = 0; index < 450; index++) await put(`many/part-${index}.json`, okta('2026-01-02T03:04:05.000Z'))
    await put('many/zzz.json', okta('2026-01-02T03:04:05.000'))
    const { unzoned, lookedAt, files } = await ask([join(folder, 'many')])
    expect([lookedAt, files]).toEqual([400, 451])
    expect(unzoned).toMatchObject([{ format: 'okta', fileNames: ['zzz.json'] }])
  })

  it('passes over what cannot be read, and stops when it is called off', async () => {
    const broken = await put('broken.gz', gzipSync(okta('2026-01-02T03:04:05.000')).subarray(0, 60))
    const whole = await put('whole.json', okta('2026-01-02T03:04:05.000'))
    expect((await ask([broken, whole])).unzoned).toMatchObject([{ format: 'okta' }])
    const abort = new AbortController()
    abort.abort()
    await expect(zoneQuestions({ paths: [whole], earlier: nothing, signal: abort.signal })).rejects.toMatchObject({
      code: 'cancelled',
    })
    await expect(ask([join(folder, 'gone.json')])).rejects.toMatchObject({ code: 'not-found' })
  })

  it('tells what the case was told before: the last answer of each kind', async () => {
    const begin = (options: Readonly<Record<string, unknown>>, seq: number) => ({
      v: 1 as const,
      seq,
      prev: '',
      at: '',
      actor: '',
      tool: '',
      op: 'import.begin',
      args: { import: seq, options },
      hash: '',
    })
    const earlier = earlierAnswers([
      begin({ timeZone: 'UTC', zoneNames: { IST: 'Asia/Jerusalem' }, formatZones: { okta: '+02:00' } }, 1),
      begin({ timeZone: null, zoneNames: { IST: 'Asia/Kolkata' }, formatZones: { pgaudit: '+03:00' } }, 2),
    ])
    const paths = [
      await put('a.json', okta('2026-01-02T03:04:05.000')),
      await put('a.log', pgLine('2026-01-15 12:00:00.000 IST')),
    ]
    const asked = await ask(paths, earlier)
    expect(asked.unzoned.map((one) => one.earlier)).toEqual(['+02:00'])
    expect(asked.abbreviations.map((one) => one.earlier)).toEqual(['Asia/Kolkata'])
    const later = earlierAnswers([begin({ formatZones: { okta: '+02:00' } }, 1), begin({ timeZone: '+05:30' }, 2)])
    expect((await ask(paths, later)).unzoned.map((one) => one.earlier)).toEqual(['+05:30'])
  })
})
