import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isAppError } from '../../../../src/common/errors'
import { sql } from '../../../../src/engine/db/sql'
import { buildModel } from '../../../../src/engine/report/collect'
import { bodyDigest, renderJson, toDocument } from '../../../../src/engine/report/document'
import type { ReportModel } from '../../../../src/engine/report/model'
import {
  deniedEvent,
  emptyCase,
  insertEvent,
  insertNote,
  ordersCase,
  type ReportCase,
  reportAt,
  traceId,
} from '../../../support/reportCase'

function model(report: ReportCase, options: { readonly at?: string; readonly timeZone?: string } = {}) {
  return buildModel(report.session, {
    at: reportAt,
    timeZone: 'UTC',
    figures: async () => [],
    signal: new AbortController().signal,
    onStep: () => undefined,
    ...options,
  })
}

describe('the model of a report', () => {
  let orders: ReportCase
  let made: ReportModel
  beforeAll(async () => {
    orders = await ordersCase()
    made = await model(orders)
  })
  afterAll(() => orders.close())

  it('counts what is in the case', () => {
    expect(Object.fromEntries(made.counts.map((fact) => [fact.label, fact.value]))).toEqual({
      'Access events': 4,
      'Denied or failed sign-in': 2,
      Actors: 2,
      'Client addresses': 2,
      Resources: 1,
      Traces: 1,
      Spans: 3,
      'Log records': 0,
      'Metric points': 0,
      Notes: 2,
    })
    expect(made.outcomes.rows).toEqual([
      ['success', 2],
      ['auth_failed', 1],
      ['denied', 1],
    ])
    expect(made.links.rows).toEqual([['strong', 1, 1, 1, 0, 0]])
    expect(made.span).toMatchObject({ firstTs: '2026-01-02T03:04:05Z', lastTs: '2026-01-02T03:09:00Z' })
  })

  it('gives with every figure the query that gives it again', async () => {
    const facts = [...made.counts, ...made.keyFacts, ...made.coverage, ...made.evidence.totals]
    for (const fact of facts) {
      const [row] = await orders.session.db.rows(sql.trusted(fact.sql))
      const again = row?.value ?? 'none'
      if (fact.kind === 'time') expect(String(again).slice(0, 19), fact.sql).toBe(String(fact.value).slice(0, 19))
      else expect(again, fact.sql).toBe(fact.value)
    }
    for (const table of [
      made.outcomes,
      made.sources,
      made.links,
      made.actors,
      made.addresses,
      made.denials,
      made.rejects,
    ])
      expect((await orders.session.db.rows(sql.trusted(table.sql))).length, table.sql).toBe(table.total)
    for (const event of made.cited) expect(await orders.session.db.rows(sql.trusted(event.sql))).toHaveLength(1)
  })

  it('tells the noted event with its note, link, evidence, trace and place', () => {
    expect(made.cited).toHaveLength(1)
    const [event] = made.cited
    expect(event).toMatchObject({
      eventId: deniedEvent,
      ts: '2026-01-02T03:04:09Z',
      fields: { action: 'GetObject', outcome: 'denied', src_ip: '203.0.113.7' },
      position: { file: 'trail/2026-01-02.json.gz', line: 2, offset: 800, length: 380 },
      notes: [{ text: 'First try to read the export.\nSee the policy.', tags: ['initial-access'], author: 'analyst' }],
      links: [{ level: 'strong', score: '12.50', margin: '3.25', rivals: 1, span: 'exporter: read object' }],
      trace: {
        traceId,
        spanCount: 3,
        errorCount: 2,
        services: ['gateway', 'auth', 'exporter'],
        roots: ['gateway: GET /export'],
        failing: { name: 'read object', message: 'access denied' },
      },
    })
    expect(event?.links[0]?.evidence.map((item) => item.text)).toEqual([
      'The request id R1 is equal.',
      'The event falls inside the span.',
    ])
    expect(event?.raw).toMatchObject({ cut: false, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
  })

  it('accounts for the evidence, with rejects by reason and limits', () => {
    expect(made.evidence.files.map((file) => file.records)).toEqual([
      { read: 6, kept: 4, duplicate: 0, skipped: 0, rejected: 2 },
      { read: 3, kept: 3, duplicate: 0, skipped: 0, rejected: 0 },
    ])
    expect(made.rejects.rows).toEqual([['trail/2026-01-02.json.gz', 'The record is no JSON object.', 2, 7, 2800]])
    expect(made.limitsHit.rows).toEqual([['trail/2026-01-02.json.gz', 'record larger than 16 MiB']])
    expect(made.coverage.find((fact) => fact.label === 'Events without a time')?.value).toBe(1)
  })

  it('has a digest that covers all of it and stands beside it in the JSON form', async () => {
    const { bodyDigest: printed, ...rest }: Record<string, unknown> = JSON.parse(renderJson(made))
    expect(printed).toBe(bodyDigest(made))
    expect(rest).toEqual(made)
    expect(bodyDigest({ ...made, title: 'Another' })).not.toBe(printed)
    expect(bodyDigest(await model(orders))).toBe(printed)
    expect(toDocument(made).digest).toBe(printed)
  })

  it('leaves out sections that have nothing to say', async () => {
    const empty = await emptyCase()
    const ids = toDocument(await model(empty)).sections.map((section) => section.id)
    await empty.close()
    expect(ids).toEqual(['summary', 'limits', 'custody'])
    expect(toDocument(made).sections.map((section) => section.id)).toEqual([
      'summary',
      'story',
      'notes',
      'denials',
      'people',
      'links',
      'coverage',
      'evidence',
      'limits',
      'method',
      'custody',
      'glossary',
      'appendix',
    ])
  })

  it('says the same when the case was only opened, closed or printed in between, and not after a new act', async () => {
    const before = bodyDigest(await model(orders))
    await orders.session.journal.append('report.create', { format: 'pdf' })
    await orders.session.journal.append('case.close', {})
    await orders.session.journal.append('case.open', {})
    expect(bodyDigest(await model(orders))).toBe(before)
    await orders.session.journal.append('note.add', { id: 'x' })
    expect(bodyDigest(await model(orders))).not.toBe(before)
  })

  it('refuses a time without a zone and a zone that nobody knows', async () => {
    for (const options of [{ at: 'soon' }, { at: '2026-01-02T03:04:05' }, { timeZone: 'Nowhere' }])
      await expect(model(orders, options)).rejects.toSatisfy((error) => isAppError(error) && error.code === 'usage')
  })
})

describe('a report of the case', () => {
  it('cites what its findings stand on and what carries a note, in time order', async () => {
    const report = await ordersCase()
    const on = (id: string) => ({ about: { kind: 'record', target: { kind: 'event', id } }, text: '' })
    const evidence = [on('42'), on('17446744073709551002')]
    await report.session.journal.append('finding.add', { id: 'f', title: 'Read by carol', evidence })
    const made = await model(report)
    await report.close()
    expect(made.cited.map(({ eventId }) => eventId)).toEqual([deniedEvent, '17446744073709551002', '42'])
    expect(made.citedTotal).toBe(3)
    expect(made.findings[0]?.evidence.map(({ about }) => about)).toEqual([
      { kind: 'event', eventId: '42', number: 3 },
      { kind: 'event', eventId: '17446744073709551002', number: 2 },
    ])
  })

  it('cites a noted event once that a finding names too', async () => {
    const report = await ordersCase()
    const evidence = [{ about: { kind: 'record', target: { kind: 'event', id: deniedEvent } }, text: '' }]
    await report.session.journal.append('finding.add', { id: 'f', title: 'Denied', evidence })
    const made = await model(report)
    await report.close()
    expect([made.cited.map(({ eventId }) => eventId), made.citedTotal]).toEqual([[deniedEvent], 1])
  })
})

describe('noted events', () => {
  it('come in time order, those without a time last, and not more than are printed', async () => {
    const report = await emptyCase()
    await report.run(sql`
      INSERT INTO source_file VALUES (1, 1, 'a.json', ${'a'.repeat(64)}, 1, ['x'], 'imported', 1, 1, 0, 0, 0, 1, 0, 0, 0,
        NULL, NULL, [], '{}', 'crosstrail/test', NULL)`)
    const times = ['2026-01-02 03:00:00', null, '2026-01-02 01:00:00']
    for (const [index, ts] of times.entries()) {
      await insertEvent(report, { id: `${index + 1}`, ts, action: 'Get', outcome: 'success' }, index + 1)
      await insertNote(report, `n${index}`, { kind: 'event', id: `${index + 1}` }, 'seen')
    }
    await insertNote(report, 'gone', { kind: 'event', id: '999' }, 'the event was in a file that is gone')
    const made = await model(report)
    await report.close()
    expect(made.cited.map((event) => event.eventId)).toEqual(['3', '1', '2'])
    expect(made.notes.map((note) => note.id)).toEqual(['gone'])
  })

  it('shows the beginning of a long record without cutting a sign in two', async () => {
    const report = await emptyCase()
    await report.run(sql`
      INSERT INTO source_file VALUES (1, 1, 'a.json', ${'a'.repeat(64)}, 1, ['x'], 'imported', 1, 1, 0, 0, 0, 1, 0, 0, 0,
        NULL, NULL, [], '{}', 'crosstrail/test', NULL)`)
    const raw = `x${'é'.repeat(5_000)}`
    await insertEvent(report, { id: '1', ts: null, action: 'Get', outcome: 'success', raw }, 1)
    await insertNote(report, 'n', { kind: 'event', id: '1' }, 'seen')
    const [event] = (await model(report)).cited
    await report.close()
    expect(event?.raw).toMatchObject({ cut: true, sizeBytes: 10_001 })
    expect(raw.startsWith(event?.raw.text ?? 'none')).toBe(true)
    expect(event?.raw.text.length).toBeGreaterThan(1_000)
  })
})
