import { keepPreviousData, type Query, type QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Change, Client, MethodName, ParamsIn, Result } from '../../contract'
import type { OpenCase } from '../../contract/case'
import { useClient } from './workbench'

export interface EngineQueryOptions {
  /** Shows the last picture while the next one loads (`isPlaceholderData` is true then). */
  readonly keepPrevious?: boolean
  /** False: does not ask yet. */
  readonly enabled?: boolean
}

/** The cache key of a call: method and params, nothing else. */
export function queryKey<M extends MethodName>(method: M, params: ParamsIn<M>): readonly [M, ParamsIn<M>] {
  return [method, params]
}

/**
 * Asks the engine and keeps the answer in the query cache. Changing params cancels the call before. What the engine
 * knows lives only here: no view copies a result into a store.
 */
export function useEngineQuery<M extends MethodName>(
  method: M,
  params: ParamsIn<M>,
  options: EngineQueryOptions = {},
): UseQueryResult<Result<M>, Error> {
  const client = useClient()
  return useQuery<Result<M>, Error, Result<M>, readonly [M, ParamsIn<M>]>({
    queryKey: queryKey(method, params),
    queryFn: ({ signal }) => client.call(method, params, { signal }),
    enabled: options.enabled ?? true,
    ...(options.keepPrevious === true ? { placeholderData: keepPreviousData } : {}),
  })
}

const affected: Readonly<Record<Change['kind'], readonly string[]>> = {
  case: [],
  events: [
    'coverage.',
    'outOfBand.',
    'auditGaps.',
    'denial.',
    'clocks.',
    'identities.',
    'events.',
    'timeline.',
    'graph.',
    'traces.',
    'spans.',
    'links.',
    'fields.',
    'enrich.',
    'import.',
    'mapping.list',
    'work.describe',
    'incidents.reach',
    'indicators.',
    'case.',
    'report.',
  ],
  links: [
    'links.',
    'traces.',
    'events.',
    'graph.',
    'case.',
    'report.',
    'coverage.',
    'outOfBand.',
    'auditGaps.',
    'denial.',
    'clocks.',
    'identities.',
  ],
  notes: [
    'notes.',
    'views.',
    'marks.',
    'work.',
    'findings.',
    'hypotheses.',
    'tasks.',
    'incidents.',
    'indicators.',
    'case.info',
    'case.current',
    'report.',
  ],
}

/** Whether an answer of `method` may be stale after the change. A change of the case makes every answer stale. */
export function isAffected(change: Change['kind'], method: unknown, params?: unknown): boolean {
  if (change === 'case') return true
  if (typeof method !== 'string') return false
  if (affected[change].some((prefix) => method.startsWith(prefix))) return true
  return change === 'notes' && asksWork.test(JSON.stringify(params) ?? '')
}

/** A filter that asks for notes or marks gives other events after case work. Too much found costs a question again. */
const asksWork = /\b(?:note|tags?|star|verdict|severity|technique|attack):/i

/** Answers that say which case is open, or that do not depend on it. */
const aboutTheHost: ReadonlySet<unknown> = new Set(['case.current', 'case.recent', 'app.info'])

/** Drops what a change of the engine made stale. Once, in `main.tsx`. */
export function useChangeInvalidation(client: Client, queries: QueryClient): void {
  useEffect(
    () =>
      client.onChange(({ kind }) => {
        if (kind === 'case') void followCase(queries, () => client.call('case.current', {}))
        else {
          void queries.invalidateQueries({
            predicate: ({ queryKey: [name, params] }) => isAffected(kind, name, params),
          })
        }
      }),
    [client, queries],
  )
}

/**
 * First which case is open, so that the views of a closed one are gone before anything is asked again. Answers about
 * another case are thrown away, not shown until the new ones come: two cases are never mixed in one window.
 */
export async function followCase(queries: QueryClient, readCase: () => Promise<OpenCase | null>): Promise<void> {
  const key = queryKey('case.current', {})
  const before = queries.getQueryData<OpenCase | null>(key)?.info.id
  // A failure shows where the case is read; there is nothing to follow then.
  const open = await readCase().catch(() => undefined)
  if (open === undefined) return
  queries.setQueryData<OpenCase | null>(key, open)
  await new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
  const others = { predicate: (query: Query) => !aboutTheHost.has(query.queryKey[0]) }
  if (open === null) queries.removeQueries(others)
  else if (open.info.id !== before) void queries.resetQueries(others)
  else void queries.invalidateQueries(others)
  void queries.invalidateQueries({ queryKey: ['case.recent'] })
}

/** Long enough for React to take down the views of a case. */
const SETTLE_MS = 50
