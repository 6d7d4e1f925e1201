import { describe, expect, it } from 'vitest'
import type { MappingDraft, MappingSuggestion } from '../../../../../../src/contract/mapping'
import {
  changeRule,
  checkDraft,
  freeColumns,
  placeText,
  removeColumn,
  setMeaning,
  setPlace,
  setTime,
  setTimePlace,
} from '../../../../../../src/renderer/views/evidence/mapping/draft'

const empty: MappingDraft = { version: 1, name: 'Doors', columns: {} }

function suggestionOf(carrier: 'csv' | 'json'): MappingSuggestion {
  const field = (place: string, filled: number) => ({ place, filled, distinct: 1, values: [], shapes: [] })
  return {
    carrier,
    member: null,
    delimiter: carrier === 'csv' ? ',' : null,
    recordsPath: null,
    records: 4,
    truncated: false,
    fields: [field('at', 4), field('who', 4), field('what', 4), field('why', 1), field('other', 4)],
    preview: [],
    draft: empty,
    reasons: [],
    warnings: [],
  }
}

function full(carrier: 'csv' | 'json'): MappingDraft {
  const timed = setTime(setTimePlace(empty, carrier, 'at'), { format: 'rfc3339', zone: 'UTC' })
  const acted = setPlace(setPlace(timed, carrier, 'actor_name', 'who'), carrier, 'action', 'what')
  return setPlace(acted, carrier, 'reason', 'why')
}

describe('a mapping in the making', () => {
  it('names columns for CSV and paths for JSON', () => {
    expect(full('csv').columns.action).toEqual({ column: 'what' })
    expect(full('json').columns.action).toEqual({ path: 'what' })
    expect(full('json').time).toEqual({ path: 'at', format: 'rfc3339', zone: 'UTC' })
  })

  it('says what it lacks in sentences', () => {
    const { problems = [] } = checkDraft(empty, suggestionOf('csv'))
    expect(problems[0]).toBe('Choose the field of the time.')
    expect(problems.join(' ')).toContain('Nothing says who acted')
    expect(problems.join(' ')).toContain('Nothing says what was done')
    const bare = changeRule(full('csv'), 'service', {})
    expect(checkDraft(bare, suggestionOf('csv')).problems).toEqual([
      'service: It needs a “path”, a “column” or a “default”.',
    ])
  })

  it('knows files again by the columns of CSV, and by what every JSON record has', () => {
    expect(checkDraft(full('csv'), suggestionOf('csv')).mapping?.match).toEqual({ has: ['at', 'who', 'what', 'why'] })
    expect(checkDraft(full('json'), suggestionOf('json')).mapping?.match).toEqual({ has: ['at', 'who', 'what'] })
    const stated = { ...full('json'), match: { equals: { kind: 'door' } } }
    expect(checkDraft(stated, suggestionOf('json')).mapping?.match).toEqual({ equals: { kind: 'door' } })
  })

  it('drops the meanings of values where another field is chosen', () => {
    const draft = setMeaning(setPlace(full('csv'), 'csv', 'outcome', 'why'), 'outcome', 'ok', 'success')
    expect(draft.columns.outcome).toEqual({ column: 'why', values: { ok: 'success' } })
    expect(setPlace(draft, 'csv', 'outcome', 'what').columns.outcome).toEqual({ column: 'what' })
    expect(setMeaning(draft, 'outcome', 'ok', '').columns.outcome?.values).toBeUndefined()
  })

  it('keeps pattern and default where another field is chosen', () => {
    const draft = changeRule(full('csv'), 'action', { pattern: '(x)', default: 'y' })
    expect(setPlace(draft, 'csv', 'action', 'who').columns.action).toEqual({
      column: 'who',
      pattern: '(x)',
      default: 'y',
    })
    expect(setPlace(draft, 'csv', 'action', '').columns.action).toEqual({ pattern: '(x)', default: 'y' })
  })

  it('offers only columns that are not there yet', () => {
    expect(freeColumns(full('csv'))).not.toContain('action')
    expect(freeColumns(removeColumn(full('csv'), 'action'))).toContain('action')
  })

  it('shows places of every kind', () => {
    expect(placeText({ column: 'Log', path: 'a.b' })).toBe('Log → a.b')
    expect(placeText(undefined)).toBe('')
    const parts = { ...empty, time: { parts: [{ column: 'd' }, { column: 't' }], format: 'auto' } }
    expect(setTimePlace(parts, 'csv', 'at').time).toEqual({ column: 'at', format: 'auto' })
  })

  it('takes a value named like a property of an object as a value', () => {
    const draft = setMeaning(setPlace(full('csv'), 'csv', 'outcome', 'why'), 'outcome', 'constructor', 'denied')
    expect(checkDraft(draft, suggestionOf('csv')).mapping?.columns.outcome?.values).toEqual({ constructor: 'denied' })
  })
})
