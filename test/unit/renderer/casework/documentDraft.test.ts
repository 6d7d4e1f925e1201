import { describe, expect, it, vi } from 'vitest'
import { AppError } from '../../../../src/common/errors'
import { get as own } from '../../../../src/common/json'
import { type ChangeOf, createDocumentDraft } from '../../../../src/renderer/casework/documentDraft'

interface Doc {
  readonly id: string
  readonly title: string
  readonly text: string
}
const doc: Doc = { id: 'd', title: 'T', text: '' }

function memory(): { map: Map<string, string>; storage: Parameters<typeof createDocumentDraft>[0]['storage'] } {
  const map = new Map<string, string>()
  return {
    map,
    storage: {
      getItem: (key) => map.get(key) ?? null,
      setItem: (key, value) => void map.set(key, value),
      removeItem: (key) => void map.delete(key),
    },
  }
}

function readChange(stored: unknown): ChangeOf<Doc> | null {
  const text = own(stored, 'text')
  return typeof text === 'string' ? { text } : null
}

/** A draft whose pauses pass when the test says so. */
function setUp(write = vi.fn(async (change: ChangeOf<Doc>): Promise<Doc> => ({ ...doc, text: change.text ?? '' }))) {
  const waiting: (() => void)[] = []
  const kept = memory()
  const make = (initial = doc) =>
    createDocumentDraft<Doc>({
      initial,
      storageKey: 'doc.d',
      storage: kept.storage,
      write,
      readChange,
      refuse: ({ title }) => (title === '' ? 'A title is needed.' : null),
      later: (run) => {
        waiting.push(run)
        return () => {
          const at = waiting.indexOf(run)
          if (at >= 0) waiting.splice(at, 1)
        }
      },
    })
  return { make, write, waiting, map: kept.map }
}

describe('the draft of a document', () => {
  it('saves by itself after a pause, and says so only after the answer', async () => {
    const { make, write, waiting, map } = setUp()
    const draft = make()
    draft.getState().edit({ text: 'a' })
    draft.getState().edit({ text: 'ab' })
    expect(draft.getState().status).toBe('unsaved')
    expect(map.size).toBe(1)
    expect(waiting).toHaveLength(1)
    waiting.shift()?.()
    expect(draft.getState().status).toBe('saving')
    await vi.waitFor(() => expect(draft.getState().status).toBe('saved'))
    expect(write.mock.calls).toEqual([[{ text: 'ab' }]])
    expect(map.size).toBe(0)
  })

  it('keeps what is typed while a call runs, and saves that too', async () => {
    let answer: (value: Doc) => void = () => {}
    const write = vi.fn((_change: ChangeOf<Doc>) => new Promise<Doc>((resolve) => (answer = resolve)))
    const { make } = setUp(write)
    const draft = make()
    draft.getState().edit({ text: 'a' })
    const first = draft.getState().save()
    draft.getState().edit({ text: 'ab' })
    answer({ ...doc, text: 'a' })
    expect(await first).toBe(false)
    expect(draft.getState()).toMatchObject({ status: 'unsaved', value: { text: 'ab' }, base: { text: 'a' } })
    const second = draft.getState().save()
    await vi.waitFor(() => expect(write).toHaveBeenCalledTimes(2))
    answer({ ...doc, text: 'ab' })
    expect(await second).toBe(true)
  })

  it('comes back after a reload and is saved then', async () => {
    const first = setUp()
    first.make().getState().edit({ text: 'typed' })
    const again = first.make()
    expect(again.getState()).toMatchObject({ status: 'unsaved', value: { text: 'typed' } })
    for (const run of first.waiting.splice(0)) run()
    await vi.waitFor(() => expect(again.getState().status).toBe('saved'))
  })

  it('says a conflict when the same field changed elsewhere, saves nothing, and goes on as chosen', async () => {
    const { make, write } = setUp()
    const draft = make()
    draft.getState().edit({ text: 'mine' })
    draft.getState().receive({ ...doc, text: 'theirs' })
    expect(draft.getState()).toMatchObject({ status: 'conflict', conflicts: ['text'], value: { text: 'mine' } })
    expect(await draft.getState().save()).toBe(false)
    expect(write).not.toHaveBeenCalled()
    draft.getState().resolve('theirs')
    expect(draft.getState()).toMatchObject({ status: 'clean', value: { text: 'theirs' } })
    draft.getState().edit({ text: 'mine' })
    draft.getState().receive({ ...doc, text: 'others' })
    draft.getState().resolve('mine')
    await vi.waitFor(() => expect(draft.getState().status).toBe('saved'))
    expect(write.mock.calls).toEqual([[{ text: 'mine' }]])
  })

  it('finds the conflict of a stored copy that is older than the document', () => {
    const { make } = setUp()
    make().getState().edit({ text: 'mine' })
    expect(make({ ...doc, text: 'theirs' }).getState()).toMatchObject({ status: 'conflict', conflicts: ['text'] })
  })

  it('takes a change of another field, or its own answer by way of the list, without a conflict', async () => {
    const { make } = setUp(vi.fn(() => new Promise<Doc>(() => {})))
    const draft = make()
    draft.getState().edit({ text: 'mine' })
    draft.getState().receive({ ...doc, title: 'New' })
    expect(draft.getState()).toMatchObject({ status: 'unsaved', value: { title: 'New', text: 'mine' } })
    void draft.getState().save()
    draft.getState().edit({ text: 'mine and more' })
    draft.getState().receive({ ...doc, title: 'New', text: 'mine' })
    expect(draft.getState().conflicts).toEqual([])
  })

  it('does not save what is refused, and says why', async () => {
    const { make, write } = setUp()
    const draft = make()
    draft.getState().edit({ title: '' })
    expect(await draft.getState().save()).toBe(false)
    expect(draft.getState()).toMatchObject({ status: 'unsaved', problem: 'A title is needed.' })
    expect(write).not.toHaveBeenCalled()
  })

  it('tries again on a full disk, and says at last that it failed', async () => {
    const write = vi.fn(async () => {
      throw new AppError('io.disk-full', 'The disk is full.')
    })
    const { make, waiting } = setUp(write)
    const draft = make()
    draft.getState().edit({ text: 'x' })
    const saved = draft.getState().save()
    for (let tried = 1; tried <= 3; tried += 1) {
      await vi.waitFor(() => expect(waiting).toHaveLength(1))
      waiting.shift()?.()
    }
    expect(await saved).toBe(false)
    expect(write).toHaveBeenCalledTimes(4)
    expect(draft.getState()).toMatchObject({ status: 'failed', problem: 'The disk is full.', value: { text: 'x' } })
  })

  it('keeps any text as it was typed', () => {
    for (const text of [
      '\u202eabc\u0000',
      '<img src=x onerror=1>',
      '"]}\\',
      '__proto__',
      'é\u0301😀\ud800',
      '\r\n\t ',
    ]) {
      const { make } = setUp()
      make().getState().edit({ text })
      expect(make().getState().value.text).toBe(text)
    }
  })
})
