import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { csvLine } from '../../../src/common/csv'
import { printableJson } from '../../../src/common/printable'
import { record } from '../../../src/engine/case/open'
import { sql } from '../../../src/engine/db/sql'
import { listNotes } from '../../../src/engine/notes/handlers'
import { scopeWhere } from '../../../src/engine/query/scope'
import { createReport } from '../../../src/engine/report/create'
import { hasSharedData, sharedData, sharedDataNotice } from '../../support/sharedData'
import { call, type Robust, robust } from './rig'

const all: string[] = hasSharedData
  ? z
      .array(z.string())
      .parse(JSON.parse(readFileSync(sharedData('hostile', 'big-list-of-naughty-strings', 'blns.json'), 'utf8')))
  : []
/**
 * An empty text counts as absent, so there is nothing to compare it with. The database stores a byte order mark at the
 * start of a text, but its bindings take it off when they read: see docs/reliability.md.
 */
const strings = [...new Set(all)].filter((text) => text !== '' && !text.startsWith('\ufeff'))
const quoted = (text: string) => `"${text.replace(/[\\"]/g, (char) => `\\${char}`)}"`

describe.skipIf(!hasSharedData)(`naughty strings${sharedDataNotice}`, () => {
  let own: Robust
  beforeAll(async () => {
    own = await robust()
    const lines = strings.map((text, index) =>
      JSON.stringify(
        call({
          requestID: `S${index}`,
          userAgent: text,
          errorMessage: text,
          requestParameters: { [text]: text, key: text },
        }),
      ),
    )
    const account = await own.load('=cmd|strings <b>.jsonl', lines.join('\n'))
    expect(account).toMatchObject({ status: 'imported', records: { read: strings.length, kept: strings.length } })
  }, 120_000)
  afterAll(() => own.remove())

  const agents = async () => {
    const rows = await own.temp.session.db.all(
      z.object({ request_id: z.string(), user_agent: z.string(), raw: z.string() }),
      sql`SELECT request_id, user_agent, raw FROM access_event ORDER BY CAST(substr(request_id, 2) AS INTEGER)`,
    )
    return rows
  }

  it('come back as they were, as values and as keys', async () => {
    const rows = await agents()
    expect(rows.map(({ user_agent }) => user_agent)).toEqual(strings)
    rows.forEach(({ raw }, index) => {
      const text = strings[index] ?? ''
      const parameters: unknown = JSON.parse(raw).requestParameters
      expect(Object.entries(parameters ?? {})).toContainEqual([text, text])
    })
  })

  it('are found by a quoted filter, each by its own', async () => {
    const { db } = own.temp.session
    const lost: string[] = []
    for (const [index, text] of strings.entries()) {
      const where = await scopeWhere({ db, now: new Date() }, { filter: `user_agent:${quoted(text)}` })
      const rows = await db.all(
        z.object({ request_id: z.string() }),
        sql`SELECT request_id FROM access_event WHERE ${where} AND request_id = ${`S${index}`}`,
      )
      if (rows.length !== 1) lost.push(text)
    }
    expect(lost).toEqual([])
  }, 120_000)

  it('are notes and tags like any other, also after closing and opening', async () => {
    const target = { kind: 'case', id: '' }
    for (const [index, text] of strings.slice(0, 150).entries())
      await record(own.temp.session, 'note.add', { id: `n${index}`, target, text, tags: [text] })
    const session = await own.temp.reopen()
    const byId = new Map((await listNotes(session)).map((note) => [note.id, note]))
    for (const [index, text] of strings.slice(0, 150).entries())
      expect(byId.get(`n${index}`)).toMatchObject({ text, tags: [text] })
  }, 120_000)

  it('survive JSON for a terminal and CSV for a spreadsheet', () => {
    for (const text of strings) {
      expect(JSON.parse(printableJson({ [text]: text }))).toEqual(JSON.parse(JSON.stringify({ [text]: text })))
      const cell = csvLine([text]).slice(1, -3).replaceAll('""', '"')
      expect(cell === text || cell === `'${text}`).toBe(true)
      expect(cell).not.toMatch(/^[=@\t]/)
    }
  })

  it('are inert text in a report as one page', async () => {
    const outPath = join(own.folder, 'report.html')
    const resourcesFolder = resolve(import.meta.dirname, '../../../resources')
    await createReport(own.temp.session, {
      format: 'html',
      outPath,
      at: '2026-02-01T00:00:00Z',

      signal: new AbortController().signal,
      onStep: () => undefined,
      resourcesFolder,
    })
    const html = await readFile(outPath, 'utf8')
    const live = /<script|<iframe|<img(?! alt="(Timeline|Access graph))|<object|href="javascript:/i.exec(html)
    expect(live === null ? '' : html.slice(Math.max(0, live.index - 60), live.index + 60)).toBe('')
    expect(html).toContain('&lt;')
  }, 120_000)
})

describe('names that objects have by themselves', () => {
  let own: Robust
  beforeAll(async () => {
    own = await robust()
  })
  afterAll(() => own.remove())

  it('are keys like any other, in records, headers and attributes, and change no object', async () => {
    const evil =
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"toJSON":"x","hasOwnProperty":1}'
    const event = JSON.stringify(call({ requestParameters: 'HERE' })).replace('"HERE"', evil)
    const account = await own.load('keys.jsonl', `${event.slice(0, -1)},"__proto__":{"eventName":"Forged"}}\n`)
    expect(account.records).toMatchObject({ kept: 1, rejected: 0 })
    const head = 'eventTime,eventName,eventSource,__proto__,constructor,toJSON'
    await own.load('keys.csv', `${head}\n2026-01-02T03:04:05Z,GetObject,s3.amazonaws.com,a,b,c\n`)
    const keys = ['__proto__', 'constructor', 'toJSON'].map((key) => ({ key, value: { stringValue: 'v' } }))
    const span = {
      traceId: '0af7651916cd43dd8448eb211c80319c',
      spanId: '00f067aa0ba902b7',
      name: 's',
      startTimeUnixNano: '1767322800900000001',
      endTimeUnixNano: '1767322801900000002',
      attributes: keys,
    }
    const spans = JSON.stringify({
      resourceSpans: [{ resource: { attributes: keys }, scopeSpans: [{ spans: [span] }] }],
    })
    expect((await own.load('spans.json', spans)).records).toMatchObject({ kept: 1, rejected: 0 })
    const rows = await own.temp.session.db.rows(sql`SELECT action, raw FROM access_event WHERE request_id IS NOT NULL`)
    expect(rows).toMatchObject([{ action: 'GetObject', raw: expect.stringContaining('"__proto__":{"polluted":1}') }])
    expect(JSON.stringify(await own.temp.session.db.rows(sql`SELECT attributes FROM span`))).toContain('__proto__')
    expect('polluted' in {}).toBe(false)
    expect(Object.keys(Object.prototype)).toEqual([])
  })
})
