import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useReducer, useState } from 'react'
import type { Scope } from '../../../contract/shared'
import { queryKey, useEngineQuery } from '../../state/useEngineQuery'
import { useClient } from '../../state/workbench'
import { EventPager, type PageSource } from './eventPager'

export type EventOrder = 'ts' | '-ts'

export interface EventRows {
  /** The rows to draw: those of the last scope until the next one is counted. */
  readonly pager: EventPager | null
  readonly loading: boolean
  readonly error: Error | null
  retry(): void
}

const JUMP_BUCKETS = 2_000

/** Rows of the scope in the order, by index. */
export function useEventPager(scope: Scope, order: EventOrder, fields: readonly string[]): EventRows {
  const client = useClient()
  const queries = useQueryClient()
  const [, redraw] = useReducer((version: number) => version + 1, 0)
  const [failure, setFailure] = useState<Error | null>(null)
  const count = useEngineQuery('events.count', { scope }, { keepPrevious: true })
  const key = JSON.stringify([scope, order, fields])
  // A refetch after an import gives a new count, and with it new pages.
  const countedAt = count.dataUpdatedAt
  const settled = count.data !== undefined && !count.isPlaceholderData
  const [kept, setKept] = useState<EventPager | null>(null)

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for scope, order and fields by value
  const pager = useMemo(() => {
    if (!settled || count.data === undefined) return null
    const source: PageSource = {
      page: (ask) => client.call('events.page', { scope, order, fields: [...fields], ...ask }),
      buckets: async (window) => {
        const params = {
          scope: { ...scope, ...(window === null ? {} : { window }) },
          buckets: JUMP_BUCKETS,
        }
        const {
          startUs,
          widthUs,
          count: counts,
        } = await queries.fetchQuery({
          queryKey: queryKey('events.histogram', params),
          queryFn: () => client.call('events.histogram', params),
        })
        return { startUs, widthUs, count: counts, descending: order === '-ts' }
      },
    }
    return new EventPager(count.data.count, source, redraw, (error) =>
      setFailure(error instanceof Error ? error : null),
    )
  }, [client, queries, key, settled, countedAt])

  useEffect(() => {
    if (pager === null) return
    setKept(pager)
    setFailure(null)
    return () => pager.close()
  }, [pager])

  return {
    pager: pager ?? kept,
    loading: count.isFetching || !settled,
    error: count.error ?? failure,
    retry: () => {
      setFailure(null)
      void count.refetch()
    },
  }
}
