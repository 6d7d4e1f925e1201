/** For each way in which a record can be wrapped: the bytes at its place are what is shown as the record. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { csvLine } from '../../../src/common/csv'
import { sql } from '../../../src/engine/db/sql'
import { findOriginal } from '../../../src/engine/evidence/original'
import { readMember } from '../../../src/engine/evidence/readMember'
import { importSources } from '../../../src/engine/import/import'
import { bzip2Of, tarOf, zipOf } from '../../support/archives'
import { type TempCase, tempCase } from '../../support/tempCase'
import { hexBytes, resourceSpans, span, str, tracesData } from '../../unit/engine/formats/otlp/wireSupport'
import { call } from '../robustness/rig'

let folder: string
let own: TempCase
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosstrail-bytes-'))
  own = await tempCase()
})
afterAll(async () => {
  await own.remove()
  await rm(folder, { recursive: true, force: true })
})

const Row = z.object({
  event_id: z.string(),
  raw: z.string(),
  sha256: z.string(),
  member: z.string().nullable(),
  line: z.number(),
  byte_offset: z.number(),
  byte_length: z.number(),
})

/** Imports the file and gives each event with the bytes at its place. */
async function shown(name: string, content: string | Uint8Array) {
  const path = join(folder, name)
  await writeFile(path, content)
  const { files } = await importSources(own.session, { paths: [path] })
  const [account] = files
  const rows = await own.session.db.all(
    Row,
    sql`SELECT CAST(event_id AS VARCHAR) AS event_id, raw, f.sha256, member, line, byte_offset, byte_length
      FROM access_event JOIN source_file f USING (import_id) WHERE f.sha256 = ${account?.sha256 ?? ''} ORDER BY seq`,
  )
  return Promise.all(
    rows.map(async (row) => {
      const { path: at } = await findOriginal(own.session.folder, row.sha256)
      const range = { member: row.member, offset: row.byte_offset, length: row.byte_length }
      const { bytes, encoding } = await readMember(at, range)
      return { ...row, bytes, encoding, account }
    }),
  )
}

let made = 0
/** Two calls with characters of one to four bytes in UTF-8. */
const calls = () =>
  [1, 2].map((n) => call({ requestID: `W${++made}`, userAgent: `tèst ☂ 🙂 ${n}`, errorMessage: `"quoted\\\r\n${n}` }))
const jsonLines = (end: string) =>
  `${calls()
    .map((item) => JSON.stringify(item))
    .join(end)}${end}`

const pgRow = (text: string, line: number) =>
  `2026-01-02 03:04:05.000 UTC,"alice","db",${100 + line},"192.0.2.7:5432",65a1b2c3.1,${line},"SELECT",2026-01-02 03:00:00 UTC,3/1,0,LOG,00000,"AUDIT: SESSION,${line},1,READ,SELECT,TABLE,public.t,""${text}"",<none>",,,,,,,,,"psql","client backend",,0`

describe('the bytes at the place of an event are its record', () => {
  it.each<readonly [string, () => string | Uint8Array | Promise<Uint8Array>, number]>([
    ['plain.jsonl', () => jsonLines('\n'), 2],
    ['crlf.jsonl', () => jsonLines('\r\n'), 2],
    ['bom.jsonl', () => `\ufeff${jsonLines('\n')}`, 2],
    ['bom-crlf.jsonl', () => `\ufeff${jsonLines('\r\n')}`, 2],
    ['gz.jsonl.gz', () => gzipSync(jsonLines('\n')), 2],
    ['two.jsonl.gz', () => Buffer.concat([gzipSync(jsonLines('\n')), gzipSync(jsonLines('\n'))]), 4],
    ['bom.gz', () => gzipSync(`\ufeff${jsonLines('\n')}`), 2],
    ['array.json', () => JSON.stringify(calls(), null, 2), 2],
    [
      'records.json',
      () =>
        `{ "Records" :\n[ ${calls()
          .map((item) => JSON.stringify(item))
          .join(' ,\n ')} ] }`,
      2,
    ],
    [
      'documents.json',
      () =>
        calls()
          .map((item) => JSON.stringify(item, null, 1))
          .join(''),
      2,
    ],
    [
      'zip.zip',
      () =>
        zipOf([
          ['a/x.json', jsonLines('\n')],
          ['b/x.json', JSON.stringify(calls())],
        ]),
      4,
    ],
    [
      'same-names.zip',
      () =>
        zipOf([
          ['x.json', jsonLines('\n')],
          ['x.json', JSON.stringify(calls())],
        ]),
      4,
    ],
    [
      'tar.tar',
      () =>
        tarOf([
          ['a/x.json', jsonLines('\n')],
          ['b/x.json', JSON.stringify(calls())],
        ]),
      4,
    ],
    [
      'same-names.tar',
      () =>
        tarOf([
          ['x.json', jsonLines('\n')],
          ['x.json', jsonLines('\n')],
        ]),
      4,
    ],
    ['tar.tar.gz', async () => gzipSync(await tarOf([['a/x.json', jsonLines('\n')]])), 2],
    ['gz-in-zip.zip', () => zipOf([['x.json.gz', gzipSync(jsonLines('\n'))]]), 2],
    [
      'envelope.json',
      () =>
        `${JSON.stringify({ version: '0', 'detail-type': 'AWS API Call via CloudTrail', source: 'aws.s3', note: '☂', detail: call() }, null, 2)}\n`,
      1,
    ],
    ['log.csv', () => `${pgRow('SELECT 1', 1)}\n${pgRow("SELECT '☂'\nFROM t", 2)}\n`, 2],
    ['log-crlf.csv', () => `${pgRow('SELECT 3', 3)}\r\n${pgRow("SELECT 'x'\r\nFROM t", 4)}\r\n`, 2],
  ])('%s', async (name, make, count) => {
    const events = await shown(name, await make())
    expect(events).toHaveLength(count)
    for (const { bytes, raw } of events) expect(bytes.toString('utf8')).toBe(raw)
    expect(new Set(events.map(({ event_id }) => event_id)).size).toBe(count)
  })

  it('bz2', async (context) => {
    const packed = bzip2Of(jsonLines('\n'))
    if (packed === undefined) return context.skip('this machine has no bzip2')
    const events = await shown('a.jsonl.bz2', packed)
    expect(events).toHaveLength(2)
    for (const { bytes, raw } of events) expect(bytes.toString('utf8')).toBe(raw)
  })

  it.each(['utf-16le', 'utf-16be'] as const)('%s, whose bytes are twice as many', async (encoding) => {
    const text = Buffer.from(`\ufeff${jsonLines('\r\n')}`, 'utf16le')
    const events = await shown(`${encoding}.jsonl`, encoding === 'utf-16le' ? text : text.swap16())
    expect(events).toHaveLength(2)
    for (const event of events) {
      expect(event.encoding).toBe(encoding)
      expect(new TextDecoder(encoding).decode(event.bytes)).toBe(event.raw)
    }
  })

  it('text in an envelope stands where what holds it stands', async () => {
    const inner = calls().map((item) => JSON.stringify(item))
    const logEvents = inner.map((message, id) => ({ id: String(id), timestamp: 1767323045000, message }))
    const envelope = { messageType: 'DATA_MESSAGE', logGroup: 'g', logStream: 's', logEvents }
    const events = await shown('cloudwatch.json', `\n${JSON.stringify(envelope)}\n`)
    expect(events.map(({ raw }) => raw)).toEqual(inner)
    events.forEach(({ bytes, raw, line }, index) => {
      expect(JSON.parse(bytes.toString('utf8'))).toEqual({ ...logEvents[index], message: raw })
      expect(line).toBe(2)
    })
  })

  it('CSV with a column of JSON: the row is where the record stands', async () => {
    const audit = (n: number) =>
      JSON.stringify({
        CreationTime: '2026-03-04T05:06:07',
        Id: `8d1e2b44-0000-4000-8000-00000000000${n}`,
        Operation: 'FileDownloaded',
        RecordType: 6,
        UserId: 'alice@example.com',
        UserType: 0,
        Workload: 'OneDrive',
        ObjectId: 'Plan "☂".docx',
      })
    const row = (n: number) => csvLine([`id-${n}`, '2026-03-04T05:06:07', 6, 'FileDownloaded', 'alice', audit(n)])
    const head = csvLine(['RecordId', 'CreationDate', 'RecordType', 'Operation', 'UserId', 'AuditData'])
    const events = await shown('audit.csv', `\ufeff${head}${row(1)}${row(2)}`)
    expect(events).toHaveLength(2)
    events.forEach(({ bytes, raw }, index) => {
      expect(bytes.toString('utf8')).toBe(row(index + 1).trimEnd())
      expect([audit(index + 1), bytes.toString('utf8')]).toContain(raw)
    })
  })

  it('plain log lines with CRLF inside a record keep them', async () => {
    const text =
      '2026-01-02 03:04:05.000 UTC [12] u@d/a LOG:  AUDIT: SESSION,1,1,READ,SELECT,,,"SELECT 1\r\n\tFROM t",<none>\r\n'
    const events = await shown('postgresql.log', `${text}${text.replace('05', '06')}`)
    expect(events.map(({ bytes }) => bytes.toString('utf8'))).toEqual([
      text.trimEnd(),
      text.replace('05', '06').trimEnd(),
    ])
    for (const { bytes, raw } of events) expect(raw).toBe(bytes.toString('utf8'))
  })

  it.each([
    ['one message', (request: Uint8Array) => request],
    [
      'messages with their length before them',
      (request: Uint8Array) => {
        const size = Buffer.alloc(4)
        size.writeUInt32BE(request.length)
        return Buffer.concat([size, request])
      },
    ],
  ])('protobuf, %s: the bytes are the span', async (name, frame) => {
    const spans = ['a1', 'b2'].map((id) => span(hexBytes(2, id.repeat(8)), str(5, `${name} ${id}`)))
    const path = join(folder, `${name}.pb`)
    await writeFile(path, frame(tracesData(resourceSpans(...spans))))
    const { files } = await importSources(own.session, { paths: [path] })
    const rows = await own.session.db.all(
      z.object({ byte_offset: z.number(), byte_length: z.number() }),
      sql`SELECT byte_offset, byte_length FROM span JOIN source_file f USING (import_id)
        WHERE f.sha256 = ${files[0]?.sha256 ?? ''} ORDER BY byte_offset`,
    )
    const bytes = await Promise.all(
      rows.map(({ byte_offset: offset, byte_length: length }) => readMember(path, { member: null, offset, length })),
    )
    expect(bytes.map((found) => Buffer.from(found.bytes).toString('hex'))).toEqual(
      spans.map((made) => Buffer.from(made).toString('hex')),
    )
  })
})

describe('bytes of a file', () => {
  it('are refused where the file has changed, and not found where it is gone or holds no such member', async () => {
    const path = join(folder, 'changing.jsonl')
    const [event] = await shown('changing.jsonl', jsonLines('\n'))
    const sha256 = event?.sha256 ?? ''
    await expect(readMember(path, { member: 'no such', offset: 0, length: 1 })).rejects.toMatchObject({
      code: 'not-found',
    })
    await writeFile(path, 'other bytes')
    await expect(findOriginal(own.session.folder, sha256)).rejects.toMatchObject({ code: 'source.unreadable' })
    await rm(path)
    await expect(findOriginal(own.session.folder, sha256)).rejects.toMatchObject({ code: 'not-found' })
  })

  it('are read from the copy of the case where the original is gone', async () => {
    const path = join(folder, 'copied.jsonl')
    const text = jsonLines('\n')
    await writeFile(path, text)
    const { files } = await importSources(own.session, { paths: [path], copy: true })
    await rm(path)
    const found = await findOriginal(own.session.folder, files[0]?.sha256 ?? '')
    expect(found.kind).toBe('copy')
    const { bytes, atEnd } = await readMember(found.path, { member: null, offset: 3, length: 1 << 20 })
    expect(bytes.toString('utf8')).toBe(Buffer.from(text).subarray(3).toString('utf8'))
    expect(atEnd).toBe(true)
  })

  it.each(['plain', 'packed'])('say where the member ends (%s)', async (kind) => {
    const text = 'x'.repeat(3_000_000)
    const path = join(folder, `ends-${kind}`)
    await writeFile(path, kind === 'packed' ? gzipSync(text) : text)
    const at = async (offset: number, length: number) => {
      const { bytes, atEnd } = await readMember(path, { member: null, offset, length })
      return [bytes.length, atEnd]
    }
    expect(await at(0, 10)).toEqual([10, false])
    expect(await at(2_999_990, 9)).toEqual([9, false])
    expect(await at(2_999_990, 10)).toEqual([10, true])
    expect(await at(2_999_990, 100)).toEqual([10, true])
    expect(await at(5_000_000, 10)).toEqual([0, true])
  })
})
