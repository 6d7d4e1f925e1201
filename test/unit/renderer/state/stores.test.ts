import { describe, expect, it } from 'vitest'
import { createLayoutStore } from '../../../../src/renderer/state/layout'
import type { TextStorage } from '../../../../src/renderer/state/persisted'
import { createScopeStore, toScope } from '../../../../src/renderer/state/scope'
import { createSelectionStore, noLit } from '../../../../src/renderer/state/selection'
import { createSettingsStore, zoneAfter } from '../../../../src/renderer/state/settings'
import { createTaskStore } from '../../../../src/renderer/state/tasks'
import { isAffected } from '../../../../src/renderer/state/useEngineQuery'

function memoryStorage(initial: Record<string, string> = {}): TextStorage {
  const values = new Map(Object.entries(initial))
  return {
    getItem: (key) => values.get(key) ?? null,
    setItem: (key, value) => void values.set(key, value),
    removeItem: (key) => void values.delete(key),
  }
}

const forbidden: TextStorage = {
  getItem: () => {
    throw new Error('denied')
  },
  setItem: () => {
    throw new Error('denied')
  },
  removeItem: () => {
    throw new Error('denied')
  },
}

describe('scope store', () => {
  it('undoes and redoes filters and windows in order', () => {
    const store = createScopeStore()
    store.getState().setFilter('a:1')
    store.getState().setWindow({ fromUs: 10, toUs: 20 })
    store.getState().undo()
    expect(toScope(store.getState())).toEqual({ filter: 'a:1' })
    store.getState().undo()
    expect(store.getState().filter).toBe('')
    store.getState().redo()
    store.getState().redo()
    expect(toScope(store.getState())).toEqual({ filter: 'a:1', window: { fromUs: 10, toUs: 20 } })
    store.getState().redo()
    expect(store.getState().filter).toBe('a:1')
  })

  it('keeps a branch that was left, and makes no step of no change', () => {
    const store = createScopeStore()
    store.getState().setFilter('a:1')
    store.getState().undo()
    store.getState().setFilter('b:2')
    expect(store.getState().canRedo).toBe(false)
    store.getState().setFilter(' b:2 ')
    expect([...store.getState().tree.steps.values()].map(({ filter }) => filter)).toEqual(['', 'a:1', 'b:2'])
    store.getState().goTo(1)
    expect(store.getState().filter).toBe('a:1')
  })

  it('keeps pinned terms when the filter is cleared or replaced, until they are typed away', () => {
    const store = createScopeStore()
    const { setFilter, setWindow, togglePin, only, clear } = store.getState()
    setFilter('a:1 b:2')
    setWindow({ fromUs: 1, toUs: 2 })
    togglePin('a:1')
    only('c:3')
    expect(toScope(store.getState())).toEqual({ filter: 'a:1 c:3', window: { fromUs: 1, toUs: 2 } })
    clear()
    expect(toScope(store.getState())).toEqual({ filter: 'a:1' })
    setFilter('b:2')
    expect(store.getState().pinned).toEqual([])
    clear()
    expect(store.getState().filter).toBe('')
  })

  it('makes windows whole, ordered and never empty', () => {
    const store = createScopeStore()
    store.getState().setWindow({ fromUs: 20.4, toUs: 10.6 })
    expect(store.getState().window).toEqual({ fromUs: 10, toUs: 21 })
    store.getState().setWindow({ fromUs: 5, toUs: 5 })
    expect(store.getState().window).toEqual({ fromUs: 5, toUs: 6 })
  })
})

describe('selection store', () => {
  it('keeps the open trace when an event is picked, and says which of them was picked last', () => {
    const store = createSelectionStore()
    store.getState().pickSpan('t', 's')
    store.getState().pickEvent('1')
    expect(store.getState()).toMatchObject({ focus: 'event', eventId: '1', traceId: 't', spanId: 's' })
    store.getState().pickTrace('u')
    expect(store.getState()).toMatchObject({ focus: 'trace', traceId: 'u', spanId: null })
    store.getState().clear()
    expect(store.getState()).toMatchObject({ focus: null, eventId: null, traceId: null, lit: noLit })
  })
})

describe('settings and layout stores', () => {
  it('keep their choices in the storage and read them again', () => {
    const storage = memoryStorage()
    createSettingsStore(storage).getState().setTimeZone('local')
    expect(createSettingsStore(storage).getState()).toMatchObject({ timeZone: 'local', theme: 'system' })
    createLayoutStore(storage)
      .getState()
      .saveColumns('events', [{ id: 'time', widthPx: 100 }])
    expect(createLayoutStore(storage).getState().columns('events')).toEqual([{ id: 'time', widthPx: 100 }])
  })

  it('fall back to the defaults on damaged or foreign values', () => {
    const storage = memoryStorage({
      'crosstrail.settings': '{"theme":"pink","timeZone":{"__proto__":1}}',
      'crosstrail.columns.events': '[{"id":"time","widthPx":1e9}]',
      'crosstrail.panes.c': '"text"',
    })
    expect(createSettingsStore(storage).getState()).toMatchObject({ theme: 'system', timeZone: 'utc' })
    expect(createLayoutStore(storage).getState().columns('events')).toBeNull()
    expect(createLayoutStore(storage).getState().panes('c')).toBeNull()
  })

  it('keep a zone of the tz database, and go through the three zones', () => {
    const storage = memoryStorage()
    const settings = createSettingsStore(storage)
    expect(zoneAfter(settings.getState())).toBe('local')
    settings.getState().setTimeZone('zone:Europe/Berlin')
    expect(zoneAfter(settings.getState())).toBe('utc')
    settings.getState().setTimeZone('local')
    expect(createSettingsStore(storage).getState()).toMatchObject({ otherZone: 'zone:Europe/Berlin' })
    expect(zoneAfter(settings.getState())).toBe('zone:Europe/Berlin')
  })

  it('do not take a zone from the storage that nobody knows', () => {
    const stored = { timeZone: 'zone:Nowhere/Land', otherZone: 'zone:<b>' }
    const storage = memoryStorage({ 'crosstrail.settings': JSON.stringify(stored) })
    expect(createSettingsStore(storage).getState()).toMatchObject({ timeZone: 'utc', otherZone: null })
  })

  it('work without a storage that can be used', () => {
    const settings = createSettingsStore(forbidden)
    settings.getState().setTheme('dark')
    expect(settings.getState().theme).toBe('dark')
    const layout = createLayoutStore(forbidden)
    layout.getState().savePanes('c', {})
    layout.getState().forgetPanes('c')
    expect(layout.getState().panes('c')).toBeNull()
  })

  it('remember for each case whether the rail shows icons only', () => {
    const storage = memoryStorage()
    createLayoutStore(storage).getState().foldRail('a', true)
    expect(createLayoutStore(storage).getState().railFolded('a')).toBe(true)
    expect(createLayoutStore(storage).getState().railFolded('b')).toBe(false)
  })

  it('makes the same wish for a view twice two wishes', () => {
    const layout = createLayoutStore()
    layout.getState().showView('events')
    const first = layout.getState().requested
    layout.getState().showView('events')
    expect(layout.getState().requested).not.toEqual(first)
  })
})

describe('task store', () => {
  it('shows a message once, however often it is said', () => {
    const store = createTaskStore()
    store.getState().say({ intent: 'danger', text: 'The disk is full.' })
    store.getState().say({ intent: 'danger', text: 'The disk is full.' })
    expect(store.getState().messages).toHaveLength(1)
  })

  it('drops a task at its end and leaves the others', () => {
    const store = createTaskStore()
    const first = store.getState().begin('one', () => undefined)
    store.getState().begin('two', () => undefined)
    store.getState().report(first, 'half', 0.5)
    expect(store.getState().tasks[0]).toMatchObject({ detail: 'half', fraction: 0.5 })
    store.getState().end(first)
    expect(store.getState().tasks.map(({ title }) => title)).toEqual(['two'])
  })
})

describe('changes of the engine', () => {
  it('make stale what they touch and nothing else', () => {
    expect(isAffected('notes', 'notes.list')).toBe(true)
    expect(isAffected('notes', 'events.page')).toBe(false)
    expect(isAffected('notes', 'events.page', { scope: { filter: 'outcome:denied' } })).toBe(false)
    expect(isAffected('notes', 'events.page', { scope: { filter: 'a (verdict:malicious OR b)' } })).toBe(true)
    expect(isAffected('events', 'timeline.lanes')).toBe(true)
    expect(isAffected('case', 'app.info')).toBe(true)
    expect(isAffected('links', 42)).toBe(false)
  })
})
