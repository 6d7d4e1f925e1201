import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { pack } from 'tar-stream'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ZipFile } from 'yazl'
import { sql } from '../../../src/engine/db/sql'
import { type ImportOptions, importSources } from '../../../src/engine/import/import'
import { type TempCase, tempCase } from '../../support/tempCase'

const event = (number: number) => ({
  eventVersion: '1.08',
  userIdentity: {
    type: 'IAMUser',
    arn: `arn:aws:iam::111122223333:user/u${number % 7}`,
    accountId: '111122223333',
    userName: `u${number % 7}`,
  },
  eventTime: `2026-01-02T03:${String(number % 60).padStart(2, '0')}:05Z`,
  eventSource: 's3.amazonaws.com',
  eventName: number % 5 === 0 ? 'PutObject' : 'GetObject',
  awsRegion: 'eu-central-1',
  sourceIPAddress: '198.51.100.7',
  requestID: `R${number}`,
  eventID: `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
})
const records = (from: number, count: number) =>
  JSON.stringify({ Records: Array.from({ length: count }, (_, index) => event(from + index)) })
const lines = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => JSON.stringify(event(from + index))).join('\n')

async function zipOf(members: Readonly<Record<string, Buffer | string>>): Promise<Buffer> {
  const zip = new ZipFile()
  for (const [name, content] of Object.entries(members)) zip.addBuffer(Buffer.from(content), name)
  zip.end()
  return buffer(zip.outputStream)
}

async function tarOf(members: Readonly<Record<string, string>>, links: readonly string[] = []): Promise<Buffer> {
  const tar = pack()
  for (const [name, content] of Object.entries(members)) tar.entry({ name }, content)
  for (const name of links) tar.entry({ name, type: 'symlink', linkname: '/etc/passwd' })
  tar.finalize()
  return buffer(tar)
}

describe('containers', () => {
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

  const put = async (name: string, content: Buffer | string) => {
    await writeFile(join(folder, name), content)
    return join(folder, name)
  }
  const load = async (path: string, options: Partial<ImportOptions> = {}) => {
    const result = await importSources(temp.session, { paths: [path], ...options })
    for (const { records: r } of result.files) expect(r.kept + r.duplicate + r.skipped + r.rejected).toBe(r.read)
    return result
  }
  const eventRows = () =>
    temp.session.db.rows(
      sql`SELECT * EXCLUDE (event_id, seq, import_id, member, line, byte_offset, byte_length, record_no) FROM access_event ORDER BY source_event_id`,
    )

  it('gives the same events from one file, many files, gz, zip, tar.gz, JSON lines, UTF-16 and one envelope in another', async () => {
    const halves = { 'a.json': records(0, 60), 'b.json': records(60, 60) }
    const variants: (() => Promise<string>)[] = [
      () => put('one.json', records(0, 120)),
      () => put('lines.jsonl', lines(0, 120)),
      () => put('pretty.json', JSON.stringify(JSON.parse(records(0, 120)), null, 2)),
      () => put('one.json.gz', gzipSync(records(0, 120))),
      () => put('two-members.gz', Buffer.concat([gzipSync(`${lines(0, 60)}\n`), gzipSync(lines(60, 60))])),
      async () => put('both.zip', await zipOf(halves)),
      async () =>
        put('gz-in.zip', await zipOf({ 'x/a.json.gz': gzipSync(halves['a.json']), 'x/b.json': halves['b.json'] })),
      async () => put('both.tar', await tarOf(halves)),
      async () => put('both.tar.gz', gzipSync(await tarOf(halves))),
      () => put('utf16.json', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(records(0, 120), 'utf16le')])),
      () => put('bom.json', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(records(0, 120))])),
      async () => {
        await mkdir(join(folder, 'many'))
        for (let index = 0; index < 12; index++) await put(`many/${index}.json`, records(index * 10, 10))
        return join(folder, 'many')
      },
    ]
    const first = await load(await (variants[0] ?? (() => Promise.reject()))())
    expect(first.totals).toMatchObject({ read: 120, kept: 120, access_event: 120 })
    const rows = await eventRows()
    for (const variant of variants.slice(1)) {
      const path = await variant()
      const result = await load(path)
      expect([path, result.totals.kept, result.totals.duplicate, result.totals.rejected]).toEqual([path, 0, 120, 0])
      await temp.remove()
      temp = await tempCase()
      expect((await load(path)).totals).toMatchObject({ read: 120, kept: 120, rejected: 0 })
      expect((await eventRows()).map(({ raw: _, ...row }) => row)).toEqual(rows.map(({ raw: _, ...row }) => row))
    }
  })

  it('keeps what is whole of a cut gzip and says where it is cut', async () => {
    const whole = gzipSync(lines(0, 200))
    const result = await load(await put('cut.gz', whole.subarray(0, whole.length - 40)))
    expect(result.files[0]?.status).toBe('partial')
    expect(result.totals.kept).toBeGreaterThan(100)
    expect(result.totals.kept).toBeLessThan(200)
    expect(result.files[0]?.rejects.map(({ reason }) => reason).join('\n')).toContain('cut off')
  })

  it('says that a gzip is damaged, or that other bytes follow it', async () => {
    const good = gzipSync(lines(0, 50))
    const damaged = Buffer.from(good)
    damaged[good.length - 6] = (damaged[good.length - 6] ?? 0) ^ 0xff
    const first = await load(await put('crc.gz', damaged))
    expect(first.files[0]).toMatchObject({
      status: 'partial',
      rejects: [{ reason: expect.stringContaining('damaged') }],
    })
    const second = await load(await put('tail.gz', Buffer.concat([good, Buffer.from('xx not gzip')])))
    expect(second.files[0]?.rejects[0]?.reason).toContain('after the end')
  })

  it('keeps what is whole of a cut JSON document', async () => {
    const text = records(0, 20)
    const result = await load(await put('cut.json', text.slice(0, text.length - 300)))
    expect(result.files[0]).toMatchObject({ status: 'partial', records: { read: 20, kept: 19, rejected: 1 } })
    expect(result.files[0]?.rejects[0]).toMatchObject({ reason: expect.stringContaining('ends inside'), line: 1 })
  })

  it('writes nothing outside of the case, whatever an archive calls its entries', async () => {
    const names = [
      '../../escape.json',
      '/absolute.json',
      'C:\\drive.json',
      '\\\\host\\share.json',
      'a/../../b.json',
      'x%2e%2e%2fy.json',
    ]
    const members = Object.fromEntries(names.map((name, index) => [name, records(index, 1)]))
    await load(await put('names.tar', await tarOf(members, ['link', '../link2'])))
    expect((await temp.session.db.rows(sql`SELECT DISTINCT member FROM access_event`)).length).toBe(names.length)
    expect(await readdir(folder)).toEqual(['names.tar'])
    expect((await readdir(join(folder, '..'))).filter((name) => name.includes('escape') || name === 'b.json')).toEqual(
      [],
    )
  })

  it('lists and skips links and devices', async () => {
    const result = await load(await put('links.tar', await tarOf({ 'a.json': records(0, 3) }, ['l1', 'l2'])))
    expect(result.totals).toMatchObject({ read: 5, kept: 3, skipped: 2 })
    await symlink('/dev/zero', join(folder, 'zero'))
    expect((await load(folder)).files.find(({ name }) => name === 'zero')).toMatchObject({
      status: 'skipped',
      limits: ['not read: a link'],
    })
    await expect(importSources(temp.session, { paths: [join(folder, 'zero')] })).rejects.toMatchObject({
      code: 'input.refused',
    })
  })

  it('stops a bomb at the limit and names it', async () => {
    const bomb = gzipSync(`${lines(0, 10)}\n${' '.repeat(90 * 2 ** 20)}`, { level: 9 })
    const result = await load(await put('bomb.gz', bomb))
    expect(result.files[0]?.limits.join()).toContain('200 times')
    expect(result.files[0]).toMatchObject({ status: 'partial', records: { kept: 10, rejected: 1 } })
  })

  it('refuses archives nested too deep, and packings that it does not read, with the reason', async () => {
    const inner = await zipOf({ 'a.json': records(0, 1) })
    const deep = await zipOf({ 'two.zip': await zipOf({ 'one.zip': inner }), 'ok.json': records(5, 1) })
    const result = await load(await put('deep.zip', deep))
    expect(result.files[0]?.rejects[0]?.reason).toContain('nested deeper')
    expect(result.totals.kept).toBe(1)
    const xz = await load(await put('x.xz', Buffer.concat([Buffer.from('fd377a585a00', 'hex'), randomBytes(50)])))
    expect(xz.files[0]).toMatchObject({ status: 'refused', rejects: [{ reason: expect.stringContaining('xz') }] })
  })

  it('refuses an unknown file with its best guess and goes on with the others', async () => {
    await put('a.json', records(0, 4))
    await put('b.bin', Buffer.concat([Buffer.from('['), randomBytes(5000)]))
    await put('c.txt', 'Dear diary,\ntoday nothing was logged.\n')
    await put('d.json', '{"some":"thing","else":1}\n')
    await put('e.json', '')
    const result = await load(folder)
    expect(result.files.map(({ name, status }) => [name, status])).toEqual([
      ['a.json', 'imported'],
      ['b.bin', 'refused'],
      ['c.txt', 'refused'],
      ['d.json', 'refused'],
      ['e.json', 'skipped'],
    ])
    expect(result.files[1]?.rejects[0]?.reason).toContain('binary')
    expect(result.files[2]?.rejects[0]?.reason).toContain('Dear diary')
    expect(result.files[3]?.rejects[0]?.reason).toContain('some, else')
  })

  it('goes on after foreign lines between records', async () => {
    const text = `${lines(0, 3)}\n--- exported by a tool ---\n{"broken": \n${lines(3, 3)}\n`
    const result = await load(await put('mixed.jsonl', text))
    expect(result.files[0]).toMatchObject({ status: 'partial', records: { kept: 6, rejected: 2 } })
    expect(result.files[0]?.rejects.map(({ line }) => line)).toEqual([4, 5])
  })

  it('keeps finished files when it is cancelled and loses nothing when it is run again', async () => {
    // Enough that the import is not over before the first report of progress.
    for (let index = 0; index < 40; index++) await put(`${index}.json`, records(index * 400, 400))
    const controller = new AbortController()
    await expect(
      importSources(temp.session, {
        paths: [folder],
        signal: controller.signal,
        onProgress: ({ filesDone }) => {
          if (filesDone >= 1) controller.abort()
        },
      }),
    ).rejects.toMatchObject({ code: 'cancelled' })
    const [{ n } = { n: 0 }] = await temp.session.db.rows(sql`SELECT count(*) AS n FROM access_event`)
    expect(Number(n) % 400).toBe(0)
    expect(Number(n)).toBeLessThan(16_000)
    const again = await load(folder)
    expect(again.totals.kept + again.totals.duplicate).toBe(16_000)
    expect(await temp.session.db.rows(sql`SELECT count(*) AS n FROM access_event`)).toEqual([{ n: 16_000 }])
  })

  it('keeps two different records with one event id, and one of two equal ones', async () => {
    const other = { ...event(1), eventName: 'DeleteObject' }
    const text = [event(1), event(1), other].map((item) => JSON.stringify(item)).join('\n')
    expect((await load(await put('same.jsonl', text))).totals).toMatchObject({ read: 3, kept: 2, duplicate: 1 })
  })
})
