import { expect, it } from 'vitest'
import type { Described, Mark } from '../../../../../src/contract/work'
import { gravest, markPins } from '../../../../../src/renderer/views/timeline/useMarkPins'

function mark(id: string, fields: Partial<Mark>): Mark {
  const none = { star: false, severity: null, verdict: null, techniques: [], tags: [] }
  return { target: { kind: 'event', id }, ...none, author: 'analyst', updatedAt: '2026-01-02T09:00:00Z', ...fields }
}
function described(id: string, ts: string | null): Described {
  return { target: { kind: 'event', id }, known: true, title: `event ${id}`, ts, outcome: null }
}

it('pins marks with a time in order of time, and leaves out those without one', () => {
  const marks = [
    mark('1', { verdict: 'malicious', tags: ['lead'] }),
    mark('2', { star: true }),
    mark('3', { star: true }),
  ]
  const pins = markPins(marks, [
    described('1', '2026-01-02T10:00:00Z'),
    described('2', '2026-01-02T09:00:00Z'),
    described('3', null),
  ])
  expect(pins.map(({ text }) => text)).toEqual(['starred: event 2', 'malicious, lead: event 1'])
  expect(pins[0]?.fromUs).toBe(1767344400000000)
  expect(gravest(pins)).toBe('malicious')
  expect(gravest(pins.slice(0, 1))).toBeNull()
})
