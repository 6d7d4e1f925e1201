/** What the timeline asks the engine: lanes of the window, the whole case for the minimap, and counts to check against. */
import { useMemo } from 'react'
import type { TimeWindow } from '../../../contract/shared'
import { caseWindow } from '../../drawing/time/window'
import { buildLanes, drawnTotal, type Lane } from '../../drawing/timeline/lanes'
import { withTerm } from '../../state/filterText'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useScope } from '../../state/workbench'

const MAX_LANES = 20
/** Buckets about this wide; their number goes in steps, so that resizing a pane does not ask anew at every pixel. */
const BUCKET_PX = 4
const BUCKET_STEP = 50

export function bucketCount(widthPx: number): number {
  const wanted = Math.ceil(widthPx / BUCKET_PX / BUCKET_STEP) * BUCKET_STEP
  return Math.min(1_000, Math.max(BUCKET_STEP, wanted))
}

/** The time span of the open case as a window, or null where there is no case or nothing with a time in it. */
export function useCaseWindow(): { readonly bounds: TimeWindow | null; readonly isPending: boolean } {
  const { data, isPending } = useEngineQuery('case.current', {})
  const span = data?.span ?? null
  const fromUs = span?.fromUs
  const toUs = span?.toUs
  const bounds = useMemo(
    () => (fromUs === undefined || toUs === undefined ? null : caseWindow({ fromUs, toUs })),
    [fromUs, toUs],
  )
  return { bounds, isPending }
}

const noLanes: readonly Lane[] = []

export function useTimelineData(bounds: TimeWindow, widthPx: number, laneBy: string) {
  const { filter, window } = useScope()
  const shown = window ?? bounds
  const enabled = widthPx > 0
  const lanesQuery = useEngineQuery(
    'timeline.lanes',
    { scope: { filter }, window: shown, buckets: bucketCount(widthPx), laneBy, maxLanes: MAX_LANES },
    { keepPrevious: true, enabled },
  )
  const counted = useEngineQuery('events.count', { scope: { filter, window: shown } }, { keepPrevious: true })
  const undated = useEngineQuery('events.count', { scope: { filter: withTerm(filter, '-_exists_:ts') } })
  const overview = useEngineQuery(
    'events.histogram',
    { scope: { filter, window: bounds }, buckets: 300, by: 'outcome' },
    { keepPrevious: true },
  )
  const result = lanesQuery.data
  const lanes = useMemo(() => (result === undefined ? noLanes : buildLanes(result)), [result])
  return {
    lanes,
    result,
    overview: overview.data,
    drawn: useMemo(() => drawnTotal(lanes, 'events'), [lanes]),
    counted: counted.data?.count,
    undated: undated.data?.count,
    busy: lanesQuery.isFetching || counted.isFetching,
    settled:
      !lanesQuery.isPlaceholderData && !counted.isPlaceholderData && !lanesQuery.isFetching && !counted.isFetching,
    error: lanesQuery.error ?? counted.error,
    retry: () => {
      void lanesQuery.refetch()
      void counted.refetch()
    },
  }
}

export type TimelineData = ReturnType<typeof useTimelineData>
