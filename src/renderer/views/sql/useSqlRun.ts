import { useEffect, useRef, useState } from 'react'
import { isAppError, isCancelled } from '../../../common/errors'
import type { Result } from '../../../contract'
import { useClient } from '../../state/workbench'

export interface SqlRun {
  readonly running: boolean
  readonly answer: Result<'sql.run'> | null
  readonly tookMs: number
  readonly error: Error | null
  /** A plan is text, not rows. */
  readonly plan: string | null
  readonly faultAt: number | null
}

const nothing: SqlRun = { running: false, answer: null, tookMs: 0, error: null, plan: null, faultAt: null }

/** Most rows that are shown; a file takes all. */
export const SHOWN_ROWS = 10_000

/** Runs one query at a time; the answer before stays in sight until the next is there. */
export function useSqlRun() {
  const client = useClient()
  const [run, setRun] = useState<SqlRun>(nothing)
  const current = useRef<AbortController | null>(null)
  useEffect(() => () => current.current?.abort(), [])
  const start = async (sql: string, asPlan: boolean) => {
    current.current?.abort()
    const abort = new AbortController()
    current.current = abort
    const began = performance.now()
    setRun((before) => ({ ...before, running: true, error: null, faultAt: null }))
    try {
      const answer = await client.call(
        'sql.run',
        { sql: asPlan ? `EXPLAIN ${sql}` : sql, limit: SHOWN_ROWS },
        { signal: abort.signal },
      )
      if (current.current !== abort) return
      const tookMs = performance.now() - began
      const explained = answer.rows.map((row) => String(row.explain_value ?? '')).join('\n')
      setRun(asPlan ? { ...nothing, plan: explained, tookMs } : { ...nothing, answer, tookMs })
    } catch (error) {
      if (current.current !== abort) return
      if (isCancelled(error)) {
        setRun((before) => ({ ...before, running: false }))
        return
      }
      const position = isAppError(error) ? error.details.position : undefined
      const shift = asPlan ? 'EXPLAIN '.length : 0
      setRun({
        ...nothing,
        error: error instanceof Error ? error : new Error('The query failed.'),
        faultAt: typeof position === 'number' ? Math.max(0, position - shift) : null,
      })
    }
  }
  return { run, start, cancel: () => current.current?.abort() }
}
