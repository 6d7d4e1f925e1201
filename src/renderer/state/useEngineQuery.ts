import { keepPreviousData, type QueryClient, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Change, Client, MethodName, ParamsIn, Result } from '../../contract'
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
  events: ['events.', 'timeline.', 'graph.', 'traces.', 'spans.', 'links.', 'fields.', 'import.', 'case.', 'report.'],
  links: ['links.', 'traces.', 'events.', 'graph.', 'case.', 'report.'],
  notes: ['notes.', 'case.info', 'case.current', 'report.'],
}

/** Whether an answer of `method` may be stale after the change. A change of the case makes every answer stale. */
export function isAffected(change: Change['kind'], method: unknown): boolean {
  if (change === 'case') return true
  return typeof method === 'string' && affected[change].some((prefix) => method.startsWith(prefix))
}

/** Drops what a change of the engine made stale. */
export function useChangeInvalidation(client: Client, queries: QueryClient): void {
  useEffect(
    () =>
      client.onChange((change) => {
        void queries.invalidateQueries({ predicate: (query) => isAffected(change.kind, query.queryKey[0]) })
      }),
    [client, queries],
  )
}
