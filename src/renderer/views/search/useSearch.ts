import { useEffect, useRef, useState } from 'react'
import { isCancelled } from '../../../common/errors'
import type { SearchHit } from '../../../contract/search'
import type { Scope } from '../../../contract/shared'
import { useClient } from '../../state/workbench'

export interface SearchState {
  readonly running: boolean
  readonly searched: number
  readonly total: number
  readonly downToUs: number | null
  readonly hits: readonly SearchHit[]
  readonly truncated: boolean
  readonly stopped: boolean
  readonly error: Error | null
  /** What was searched for; null before the first search. */
  readonly asked: string | null
}

const idle: SearchState = {
  running: false,
  searched: 0,
  total: 0,
  downToUs: null,
  hits: [],
  truncated: false,
  stopped: false,
  error: null,
  asked: null,
}

export interface SearchRequest {
  readonly scope: Scope
  readonly text: string
  readonly caseSensitive: boolean
  readonly limit: number
}

/** One search at a time; hits are added as their slices come. */
export function useSearch() {
  const client = useClient()
  const [state, setState] = useState<SearchState>(idle)
  const current = useRef<AbortController | null>(null)
  useEffect(() => () => current.current?.abort(), [])
  const start = async (request: SearchRequest) => {
    current.current?.abort()
    const abort = new AbortController()
    current.current = abort
    const mine = (change: (before: SearchState) => SearchState) => {
      if (current.current === abort) setState(change)
    }
    setState({ ...idle, running: true, asked: request.text })
    try {
      const { truncated, searched } = await client.call('events.search', request, {
        signal: abort.signal,
        onProgress: ({ hits, ...step }) => mine((before) => ({ ...before, ...step, hits: [...before.hits, ...hits] })),
      })
      mine((before) => ({ ...before, running: false, searched, truncated }))
    } catch (error) {
      const failure = error instanceof Error ? error : new Error('The search failed.')
      mine((before) => ({
        ...before,
        running: false,
        stopped: isCancelled(error),
        error: isCancelled(error) ? null : failure,
      }))
    }
  }
  return { state, start, stop: () => current.current?.abort() }
}
