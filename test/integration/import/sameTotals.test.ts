/** The same evidence gives the same totals and the same events, however it is wrapped and handed over. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sql } from '../../../src/engine/db/sql'
import { SliceIndex } from '../../../src/engine/import/framing/sliceIndex'
import { importSources } from '../../../src/engine/import/import'
import { bzip2Of, type Entries, tarOf, zipOf } from '../../support/archives'
import { hasSharedData, sharedData, sharedDataNotice } from '../../support/sharedData'
import { tempCase } from '../../support/tempCase'
import { signIn, startRig, upload } from '../../unit/server/rig'
import { call } from '../robustness/rig'

const RecordsFile = z.object({ Records: z.array(z.json()) })
const Uploaded = z.object({ ref: z.string() })

/** A way to hand the files over: what is written into the folder, or the paths to import. */
type Form = (folder: string, files: Entries) => Promise<readonly string[]>

/** Each record as it is written, digit for digit. */
const linesOf = (files: Entries): string =>
  files
    .flatMap(([, content]) => {
      const text = String(content)
      const index = new SliceIndex(text)
      return RecordsFile.parse(JSON.parse(text)).Records.map((_, n) => {
        const slice = index.find(['Records', String(n)])
        return text.slice(slice?.start, slice?.end)
      })
    })
    .join('\n')

const one =
  (name: string, content: (files: Entries) => string | Uint8Array | Promise<Uint8Array>): Form =>
  async (folder, files) => {
    await writeFile(join(folder, name), await content(files))
    return [join(folder, name)]
  }

const asFiles: Form = async (folder, files) => {
  for (const [name, content] of files) await writeFile(join(folder, name), content)
  return [folder]
}

const inHalves = (files: Entries) => [files.slice(0, files.length / 2), files.slice(files.length / 2)] as const

const uploaded: Form = async (folder, files) => {
  const host = await startRig()
  try {
    const cookie = await signIn(host)
    const paths: string[] = []
    for (const [name, content] of files) {
      const response = await upload(host, cookie, name, new Uint8Array(Buffer.from(content)))
      const { ref } = Uploaded.parse(await response.json())
      const path = join(folder, name)
      // Uploads go away with their host; the bytes that arrived are what counts.
      await writeFile(path, await readFile(host.sources.resolve(ref) ?? ''))
      paths.push(path)
    }
    return paths
  } finally {
    await host.server.close()
    await rm(host.folder, { recursive: true, force: true })
  }
}

const forms: Readonly<Record<string, Form>> = {
  'one JSON-lines file': one('all.jsonl', linesOf),
  'one gzip of lines': one('all.jsonl.gz', (files) => gzipSync(linesOf(files))),
  'one Records file': one('all.json', (files) => `{"Records":[${linesOf(files).replaceAll('\n', ',')}]}`),
  'each file a gzip': async (folder, files) =>
    asFiles(
      folder,
      files.map(([name, content]) => [`${name}.gz`, gzipSync(content)]),
    ),
  'a gzip of as many members': one('all.gz', (files) =>
    Buffer.concat(files.map(([, content]) => gzipSync(`${content}\n`))),
  ),
  'a zip': one('all.zip', zipOf),
  'a tar': one('all.tar', tarOf),
  'a tar.gz': one('all.tar.gz', async (files) => gzipSync(await tarOf(files))),
  'a zip of gzips': one('gz.zip', (files) => zipOf(files.map(([name, content]) => [`${name}.gz`, gzipSync(content)]))),
  'a folder with a zip and a tar.gz in subfolders': async (folder, files) => {
    const [first, second] = inHalves(files)
    await mkdir(join(folder, 'a', 'b'), { recursive: true })
    await writeFile(join(folder, 'a', 'first.zip'), await zipOf(first))
    await writeFile(join(folder, 'a', 'b', 'second.tar.gz'), gzipSync(await tarOf(second)))
    return [folder]
  },
  'a zip in a zip': one('outer.zip', async (files) => zipOf([['inner.zip', await zipOf(files)]])),
  uploads: uploaded,
}

/** Totals without what depends on the wrapping, and every event as it is, without ids and places. */
async function outcome(form: Form, files: Entries, times = 1) {
  const own = await tempCase()
  const folder = await mkdtemp(join(tmpdir(), 'crosstrail-same-'))
  try {
    const paths = await form(folder, files)
    const results = []
    for (let time = 0; time < times; time++) results.push(await importSources(own.session, { paths }))
    for (const { records } of results.flatMap((result) => result.files))
      expect(records.kept + records.duplicate + records.skipped + records.rejected).toBe(records.read)
    const events = await own.session.db.rows(sql`
      SELECT * EXCLUDE (event_id, seq, import_id, member, line, byte_offset, byte_length, record_no)
      FROM access_event ORDER BY source_event_id, raw`)
    return { totals: results.map(({ totals: { files: _, ...rest } }) => rest), events }
  } finally {
    await own.remove()
    await rm(folder, { recursive: true, force: true })
  }
}

function suite(read: () => Promise<Entries>, count: number) {
  it('in every form', async () => {
    const files = await read()
    const plain = await outcome(asFiles, files)
    expect(plain.totals).toMatchObject([{ read: count, kept: count, duplicate: 0, rejected: 0 }])
    for (const [name, form] of Object.entries(forms)) {
      const other = await outcome(form, files)
      expect(other.totals, name).toEqual(plain.totals)
      expect(other.events, name).toEqual(plain.events)
    }
    const text = linesOf(files)
    const packed = bzip2Of(text)
    if (packed !== undefined)
      expect(
        await outcome(
          one('all.bz2', () => packed),
          files,
        ),
      ).toEqual(plain)
  }, 180_000)

  it('given twice, in the same form or in another, adds nothing', async () => {
    const files = await read()
    const plain = await outcome(asFiles, files)
    const twice = await outcome(asFiles, files, 2)
    expect(twice.totals[1]).toMatchObject({ read: count, kept: 0, duplicate: count, access_event: 0 })
    expect(twice.events).toEqual(plain.events)
    const both: Form = async (folder, given) => [
      ...(await asFiles(folder, given)),
      ...(await one('all.zip', zipOf)(await mkdtemp(join(folder, 'z-')), given)),
    ]
    const mixed = await outcome(both, files)
    expect(mixed.events).toEqual(plain.events)
  }, 60_000)
}

describe('evidence made for this test', () => {
  suite(async () => {
    const files: [string, string][] = []
    for (let file = 0; file < 12; file++) {
      const records = Array.from({ length: 25 }, (_, n) =>
        call({
          eventID: `00000000-0000-4000-9000-${String(file * 25 + n).padStart(12, '0')}`,
          requestID: `S${file}-${n}`,
          eventTime: `2026-01-02T03:${String(file).padStart(2, '0')}:${String(n).padStart(2, '0')}Z`,
          userAgent: `ünï ☂ ${n}`,
          ...(n % 7 === 0 ? { errorCode: 'AccessDenied', errorMessage: 'not "you"' } : {}),
        }),
      )
      files.push([`part-${String(file).padStart(2, '0')}.json`, JSON.stringify({ Records: records })])
    }
    return files
  }, 300)
})

describe.skipIf(!hasSharedData)(`44 files of a real account${sharedDataNotice}`, () => {
  suite(async () => {
    const folder = sharedData('aws-cloudtrail', 'invictus-aws-dataset')
    const names = (await readdir(folder)).sort()
    return Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const))
  }, 2274)
})
