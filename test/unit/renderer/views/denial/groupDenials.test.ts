import { describe, expect, it } from 'vitest'
import type { DenialRow } from '../../../../../src/contract/analyses'
import { groupDenials } from '../../../../../src/renderer/views/denial/groupDenials'

const row = (id: number, actor: string | null, more: Partial<DenialRow> = {}): DenialRow => ({
  event_id: String(id),
  ts: null,
  source: 's',
  actor,
  action: 'get',
  resource: 'r',
  outcome: 'denied',
  policy_type: null,
  policy_effect: null,
  reason: null,
  linked: false,
  allowed_before: false,
  allowed_after: false,
  anonymous: false,
  ...more,
})

describe('groups of refusals', () => {
  it('begin with what was allowed before, and end with what nobody by name asked for', () => {
    const groups = groupDenials([
      row(1, 'anybody', { anonymous: true }),
      row(2, 'one'),
      row(3, 'two'),
      row(4, 'anybody', { anonymous: true }),
      row(5, 'two', { allowed_before: true }),
      row(6, 'one', { resource: 'other' }),
    ])
    expect(groups.map(({ actor, resource, rows }) => [actor, resource, rows.map((one) => one.event_id)])).toEqual([
      ['two', 'r', ['3', '5']],
      ['one', 'r', ['2']],
      ['one', 'other', ['6']],
      ['anybody', 'r', ['1', '4']],
    ])
  })
})
