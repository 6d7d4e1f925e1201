import { describe, expect, it } from 'vitest'
import {
  askedFields,
  availableColumns,
  cellText,
  gridTemplate,
  placeColumns,
  standardColumns,
} from '../../../../../src/renderer/views/events/columns'

describe('event columns', () => {
  it('show the first field that the row has', () => {
    const actor = { fields: ['actor_name', 'actor_id'] }
    expect(cellText({ actor_id: 'x' }, actor)).toBe('x')
    expect(cellText({ actor_name: 'n', actor_id: 'x' }, actor)).toBe('n')
    expect(cellText({}, actor)).toBe('')
    expect(cellText({ flags: ['a', 'b'] }, { fields: ['flags'] })).toBe('a, b')
    expect(cellText({ chain: [{ kind: 'token' }] }, { fields: ['chain'] })).toBe('[{"kind":"token"}]')
    expect(cellText({ mfa: false }, { fields: ['mfa'] })).toBe('false')
  })

  it('leave out chosen columns that this version does not have', () => {
    const placed = placeColumns(standardColumns, [
      { id: 'gone', widthPx: 90 },
      { id: 'action', widthPx: 333 },
    ])
    expect(placed.map(({ id, shownPx }) => [id, shownPx])).toEqual([['action', 333]])
  })

  it('offer every field once, beside the standard columns', () => {
    const field = (column: string) => ({ name: column, column, type: 'text' as const, description: '', aliases: [] })
    const ids = availableColumns([field('mfa'), field('mfa'), field('action'), field('raw.x')]).map(({ id }) => id)
    expect(ids.filter((id) => id === 'mfa')).toHaveLength(1)
    expect(ids.filter((id) => id === 'action')).toHaveLength(1)
    expect(ids).not.toContain('raw.x')
  })

  it('ask for all fields of the shown columns', () => {
    expect(askedFields(standardColumns)).toEqual(expect.arrayContaining(['ts', 'actor_key', 'src_host']))
  })

  it('fill the width, and keep chosen widths exact but one', () => {
    const placed = placeColumns(standardColumns, [
      { id: 'time', widthPx: 180 },
      { id: 'actor', widthPx: 100 },
      { id: 'resource', widthPx: 200 },
    ])
    expect(gridTemplate(placed, true)).toBe('180px 100px minmax(200px, 1fr)')
    expect(gridTemplate(placed, false)).toBe('180px minmax(50px, 100fr) minmax(100px, 200fr)')
  })
})
