import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../src/common/errors'
import type { NoteTarget } from '../../../src/contract/notes'
import { record } from '../../../src/engine/case/open'
import { verifyCase } from '../../../src/engine/case/verify'
import type { EngineContext } from '../../../src/engine/context'
import { sql } from '../../../src/engine/db/sql'
import { workHandlers } from '../../../src/engine/work/handlers'
import { workOf } from '../../../src/engine/work/workIndex'
import { type TempCase, tempCase } from '../../support/tempCase'

const theCase: NoteTarget = { kind: 'case', id: '' }
const range: NoteTarget = { kind: 'time', id: '1767323045000000-1767323345000000' }

describe('case work', () => {
  let temp: TempCase
  let handlers: ReturnType<typeof workHandlers>
  const call = { signal: new AbortController().signal, report: () => undefined }

  beforeEach(async () => {
    temp = await tempCase()
    const context = { session: () => temp.session, changed: () => undefined, host: { now: () => new Date() } }
    // What else a host has is not asked for here.
    handlers = workHandlers(context as unknown as EngineContext)
  })
  afterEach(() => temp.remove())

  const table = (name: string) => temp.session.db.rows(sql`SELECT * FROM ${sql.ident(name)}`)
  const finding = (title: string, evidence: { about: { kind: 'record'; target: NoteTarget }; text: string }[] = []) =>
    handlers['findings.add'](
      {
        title,
        statement: 's',
        severity: 'high',
        confidence: 'low',
        status: 'draft',
        techniques: ['t1086', 'T1078.004'],
        evidence,
        alternatives: ['a test of the team'],
      },
      call,
    )

  it('takes back one act among others, wherever it stands, and only once', async () => {
    await handlers['marks.set']({ targets: [range], change: { star: true } }, call)
    await handlers['marks.set']({ targets: [range], change: { verdict: 'malicious' } }, call)
    await handlers['marks.set']({ targets: [theCase], change: { star: true } }, call)
    const entries = await handlers['work.history']({ kind: 'mark', id: `time ${range.id}` }, call)
    const seq = entries[0]?.seq ?? 0
    expect(await handlers['work.undo']({ seq }, call)).toMatchObject({ seq, op: 'mark.set', items: 1 })
    expect((await handlers['marks.list']({ target: range }, call))[0]).toMatchObject({
      star: false,
      verdict: 'malicious',
    })
    expect((await handlers['marks.list']({ target: theCase }, call))[0]).toMatchObject({ star: true })
    expect(await handlers['work.undo']({ seq }, call)).toBeNull()
    expect(await handlers['work.undo']({ seq: 999_999 }, call)).toBeNull()
    expect(await handlers['work.redo']({}, call)).toMatchObject({ seq })
    expect((await handlers['marks.list']({ target: range }, call))[0]).toMatchObject({
      star: true,
      verdict: 'malicious',
    })
  })

  it('marks many targets by one act and takes it back by another', async () => {
    const change = {
      star: true,
      severity: 'high',
      verdict: 'malicious',
      addTags: ['lead'],
      addTechniques: ['T1562.008'],
    } as const
    expect(
      await handlers['marks.set'](
        { targets: [theCase, range], change: { ...change, addTags: ['lead'], addTechniques: ['T1562.008'] } },
        call,
      ),
    ).toEqual({ changed: 2 })
    const [mark] = await handlers['marks.list']({ target: range }, call)
    expect(mark).toMatchObject({
      star: true,
      severity: 'high',
      verdict: 'malicious',
      tags: ['lead'],
      techniques: ['T1685.002'],
      author: 'tester',
    })
    await handlers['marks.set']({ targets: [range], change: { star: false, severity: null, verdict: 'benign' } }, call)
    expect(await table('mark')).toHaveLength(2)
    expect(await handlers['work.undo']({}, call)).toMatchObject({ op: 'mark.set', items: 1 })
    expect((await handlers['marks.list']({ target: range }, call))[0]).toMatchObject({
      star: true,
      verdict: 'malicious',
    })
    expect(await handlers['work.undo']({}, call)).toMatchObject({ items: 2 })
    expect(await table('mark')).toEqual([])
    expect(await handlers['work.undo']({}, call)).toBeNull()
    await handlers['work.redo']({}, call)
    await handlers['work.redo']({}, call)
    expect(await handlers['work.redo']({}, call)).toBeNull()
    expect(await table('mark')).toMatchObject([
      { target_kind: 'case', verdict: 'malicious' },
      { target_kind: 'time', verdict: 'benign', star: false, tags: ['lead'] },
    ])
    const history = await handlers['work.history']({ kind: 'mark', id: `time ${range.id}` }, call)
    expect(history.map(({ op, undone }) => [op, undone])).toEqual([
      ['mark.set', false],
      ['mark.set', false],
    ])
  })

  it('drops a mark from which everything was taken', async () => {
    await handlers['marks.set']({ targets: [theCase], change: { star: true } }, call)
    await handlers['marks.set']({ targets: [theCase], change: { star: false } }, call)
    expect(await handlers['marks.list']({}, call)).toEqual([])
    expect(await table('mark')).toEqual([])
  })

  it('keeps findings, hypotheses, tasks, incidents and indicators over a reopening and a lost projection', async () => {
    const { id } = await finding('Key used from elsewhere', [
      { about: { kind: 'record', target: range }, text: 'here' },
    ])
    await handlers['findings.update']({ id, change: { status: 'confirmed', techniques: ['T1552.005'] } }, call)
    await handlers['hypotheses.add'](
      {
        statement: 'Stolen by an insider',
        status: 'open',
        for: [],
        against: [{ about: { kind: 'query', where: 'outcome:denied' }, text: '' }],
        questions: ['Who was on duty?'],
      },
      call,
    )
    await handlers['tasks.add']({ title: 'Ask for VPN logs', status: 'open', assignee: 'alice', text: '' }, call)
    const incident = await handlers['incidents.add'](
      {
        title: 'Orders export',
        summary: 'sum',
        impact: 'imp',
        scope: 'sco',
        severity: 'critical',
        state: 'open',
        story: [
          { id: 'a', about: null, text: 'It began by mail.', mark: null, at: '2026-01-02T03:00:00Z' },
          { id: 'b', about: { kind: 'finding', id }, text: '', mark: 'detection', at: null },
        ],
        affected: [{ kind: 'actor', id: 'nobody', text: '' }],
      },
      call,
    )
    await handlers['indicators.add'](
      { kind: 'domain', value: 'hxxps://Evil[.]example/x', status: 'candidate', verdict: null, text: '' },
      call,
    )
    const all = async () => [
      await handlers['findings.list']({}, call),
      await handlers['hypotheses.list']({}, call),
      await handlers['tasks.list']({}, call),
      await handlers['incidents.list']({}, call),
      await handlers['indicators.list']({}, call),
      await temp.session.db.rows(sql`SELECT * FROM work_item ORDER BY owner_kind, role, ordinal`),
    ]
    const before = await all()
    expect(before[0]).toMatchObject([
      { id, status: 'confirmed', techniques: ['T1552.005'], evidence: [{ text: 'here' }] },
    ])
    expect(before[4]).toMatchObject([{ value: 'evil.example' }])
    expect(before[5]).toHaveLength(5)
    expect(await handlers['incidents.reach']({ id: incident.id }, call)).toMatchObject([{ events: 0, firstTs: null }])
    await temp.reopen()
    expect(await all()).toEqual(before)
    expect((await verifyCase(temp.session, {})).findings).toEqual([])
    await temp.session.db.transaction(async (writer) => {
      await writer.run(sql`UPDATE finding SET severity = 'low'`)
      await writer.run(sql`DELETE FROM work_item`)
    })
    expect((await verifyCase(temp.session, {})).findings.map(({ kind }) => kind)).toContain('projection')
    await temp.session.db.write((writer) => writer.run(sql`UPDATE journal_state SET seq = 99`))
    await temp.reopen()
    expect(await all()).toEqual(before)
    expect((await verifyCase(temp.session, {})).ok).toBe(true)
  })

  it('shows a deleted finding again after undo, and nothing of an addition that was taken back', async () => {
    const { id } = await finding('one')
    await handlers['findings.delete']({ id }, call)
    expect(await handlers['findings.list']({}, call)).toEqual([])
    expect(await table('finding')).toEqual([])
    await handlers['work.undo']({}, call)
    expect(await table('finding')).toMatchObject([{ title: 'one' }])
    await handlers['work.undo']({}, call)
    expect(await handlers['findings.list']({}, call)).toEqual([])
    await expect(handlers['findings.update']({ id, change: { title: 'x' } }, call)).rejects.toMatchObject({
      code: 'not-found',
    })
    await finding('two')
    expect(await handlers['work.redo']({}, call)).toBeNull()
  })

  it('refuses what is not in the case, techniques that are none, and indicators that are none or there already', async () => {
    const event: NoteTarget = { kind: 'event', id: '12' }
    await expect(handlers['marks.set']({ targets: [event], change: { star: true } }, call)).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(finding('x', [{ about: { kind: 'record', target: event }, text: '' }])).rejects.toMatchObject({
      code: 'not-found',
    })
    await expect(
      handlers['marks.set']({ targets: [theCase], change: { addTechniques: ['T9999'] } }, call),
    ).rejects.toMatchObject({ code: 'usage' })
    const indicator = (kind: 'address' | 'hash', value: string) =>
      handlers['indicators.add']({ kind, value, status: 'candidate', verdict: null, text: '' }, call)
    for (const [kind, value] of [
      ['address', 'not one'],
      ['address', '010.0.0.1'],
      ['hash', 'abc'],
    ] as const)
      await expect(indicator(kind, value)).rejects.toMatchObject({ code: 'usage' })
    await indicator('address', '2001:DB8::0007')
    await expect(indicator('address', '2001:db8::7')).rejects.toBeInstanceOf(AppError)
    for (const id of ['nobody:x', 'actor:', '[', '["actor:a"]'])
      await expect(
        handlers['marks.set'](
          { targets: [{ kind: id.startsWith('[') ? 'edge' : 'node', id }], change: { star: true } },
          call,
        ),
      ).rejects.toMatchObject({ code: 'usage' })
    await handlers['marks.set'](
      { targets: [{ kind: 'edge', id: '["actor:a","service:s3"]' }], change: { star: true } },
      call,
    )
  })

  it('finds items by all of their words', async () => {
    const { id } = await finding('Export of orders')
    await handlers['tasks.add']({ title: 'Orders: ask the owner', status: 'open', assignee: '', text: '' }, call)
    expect((await handlers['work.search']({ text: 'ORDERS export', limit: 10 }, call)).hits).toMatchObject([
      { kind: 'finding', id },
    ])
    expect((await handlers['work.search']({ text: 'orders', limit: 1 }, call)).truncated).toBe(true)
  })

  it('reads records that it cannot understand without failing, and takes nothing back twice', async () => {
    for (const [op, args] of [
      ['finding.add', { id: 'f' }],
      ['finding.add', { id: 7, title: 'x' }],
      ['finding.update', { id: 'absent', title: 'x' }],
      ['mark.set', { targets: 'all', change: {} }],
      ['mark.set', { targets: [theCase], change: { severity: 'huge' } }],
      ['note.add', { id: 'n', target: { kind: 'planet', id: 'x' }, text: 'of a later kind', tags: [] }],
      ['work.undo', { seq: 1 }],
      ['work.undo', { seq: 'x' }],
      ['work.redo', { seq: 99 }],
      ['indicator.add', { id: '__proto__', kind: 'key', value: '__proto__' }],
    ] as const)
      await record(temp.session, op, args)
    await temp.reopen()
    expect(await handlers['findings.list']({}, call)).toEqual([])
    expect(await handlers['indicators.list']({}, call)).toMatchObject([{ id: '__proto__' }])
    expect((await verifyCase(temp.session, {})).findings).toEqual([])
    const { seq } = (await handlers['work.undo']({}, call)) ?? {}
    await record(temp.session, 'work.undo', { seq })
    await handlers['work.redo']({}, call)
    expect(workOf(temp.session.journal.records()).all('indicator')).toHaveLength(1)
  })
})
