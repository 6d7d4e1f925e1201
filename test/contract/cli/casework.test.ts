import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { trail } from './evidence'
import { type Rig, rig } from './rig'

const hostile = `<img src=x onerror=alert(1)> \u202e \u001b[31m =1+1 ' " \\ ${'é'.repeat(3)} 😀`
const at = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z$/)
const Id = z.object({ id: z.string().min(1) })

let own: Rig
let event: string
let other: string
beforeAll(async () => {
  own = await rig()
  await own.put('trail.jsonl', trail)
  expect((await own.run('import', 'a.case', 'trail.jsonl', '--copy')).code).toBe(0)
  const events = await own.lines('events', 'a.case')
  event = String(events[0]?.event_id)
  other = String(events[1]?.event_id)
}, 240_000)
afterAll(() => own.remove())

const added = async (...words: readonly string[]) => Id.parse(await own.json(words)).id

describe('mark', () => {
  it('sets many things of many targets by one act and lists them', async () => {
    const set = [
      'mark',
      'a.case',
      'set',
      '--event',
      event,
      '--target',
      'address:192.0.2.7',
      '--star',
      '--severity',
      'high',
    ]
    expect(await own.json([...set, '--verdict', 'suspicious', '--technique', 'T1078', '--tag', hostile])).toEqual({
      changed: 2,
    })
    const common = {
      star: true,
      severity: 'high',
      verdict: 'suspicious',
      techniques: ['T1078'],
      author: 'tester',
      updatedAt: at,
    }
    const list = await own.json(['mark', 'a.case', 'list'])
    expect(list).toHaveLength(2)
    expect(list).toEqual(
      expect.arrayContaining([
        { target: { kind: 'event', id: event }, tags: [hostile], ...common },
        { target: { kind: 'address', id: '192.0.2.7' }, tags: [hostile], ...common },
      ]),
    )
  })

  it('takes an id that ATT&CK took back as the one in its place', async () => {
    await own.json(['mark', 'a.case', 'set', '--event', other, '--technique', 'T1086'])
    expect(await own.json(['mark', 'a.case', 'list'])).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ target: { kind: 'event', id: other }, techniques: ['T1059.001'] }),
      ]),
    )
  })
})

describe('finding, hypothesis and task', () => {
  it('keep what they are given, in the documented shape', async () => {
    const words = ['finding', 'a.case', 'add', '--title', hostile, '--statement', 'One read.', '--severity', 'medium']
    const id = await added(
      ...words,
      '--confidence',
      'low',
      '--event',
      event,
      '--query',
      'outcome:denied',
      '--alternative',
      'A test.',
    )
    const shape = {
      id,
      author: 'tester',
      createdAt: at,
      updatedAt: at,
      title: hostile,
      statement: 'One read.',
      severity: 'medium',
      confidence: 'low',
      status: 'draft',
      techniques: [],
      evidence: [
        expect.objectContaining({ about: expect.anything() }),
        expect.objectContaining({ about: expect.anything() }),
      ],
      alternatives: ['A test.'],
    }
    expect(await own.json(['finding', 'a.case', 'show', id])).toEqual(shape)
    expect(await own.json(['finding', 'a.case', 'list'])).toEqual([shape])
    expect(await own.json(['finding', 'a.case', 'edit', id, '--status', 'confirmed'])).toEqual({ id })
    expect(await own.json(['finding', 'a.case', 'show', id])).toMatchObject({ status: 'confirmed', title: hostile })
  })

  it('have two sides and open questions; a task has a state', async () => {
    const id = await added('hypothesis', 'a.case', 'add', '--statement', 'A key was taken.', '--question', 'Which?')
    await own.json(['hypothesis', 'a.case', 'for', id, '--event', event])
    await own.json(['hypothesis', 'a.case', 'against', id, '--event', other])
    await own.json(['hypothesis', 'a.case', 'edit', id, '--status', 'supported'])
    expect(await own.json(['hypothesis', 'a.case', 'list'])).toMatchObject([
      { id, statement: 'A key was taken.', status: 'supported', questions: ['Which?'] },
    ])
    const task = await added('task', 'a.case', 'add', '--title', 'Ask the owner', '--assignee', 'desk')
    await own.json(['task', 'a.case', 'edit', task, '--status', 'done'])
    expect(await own.json(['task', 'a.case', 'list'])).toMatchObject([{ id: task, status: 'done', assignee: 'desk' }])
  })
})

describe('incident', () => {
  it('tells a story in order, which can be moved, sorted and cut, and counts its reach', async () => {
    const id = await added('incident', 'a.case', 'add', '--title', 'Reads', '--severity', 'high', '--summary', hostile)
    const tell = ['incident', 'a.case', 'tell', id]
    const Items = z.object({ items: z.array(z.string()) })
    const [late] = Items.parse(await own.json([...tell, '--event', other, '--mark', 'detection'])).items
    const [early] = Items.parse(await own.json([...tell, '--event', event, '--text', 'It began.'])).items
    const [words] = Items.parse(await own.json([...tell, '--text', 'Nobody saw it.'])).items
    const story = async () =>
      z
        .object({ story: z.array(Id) })
        .parse(await own.json(['incident', 'a.case', 'show', id]))
        .story.map((item) => item.id)
    expect(await story()).toEqual([late, early, words])
    await own.json(['incident', 'a.case', 'sort', id])
    expect(await story()).toEqual([early, words, late])
    await own.json(['incident', 'a.case', 'move', id, String(words), '3'])
    expect(await story()).toEqual([early, late, words])
    await own.json(['incident', 'a.case', 'drop', id, String(words)])
    await own.json(['incident', 'a.case', 'affected', id, '--target', 'address:192.0.2.7'])
    await own.json(['incident', 'a.case', 'edit', id, '--state', 'contained'])
    expect(await own.json(['incident', 'a.case', 'show', id])).toMatchObject({
      id,
      title: 'Reads',
      summary: hostile,
      state: 'contained',
      severity: 'high',
      story: [
        { id: early, text: 'It began.' },
        { id: late, mark: 'detection' },
      ],
      affected: [{ kind: 'address', id: '192.0.2.7' }],
      reach: [expect.objectContaining({ events: 6, denied: 1 })],
    })
  })
})

describe('indicator', () => {
  it('is proposed from the events, confirmed, and found in them', async () => {
    expect(await own.json(['indicator', 'a.case', 'extract'])).toEqual(
      expect.arrayContaining([{ kind: 'address', value: '192.0.2.7', count: 6, known: false }]),
    )
    const id = await added('indicator', 'a.case', 'add', 'address', '192[.]0[.]2[.]7', '--confirmed')
    expect(await own.json(['indicator', 'a.case', 'list'])).toMatchObject([
      { id, kind: 'address', value: '192.0.2.7', sightings: [{ source: 'cloudtrail', count: 6 }] },
    ])
  })
})

describe('work', () => {
  it('takes the last act back and does it again, and knows the history and the words of all', async () => {
    const id = await added('task', 'a.case', 'add', '--title', 'Unheard-of word: quokka')
    expect(await own.json(['work', 'a.case', 'undo'])).toMatchObject({ op: 'task.add', actor: 'tester', at })
    expect(JSON.stringify(await own.json(['task', 'a.case', 'list']))).not.toContain('quokka')
    await own.json(['work', 'a.case', 'redo'])
    expect(JSON.stringify(await own.json(['work', 'a.case', 'search', 'quokka']))).toContain(id)
    expect(await own.json(['work', 'a.case', 'history', 'mark', `event ${event}`])).toEqual(
      expect.arrayContaining([expect.objectContaining({ seq: expect.any(Number), actor: 'tester', undone: false })]),
    )
  })

  it('is the same after the database is made again', async () => {
    const all = async () => {
      const lists: unknown[] = []
      for (const command of ['mark', 'finding', 'hypothesis', 'task', 'incident', 'indicator'])
        lists.push(await own.json([command, 'a.case', 'list']))
      return lists
    }
    const before = await all()
    expect((await own.run('rebuild', 'a.case')).code).toBe(0)
    expect(await all()).toEqual(before)
    expect(await own.json(['verify', 'a.case'])).toMatchObject({ ok: true, findings: [] })
  })
})

describe('what cannot be done', () => {
  it.each([
    [['mark', 'a.case', 'set', '--event', '99', '--star'], 2],
    [['mark', 'a.case', 'set', '--star'], 2],
    [['mark', 'a.case', 'set', '--event', 'x', '--severity', 'huge'], 2],
    [['mark', 'a.case', 'set', '--case', '--technique', 'T9'], 2],
    [['finding', 'a.case', 'add'], 2],
    [['finding', 'a.case', 'show', 'nobody'], 2],
    [['finding', 'a.case', 'add', '--title', 't', '--query', 'outcome:('], 2],
    [['incident', 'a.case', 'tell', 'nobody', '--text', 't'], 2],
    [['incident', 'a.case', 'add', '--title', 't', '--state', 'lost'], 2],
    [['indicator', 'a.case', 'add', 'colour', 'red'], 2],
    [['indicator', 'a.case', 'add', 'address', '999.1.1.1'], 2],
    [['work', 'a.case', 'dance'], 2],
    [['task', 'none.case', 'list'], 3],
  ])('is said in plain words: %j', async (words, code) => {
    const ran = await own.run(...words, '--json')
    expect({ code: ran.code, out: ran.out }).toEqual({ code, out: '' })
    expect(ran.err.trim().split('\n').length).toBeLessThanOrEqual(3)
    expect(ran.err).not.toMatch(/at .+:\d+:\d+|undefined|\[object/)
  })
})
