import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sql } from '../../../src/engine/db/sql'
import { buildModel } from '../../../src/engine/report/collect'
import { toDocument } from '../../../src/engine/report/document'
import { inert } from '../../../src/engine/report/inert'
import type { Figure } from '../../../src/engine/report/model'
import { openFonts } from '../../../src/engine/report/print/fonts'
import { glyphs } from '../../../src/engine/report/print/glyphs'
import { typstJob } from '../../../src/engine/report/print/pdf'
import { compileTypst, type TypstJob } from '../../../src/engine/report/print/typst'
import {
  emptyCase,
  insertEvent,
  insertNote,
  ordersCase,
  type ReportCase,
  reportAt,
  resourcesFolder,
} from '../../support/reportCase'
import { hasSharedData, sharedData, sharedDataNotice } from '../../support/sharedData'

const hasTools = ['qpdf', 'pdftotext', 'pdfinfo'].every((tool) => spawnSync(tool, ['--version']).error === undefined)
const toolsNotice = hasTools ? '' : ' (skipped: qpdf or poppler is not installed)'

const figure: Figure = {
  id: 'timeline',
  title: 'Timeline',
  caption: 'Events by source.',
  alt: 'Bars over time',
  svg: '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="60" viewBox="0 0 400 60"><rect x="10" y="10" width="90" height="30" fill="#3366cc"/><text x="10" y="55" font-family="Noto Sans" font-size="10">03:04</text></svg>',
}

async function jobOf(report: ReportCase, title?: string): Promise<TypstJob> {
  const model = await buildModel(report.session, {
    title,
    at: reportAt,
    timeZone: 'UTC',
    figures: async () => [figure],
    signal: new AbortController().signal,
    onStep: () => undefined,
  })
  return typstJob(toDocument(model), resourcesFolder)
}

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crosstrail-pdf-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function saved(name: string, pdf: Uint8Array): Promise<string> {
  const path = join(folder, name)
  await writeFile(path, pdf)
  return path
}

const textOf = (path: string) =>
  execFileSync('pdftotext', ['-raw', path, '-'], {
    encoding: 'utf8',
    maxBuffer: 1e9,
    stdio: ['ignore', 'pipe', 'ignore'],
  })

/** All objects of the file, in plain text. */
async function plainObjects(path: string): Promise<string> {
  execFileSync('qpdf', ['--qdf', '--object-streams=disable', path, `${path}.plain`])
  return (await readFile(`${path}.plain`)).toString('latin1')
}

/** Only letters and signs: line and page breaks fall anywhere. */
const squeezed = (text: string) => text.replace(/\s+/g, '')

describe('a PDF report', () => {
  let report: ReportCase
  let job: TypstJob
  beforeAll(async () => {
    report = await ordersCase()
    job = await jobOf(report)
  })
  afterAll(() => report.close())

  it('compiles without a warning, and twice to the same bytes', async () => {
    const first = await compileTypst(job)
    const second = await compileTypst(job)
    expect(first.warnings).toEqual([])
    expect(first.pages).toBeGreaterThan(3)
    expect(Buffer.from(first.pdf).equals(Buffer.from(second.pdf))).toBe(true)
  })

  it('compiles the same pages with the other back end, without a warning', async () => {
    const native = await compileTypst(job)
    const wasm = await compileTypst({ ...job, backend: 'wasm' })
    expect(wasm.warnings).toEqual([])
    expect(wasm.backend).toBe('wasm')
    expect(wasm.pages).toBe(native.pages)
  })

  it.skipIf(!hasTools)(`is sound, tagged, titled and dated${toolsNotice}`, async () => {
    const path = await saved('orders.pdf', (await compileTypst(job)).pdf)
    expect(execFileSync('qpdf', ['--check', path], { encoding: 'utf8' })).toContain(
      'No syntax or stream encoding errors',
    )
    const info = execFileSync('pdfinfo', [path], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, TZ: 'UTC' },
    })
    expect(info).toMatch(/Title: +Report on Orders incident/)
    expect(info).toMatch(/Tagged: +yes/)
    expect(info).toMatch(/CreationDate: +Sun Jan +4 12:00:00 2026/)
    const objects = await plainObjects(path)
    expect(objects).toContain('/Outlines')
    expect(objects).toContain('/Lang (en)')
    expect(objects).toContain('<pdfuaid:part>1</pdfuaid:part>')
  })

  it.skipIf(!hasTools)(`says what happened and proves it${toolsNotice}`, async () => {
    const path = await saved('orders-text.pdf', (await compileTypst(job)).pdf)
    const text = squeezed(textOf(path))
    for (const expected of [
      'Page 1 of 6',
      'What happened, in order',
      '1. GetObject',
      'arn:aws:iam::123456789012:user/alice',
      '203[.]0[.]113[.]7',
      'hxxps://evil[.]example[.]com/',
      'First try to read the export.',
      '#initial-access',
      'The request id R1 is equal.',
      'trail/2026-01-02.json.gz, line 2, byte 800, 380 bytes',
      'The record is no JSON object.',
      report.session.journal.head,
      '1'.repeat(64),
    ])
      expect(text).toContain(squeezed(expected))
    expect(text).not.toContain('203.0.113.7')
  })

  it.skipIf(!hasTools)(`draws figures as lines, not as pixels${toolsNotice}`, async () => {
    const objects = await plainObjects(await saved('orders-figure.pdf', (await compileTypst(job)).pdf))
    expect(objects).not.toContain('/Subtype /Image')
  })
})

describe('hostile text in a PDF report', () => {
  const strings = hasSharedData
    ? z
        .array(z.string())
        .parse(JSON.parse(readFileSync(sharedData('hostile', 'big-list-of-naughty-strings', 'blns.json'), 'utf8')))
    : [
        '#import "x"',
        '\\',
        '$x$',
        '\u202eevil',
        '<script>',
        'a\u0000b',
        'é'.repeat(300),
        '\u{1f469}\u200d\u{1f4bb}',
        '[',
        '*_`@<>',
      ]

  it(`is shown as text in title, notes, tags and every field${sharedDataNotice}`, { timeout: 300_000 }, async () => {
    const report = await emptyCase('#panic("title") \u202e עברית 中文')
    await report.run(sql`
        INSERT INTO source_file VALUES (1, 1, '#panic("file")', ${'a'.repeat(64)}, 1, ['json("x")'], 'imported', 1, 1, 0,
          0, 0, 1, 0, 0, 0, NULL, NULL, [], '{}', 'crosstrail/test', NULL)`)
    const used = strings.filter((text) => text !== '' && text.isWellFormed()).slice(0, 300)
    // One transaction's worth of rows is not what is tested here: fewer events with more in each.
    for (const [index, text] of used.entries()) {
      if (index % 3 === 0)
        await insertEvent(
          report,
          {
            id: `${index + 1}`,
            ts: '2026-01-02 03:04:05',
            action: text,
            outcome: index % 2 === 0 ? text : 'denied',
            actor: text,
            ip: used[index + 1] ?? text,
            resource: used[index + 2] ?? text,
            agent: text,
            reason: text,
            raw: text,
          },
          index + 1,
        )
      await insertNote(report, `n${index}`, { kind: 'event', id: `${index - (index % 3) + 1}` }, text, [text])
    }
    const job = await jobOf(report, strings[7])
    await report.close()
    const output = await compileTypst(job)
    expect(output.warnings).toEqual([])
    if (!hasTools) return
    const path = await saved('hostile.pdf', output.pdf)
    expect(execFileSync('qpdf', ['--check', path], { encoding: 'utf8' })).toContain(
      'No syntax or stream encoding errors',
    )
    const objects = await plainObjects(path)
    for (const active of [
      '/JavaScript',
      '/JS ',
      '/OpenAction',
      '/AA ',
      '/Launch',
      '/EmbeddedFile',
      '/URI',
      '/SubmitForm',
      '/RichMedia',
    ])
      expect(objects.includes(active), active).toBe(false)
    const text = squeezed(textOf(path))
    const signs = glyphs(openFonts(resourcesFolder))
    // Poppler gives right-to-left and composed text in another order: plain text is compared.
    const plain = used
      .map((item) => signs.drawable(inert(item, { lines: true })))
      .filter((item) => /^[\x20-\x7e\n]+$/.test(item))
    expect(plain.length).toBeGreaterThan(5)
    for (const item of plain) expect(text, item).toContain(squeezed(item))
  })
})
