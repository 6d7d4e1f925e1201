import { describe, expect, it } from 'vitest'
import type { LinkRow } from '../../../../src/contract/traces'
import { litOf } from '../../../../src/renderer/app/useLitSync'

const link = (event_id: string, trace_id: string | null, span_id: string | null): LinkRow => ({
  event_id,
  trace_id,
  span_id,
  level: 'certain',
  score: 1,
  probability: null,
  margin: null,
  rivals: 0,
  method: 'm',
  verdict: null,
  evidence: [],
})

describe('what lights up', () => {
  it('is both sides of every link', () => {
    const lit = litOf([link('1', 't', 's'), link('2', 't', null), link('3', null, null)], null)
    expect([...lit.events]).toEqual(['1', '2', '3'])
    expect([...lit.spans]).toEqual(['t/s'])
    expect([...lit.traces]).toEqual(['t'])
  })

  it('is only the links of the span when a span is selected', () => {
    expect([...litOf([link('1', 't', 's'), link('2', 't', 'other')], 's').events]).toEqual(['1'])
  })
})
