import { describe, expect, it } from 'vitest'
import { AppError } from '../../../../../src/common/errors'
import type { Note } from '../../../../../src/contract/notes'
import type { TextStorage } from '../../../../../src/renderer/state/persisted'
import { createNoteDraft, type DraftContent, parseTags } from '../../../../../src/renderer/views/notes/noteDraft'

const note: Note = {
  id: 'n',
  text: 't',
  tags: [],
  target: { kind: 'case', id: '' },
  author: 'a',
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
}

function setup(write: (content: DraftContent) => Promise<Note>, values = new Map<string, string>()) {
  const storage: TextStorage = {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  }
  const waits: number[] = []
  const draft = createNoteDraft({
    initial: { text: '', tags: [] },
    storageKey: 'k',
    storage,
    write,
    sleep: async (ms) => void waits.push(ms),
  })
  return { draft, values, waits }
}

describe('note draft', () => {
  it('says saved only after the engine answered', async () => {
    let answer: (note: Note) => void = () => undefined
    const { draft, values } = setup(() => new Promise((resolve) => (answer = resolve)))
    draft.getState().edit({ text: 'hello' })
    expect(values.size).toBe(1)
    const saving = draft.getState().save()
    expect(draft.getState().status).toBe('saving')
    answer(note)
    await saving
    expect(draft.getState().status).toBe('saved')
    expect(values.size).toBe(0)
  })

  it('does not call text saved that was typed while the call ran', async () => {
    let answer: (note: Note) => void = () => undefined
    const { draft, values } = setup(() => new Promise((resolve) => (answer = resolve)))
    draft.getState().edit({ text: 'one' })
    const saving = draft.getState().save()
    draft.getState().edit({ text: 'one and two' })
    answer(note)
    await saving
    expect(draft.getState()).toMatchObject({ status: 'unsaved', text: 'one and two' })
    expect(values.size).toBe(1)
  })

  it('tries a full disk again, and keeps the text when it stays full', async () => {
    let tries = 0
    const { draft, values, waits } = setup(async () => {
      tries += 1
      throw new AppError('io.disk-full', 'The disk is full.')
    })
    draft.getState().edit({ text: 'precious' })
    expect(await draft.getState().save()).toBeUndefined()
    expect(tries).toBe(4)
    expect(waits).toEqual([500, 2_000, 5_000])
    expect(draft.getState()).toMatchObject({ status: 'failed', text: 'precious', problem: 'The disk is full.' })
    expect(values.size).toBe(1)
  })

  it('saves at a later try without being asked again', async () => {
    let tries = 0
    const { draft } = setup(async () => {
      tries += 1
      if (tries < 3) throw new AppError('io.failed', 'Not now.')
      return note
    })
    draft.getState().edit({ text: 'x' })
    expect(await draft.getState().save()).toBe(note)
    expect(draft.getState()).toMatchObject({ status: 'saved', problem: null })
  })

  it('does not repeat a call that may have been carried out', async () => {
    let tries = 0
    const { draft } = setup(async () => {
      tries += 1
      throw new AppError('transport', 'The connection broke.')
    })
    draft.getState().edit({ text: 'x' })
    await draft.getState().save()
    expect(tries).toBe(1)
    expect(draft.getState().status).toBe('failed')
  })

  it('brings back what was typed before the window closed', () => {
    const values = new Map([['crosstrail.draft.k', '{"text":"left over","tags":["a",7]}']])
    expect(setup(async () => note, values).draft.getState()).toMatchObject({
      text: 'left over',
      tags: ['a'],
      status: 'unsaved',
    })
  })

  it('reads tags from a line', () => {
    expect(parseTags(' #a, b ,, a,c d ')).toEqual(['a', 'b', 'c d'])
  })
})
