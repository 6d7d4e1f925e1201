import { describe, expect, it } from 'vitest'
import { type Edge, type Edit, groupIdentities } from '../../../../src/engine/identities/group'

const tie = (a: string, b: string, confidence: number, basis = 'record'): Edge => ({
  a,
  b,
  basis,
  confidence,
  said: 'x',
  events: 1,
  eventId: '1',
})
const word = (actorKey: string, otherKey: string, merged: boolean): Edit => ({
  actorKey,
  otherKey,
  merged,
  author: 'A. Nalyst',
})

function groups(edges: readonly Edge[], edits: readonly Edit[] = []) {
  const keys = [...new Set([...edges.flatMap(({ a, b }) => [a, b]), ...edits.flatMap((e) => [e.actorKey, e.otherKey])])]
  const actors = keys.map((actorKey) => ({ actorKey, label: actorKey, type: 'user', events: 1 }))
  const { aliases } = groupIdentities(actors, edges, edits)
  const by = new Map<string, string[]>()
  for (const { identityId, actorKey } of aliases) by.set(identityId, [...(by.get(identityId) ?? []), actorKey].sort())
  return Object.fromEntries(by)
}

describe('keys that are one identity', () => {
  it('is named after the mail address, and is as sure as the weakest tie on the way', () => {
    const edges = [tie('gh:a', 'mail:a@x', 0.6, 'local-part'), tie('aws:s', 'gh:a', 0.97, 'assume-role')]
    const actors = ['gh:a', 'mail:a@x', 'aws:s'].map((actorKey) => ({
      actorKey,
      label: actorKey,
      type: 'user',
      events: 1,
    }))
    const { identities, aliases } = groupIdentities(actors, edges, [])
    expect(identities).toEqual([{ identityId: 'mail:a@x', label: 'mail:a@x', kind: 'user' }])
    expect(aliases.map((one) => [one.actorKey, one.basis, one.confidence, one.viaKey])).toEqual([
      ['mail:a@x', 'primary', 1, null],
      ['gh:a', 'local-part', 0.6, 'mail:a@x'],
      ['aws:s', 'assume-role', 0.6, 'gh:a'],
    ])
  })

  it('never makes two mail addresses one by a weak tie, but does by a native id', () => {
    const weak = [tie('gh:a', 'mail:a@x', 0.6), tie('gh:a', 'mail:b@x', 0.5)]
    expect(groups(weak)).toEqual({ 'mail:a@x': ['gh:a', 'mail:a@x'] })
    expect(groups([tie('mail:a@x', 'mail:b@x', 0.98)])).toEqual({ 'mail:a@x': ['mail:a@x', 'mail:b@x'] })
  })

  it('is the same whatever the order of the pairs', () => {
    const edges = [tie('gh:a', 'mail:a@x', 0.6), tie('gh:a', 'mail:b@x', 0.6), tie('pg:a', 'gh:a', 0.5)]
    expect(groups([...edges].reverse())).toEqual(groups(edges))
  })

  it('does what the analyst says before anything else', () => {
    const edges = [tie('gh:a', 'mail:a@x', 0.98), tie('pg:a', 'gh:a', 0.9)]
    expect(groups(edges, [word('aws:z', 'gh:a', true)])).toEqual({ 'mail:a@x': ['aws:z', 'gh:a', 'mail:a@x', 'pg:a'] })
    expect(groups(edges, [word('pg:a', 'mail:a@x', false)])).toEqual({ 'mail:a@x': ['gh:a', 'mail:a@x'] })
  })

  it('takes a key in the middle out and leaves the others together', () => {
    const edges = [tie('gh:a', 'mail:a@x', 0.98), tie('pg:a', 'gh:a', 0.97), tie('pg:a', 'mail:a@x', 0.9)]
    expect(groups(edges, [word('gh:a', 'mail:a@x', false)])).toEqual({ 'mail:a@x': ['mail:a@x', 'pg:a'] })
  })

  it('lets a key stand alone', () => {
    const edges = [tie('gh:a', 'mail:a@x', 0.98), tie('pg:a', 'gh:a', 0.97)]
    expect(groups(edges, [word('mail:a@x', 'mail:a@x', false)])).toEqual({ 'gh:a': ['gh:a', 'pg:a'] })
  })
})
