import { describe, expect, it } from 'vitest'
import { missingFor } from '../../../../src/renderer/views/missing'
import { views } from '../../../../src/renderer/views/registry'

describe('what a view misses in a case', () => {
  it('is nothing for views that need nothing, in an empty case too', () => {
    expect(missingFor(undefined, {})).toBeNull()
  })

  it('is said for each side of the evidence', () => {
    expect(missingFor('events', { access_event: 0, span: 5 })).toContain('import audit logs')
    expect(missingFor('traces', { access_event: 5, span: 0 })).toContain('import spans')
    expect(missingFor('events', { access_event: 1 })).toBeNull()
    expect(missingFor('traces', { span: 1 })).toBeNull()
  })

  it('is the absent side where a view compares both', () => {
    expect(missingFor('events and traces', { access_event: 5, span: 0 })).toContain('No traces')
    expect(missingFor('events and traces', { access_event: 0, span: 5 })).toContain('No access events')
    expect(missingFor('events and traces', {})).toContain('import both')
    expect(missingFor('events and traces', { access_event: 5, span: 5 })).toBeNull()
  })
})

describe('the views', () => {
  it('have an id, a title and a key of their own', () => {
    for (const pick of ['id', 'title', 'shortcut'] as const) {
      const all = views.map((view) => view[pick])
      expect(new Set(all).size).toBe(all.length)
    }
  })
})
