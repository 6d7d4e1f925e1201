import { describe, expect, it } from 'vitest'
import type { JournalRecord } from '../../../../src/engine/case/journal'
import { tellActs } from '../../../../src/engine/share/acts'

const record = (seq: number, op: string, args: Record<string, unknown>): JournalRecord => ({
  ...{ v: 1, seq, prev: '', hash: '', at: '2026-01-02T03:04:05.000Z', actor: 'ann', tool: 'crosstrail/test' },
  ...{ op, args },
})
const change = {
  text: (value: string) => value.replaceAll('ann', 'person-0001'),
  id: (value: bigint) => value + 1n,
  hash: (value: string) => value,
}

describe('the acts of a redacted copy', () => {
  it('are those of the work, each with its word taken back, and not what was made of the original', () => {
    const told = tellActs(
      [
        record(1, 'case.create', {}),
        record(2, 'identity.merge', { actorKey: 'user:ann', identity: 'mail:ann@a' }),
        record(3, 'report.compose', { options: { author: 'ann' } }),
        record(4, 'identity.clear', { actorKey: 'user:ann', identity: 'mail:ann@a' }),
      ],
      change,
      2,
    )
    const args = { actorKey: 'user:person-0001', identity: 'mail:person-0001@a' }
    expect(told.map(({ op, actor, args: own }) => [op, actor, own])).toEqual([
      ['identity.merge', 'person-0001', args],
      ['identity.clear', 'person-0001', args],
    ])
  })

  it('are taken back under their new numbers; taking back what is not told is not told', () => {
    const told = tellActs(
      [
        record(1, 'case.create', {}),
        record(2, 'note.add', { id: 'n', text: 'by ann', target: { kind: 'event', id: '41' } }),
        record(3, 'work.undo', { seq: 2 }),
        record(4, 'work.undo', { seq: 1 }),
      ],
      change,
      5,
    )
    expect(told.map(({ op, args }) => [op, args])).toEqual([
      ['note.add', { id: 'n', text: 'by person-0001', target: { kind: 'event', id: '42' } }],
      ['work.undo', { seq: 6 }],
    ])
  })
})
