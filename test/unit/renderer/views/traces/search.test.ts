import { expect, it } from 'vitest'
import { methods } from '../../../../../src/contract'
import { ownTimeNs } from '../../../../../src/renderer/views/traces/SpanDetails'
import { firstSearch, linkedChoices, searchParams } from '../../../../../src/renderer/views/traces/search'
import { traceOf } from '../../drawing/waterfall/traces'

it('asks for what the contract takes, whatever is chosen', () => {
  for (const { value } of linkedChoices) {
    const params = searchParams({ ...firstSearch, linked: value, service: 'shop', text: '  pay ' }, 'actor:alice', {
      fromUs: 1,
      toUs: 2,
    })
    expect(methods['traces.search'].params.safeParse(params).success).toBe(true)
    expect(params.text).toBe('pay')
  }
})

it('asks for denied events, for the filter, or for any linked event', () => {
  const events = (linked: 'any' | 'linked' | 'denied' | 'filter', filter: string) =>
    searchParams({ ...firstSearch, linked }, filter, null).events
  expect(events('any', 'actor:alice')).toBe('')
  expect(events('denied', 'actor:alice')).toBe('outcome:denied')
  expect(events('filter', 'actor:alice')).toBe('actor:alice')
  expect(events('filter', '')).toBe('linked:true')
})

it('counts as own time what no child covers, children that overlap once', () => {
  const trace = traceOf([
    { id: 'root', from: 0, to: 100 },
    { id: 'a', parent: 'root', from: 10, to: 40 },
    { id: 'b', parent: 'root', from: 30, to: 50 },
    { id: 'late', parent: 'root', from: 90, to: 500 },
  ])
  expect(trace.spans[0] && ownTimeNs(trace, trace.spans[0])).toBe(50)
})
