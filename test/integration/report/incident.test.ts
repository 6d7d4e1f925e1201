import { execFileSync, spawnSync } from 'node:child_process'
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Client } from '../../../src/contract'
import { createEngine, type Engine } from '../../../src/engine'
import { DownloadRegistry } from '../../../src/engine/host/downloads'
import { duration, elapsed, size } from '../../../src/engine/report/words'
import { inProcessClient } from '../../../src/rpc/inProcess'

const root = resolve(import.meta.dirname, '../../..')
const hasTools = ['pdftotext', 'pdfinfo'].every((tool) => spawnSync(tool, ['--version']).error === undefined)
const toolsNotice = hasTools ? '' : ' (skipped: poppler is not installed)'
const at = '2026-03-20T09:00:00Z'

const Rows = z.object({ rows: z.array(z.record(z.string(), z.string())) })

describe('the report of an incident of the sample', () => {
  let folder: string
  let engine: Engine
  let client: ReturnType<typeof inProcessClient>
  let incident: string
  const downloads = new DownloadRegistry()
  const call: Client['call'] = (name, params, options) => client.call(name, params, options)

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crosstrail-incident-'))
    engine = createEngine({
      host: 'test',
      nativeDialogs: false,
      actor: 'analyst',
      dataFolder: join(folder, 'data'),
      resourcesFolder: join(root, 'resources'),
      resolveSource: (ref) => ref,
      offered: [],
      uploads: false,
      offerDownload: (file) => downloads.offer(file),
      now: () => new Date(at),
    })
    client = inProcessClient(engine, { log: () => {} })
    await call('case.create', { title: 'Shop', ref: join(folder, 'shop.case') })
    await call('import.start', { sources: [join(root, 'resources/sample')] })
    incident = await makeIncident()
  }, 240_000)
  afterAll(async () => {
    client.close()
    await engine.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function events(where: string): Promise<string[]> {
    const text = `SELECT event_id::VARCHAR AS id FROM access_event WHERE ${where} ORDER BY ts, seq LIMIT 2`
    return Rows.parse(await call('sql.run', { sql: text, limit: 10 })).rows.map(({ id = '' }) => id)
  }

  async function makeIncident(): Promise<string> {
    const record = (id: string) => ({ kind: 'record' as const, target: { kind: 'event' as const, id } })
    const reads = await events("source = 'pgaudit' AND actor_name = 'analyst_ro'")
    const [change = ''] = await events("action = 'DetachRolePolicy'")
    const [refusal = ''] = await events("action = 'GetObject' AND outcome = 'denied'")
    const findings = [
      {
        title: 'Rows were read past the application',
        severity: 'high' as const,
        evidence: reads.map((id) => ({ about: record(id), text: 'no request behind it' })),
        alternatives: ['A planned maintenance: none was.'],
      },
      {
        title: 'A change of rights stopped a report',
        evidence: [change, refusal].map((id) => ({ about: record(id), text: '' })),
      },
      {
        title: 'Refusals of the day',
        severity: 'low' as const,
        evidence: [{ about: { kind: 'query' as const, where: 'outcome:denied' }, text: '' }],
      },
    ]
    const ids: string[] = []
    for (const finding of findings) ids.push((await call('findings.add', finding)).id)
    await call('indicators.add', { kind: 'account', value: 'analyst_ro', status: 'confirmed' })
    await call('indicators.add', { kind: 'account', value: 'orders_app', status: 'candidate' })
    const made = await call('incidents.add', {
      title: 'Orders read, report stopped',
      summary: 'What was found.\n\nAnd what was done.',
      severity: 'high',
      story: [
        { id: 'a', text: 'It began with a read.' },
        { id: 'b', about: record(reads[0] ?? ''), text: 'The first one.' },
        { id: 'c', about: record(refusal), mark: 'detection', text: 'The report is refused.' },
        { id: 'd', about: { kind: 'figure', figure: 'timeline', where: 'outcome:denied' } },
        ...ids.map((id) => ({ id, about: { kind: 'finding' as const, id } })),
        { id: 'e', text: 'The account was locked.', mark: 'containment', at: '2026-03-17T15:00:00Z' },
      ],
      affected: [{ kind: 'address', id: '10.20.9.14', text: 'where the reads came from' }],
    })
    return made.id
  }

  async function exported(format: 'pdf' | 'html' | 'json', more: object = {}): Promise<string> {
    const { report, download } = await call('report.create', { format, at, incident, ...more })
    const path = join(folder, `${report.sha256}.${format}`)
    await copyFile(downloads.get(download.ref)?.path ?? '', path)
    return path
  }

  const text = (path: string) => execFileSync('pdftotext', ['-layout', path, '-'], { encoding: 'utf8', maxBuffer: 1e9 })

  it('says what was chosen, in the order in which it was told, in all forms', async () => {
    const html = await readFile(await exported('html'), 'utf8')
    const words = html.replace(/<[^>]*>/g, ' ')
    const places = ['It began with a read.', 'The first one.', 'The report is refused.', 'The account was locked.'].map(
      (part) => words.indexOf(part),
    )
    expect(places.every((place, index) => place > (places[index - 1] ?? 0))).toBe(true)
    for (const part of ['Rows were read past the application', 'A planned maintenance: none was.', 'analyst_ro'])
      expect(words).toContain(part)
    expect(words).not.toContain(folder)
    const model = JSON.parse(await readFile(await exported('json'), 'utf8'))
    expect(model.findings.map((finding: { title: string }) => finding.title)).toEqual([
      'Rows were read past the application',
      'A change of rights stopped a report',
      'Refusals of the day',
    ])
    expect(model.indicators.map((indicator: { value: string }) => indicator.value)).toEqual(['analyst_ro'])
    expect(model.paths[0].value.steps.map((step: { kind: string }) => step.kind)).toContain('change')
  }, 120_000)

  it('gives with every figure what gives it again, and says which no longer holds', async () => {
    const path = await exported('json')
    const again = await call('report.rerun', { ref: path })
    expect(again.differences).toEqual([])
    expect(again.figures).toBeGreaterThan(40)
    const model = JSON.parse(await readFile(path, 'utf8'))
    model.counts[0].value += 1
    model.analyses.outOfBand.value.outOfBand += 1
    model.links.rows[0][1] += 1
    model.evidence.totals[0].sql = 'DROP TABLE note'
    const forged = join(folder, 'forged.json')
    await writeFile(forged, JSON.stringify(model))
    const found = await call('report.rerun', { ref: forged })
    expect(found.differences.map(({ where }) => where).sort()).toEqual([
      'analyses.outOfBand',
      'counts[0]',
      'evidence.totals[0]',
      'links',
    ])
  }, 120_000)

  it.skipIf(!hasTools)(
    `prints no number that the twin does not state${toolsNotice}`,
    async () => {
      const pdf = text(await exported('pdf'))
      const twin = JSON.parse(await readFile(await exported('json'), 'utf8'))
      const stated = numbersOf(twin)
      const pages = Number(
        /Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', [await exported('pdf')], { encoding: 'utf8' }))?.[1],
      )
      // Besides the twin: pages, places in lists, the words of the method, and axes of figures.
      for (let n = 0; n <= Math.max(pages, 60); n++) stated.add(String(n))
      for (const figure of twin.figures) for (const found of digits(figure.svg)) stated.add(found)
      const body = pdf.replaceAll('[.]', '.')
      // A long name may be broken over two lines, also inside of its digits.
      const isBroken = (number: string) => number.length > 4 && [...stated].some((whole) => whole.startsWith(number))
      const unknown = [...digits(body)].filter(
        (number) => number.length < 12 && !stated.has(number) && !isBroken(number),
      )
      expect(unknown).toEqual([])
    },
    120_000,
  )

  it.skipIf(!hasTools)(
    `is short, in both papers and three languages, with the case on every page${toolsNotice}`,
    async () => {
      const expected = { en: 'Executive summary', de: 'Zusammenfassung', ja: '概要' } as const
      for (const [language, heading] of Object.entries(expected)) {
        const path = await exported('pdf', {
          language,
          paper: language === 'de' ? 'letter' : 'a4',
          classification: 'INTERNAL',
        })
        const pages = text(path).split('\f').slice(0, -1)
        expect(pages.length).toBeLessThanOrEqual(14)
        expect(pages.join('')).toContain(heading)
        for (const page of pages.slice(1)) expect(page).toContain('INTERNAL')
        // A page with no more than its header, its footer and one line is one that should not be.
        for (const page of pages)
          expect(page.split('\n').filter((line) => line.trim() !== '').length).toBeGreaterThan(4)
        expect(pages.join('')).not.toContain('[U+')
      }
    },
    120_000,
  )

  it('prints the sections that were asked for, in that order, and refuses an incident that is not there', async () => {
    const outline = await call('report.outline', {
      at,
      incident,
      sections: ['findings', 'summary', 'appendix'],
      appendix: 'positions',
    })
    expect(outline.sections.map(({ id }) => id)).toEqual(['findings', 'summary', 'appendix'])
    expect(outline.sections[2]?.blocks.map(({ kind }) => kind)).toEqual(['table'])
    await expect(call('report.outline', { at, incident: 'nobody' })).rejects.toMatchObject({ code: 'not-found' })
    await expect(call('report.outline', { at, findings: ['none'] })).rejects.toMatchObject({ code: 'not-found' })
  }, 120_000)
})

function digits(text: string): Set<string> {
  return new Set(text.match(/\d+/g) ?? [])
}

/** Every run of digits that the twin holds, also as the pages print it: grouped, as a size, as a time of something. */
function numbersOf(value: unknown, found = new Set<string>()): Set<string> {
  const take = (text: string) => {
    for (const part of digits(text)) found.add(part)
  }
  if (typeof value === 'number') {
    take(String(value))
    take(value.toString().replace(/\B(?=(?:\d{3})+$)/g, ','))
    take(size(value))
    take(duration(`${value}000`))
    take((Math.abs(value) / 1e6).toFixed(3))
  } else if (typeof value === 'string') {
    take(value)
    if (/^\d{1,15}(?:\.\d+)?$/.test(value)) {
      take(value.replace(/\B(?=(?:\d{3})+$)/g, ','))
      take(duration(value))
      take(`${Number((Number(value) * 100).toFixed(1))}`)
    }
  } else if (Array.isArray(value)) for (const item of value) numbersOf(item, found)
  else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) numbersOf(item, found)
    if ('story' in value && 'facts' in value) take(spansBetween(value))
  }
  return found
}

/** From the first event of an incident to what it marks. */
function spansBetween(incident: object): string {
  const times = JSON.stringify(incident).match(/\d{4}-\d\d-\d\dT[\d:.]+Z/g) ?? []
  const moments = times.map((time) => Date.parse(time))
  return moments.flatMap((a) => moments.map((b) => elapsed(Math.abs(a - b)))).join(' ')
}
