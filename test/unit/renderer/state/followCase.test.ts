import { QueryClient } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'
import type { OpenCase } from '../../../../src/contract/case'
import { followCase, queryKey } from '../../../../src/renderer/state/useEngineQuery'

function openCase(id: string): OpenCase {
  const journal = { seq: 1, head: '0'.repeat(64) }
  return {
    info: { id, title: id, created: '', tables: {}, sources: [], firstTs: null, lastTs: null, journal },
    span: null,
    notices: [],
  }
}

/** A window that shows `before`, with one answer in the cache, told that the engine now has `after` open. */
async function follow(before: OpenCase | null, after: OpenCase | null): Promise<QueryClient> {
  const queries = new QueryClient()
  queries.setQueryData(queryKey('case.current', {}), before)
  queries.setQueryData(queryKey('app.info', {}), 'host')
  queries.setQueryData(queryKey('events.count', {}), 'answer')
  await followCase(queries, async () => after)
  return queries
}

describe('following the open case', () => {
  it('throws the answers about another case away', async () => {
    const queries = await follow(openCase('a'), openCase('b'))
    expect(queries.getQueryData(queryKey('events.count', {}))).toBeUndefined()
    expect(queries.getQueryData<OpenCase>(queryKey('case.current', {}))?.info.id).toBe('b')
    expect(queries.getQueryData(queryKey('app.info', {}))).toBe('host')
  })

  it('throws all answers about a closed case away', async () => {
    const queries = await follow(openCase('a'), null)
    expect(queries.getQueryData(queryKey('events.count', {}))).toBeUndefined()
    expect(queries.getQueryData(queryKey('case.current', {}))).toBeNull()
  })

  it('keeps the last picture of the same case, marked as stale', async () => {
    const queries = await follow(openCase('a'), openCase('a'))
    expect(queries.getQueryData(queryKey('events.count', {}))).toBe('answer')
    expect(queries.getQueryState(queryKey('events.count', {}))?.isInvalidated).toBe(true)
  })
})
