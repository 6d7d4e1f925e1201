import { z } from 'zod'
import type { CaseSession } from '../context'
import { sql } from '../db/sql'
import { accessGraph } from '../graph/access'
import { graphSvg } from '../graph/svg'
import { timelineLanes } from '../timeline/lanes'
import { timelineSvg } from '../timeline/svg'
import { graphFigure, timelineFigure } from './figures'
import type { Figure } from './model'

/** As many as stay legible on one page. */
const buckets = 160
const lanesShown = 14
const nodesShown = 40
/** Pixels: at the width of the page this gives labels of about 7 points. */
const timelineWidth = 760

const Span = z.object({ from_us: z.coerce.number().nullable(), to_us: z.coerce.number().nullable() })

/** Timeline and access graph of the whole case; one that would be empty is left out. */
export async function drawFigures({ db }: CaseSession, signal: AbortSignal): Promise<readonly Figure[]> {
  // No filter is asked, so nothing depends on what time it is.
  const asking = { db, now: new Date(0), signal }
  const scope = { filter: '' }
  const span = await db.get(
    Span,
    sql`
      SELECT epoch_us(min(ts)) AS from_us, epoch_us(max(ts)) AS to_us
      FROM (SELECT ts FROM access_event UNION ALL SELECT ts FROM span)`,
    signal,
  )
  const figures: (Figure | null)[] = []
  if (span?.from_us != null && span.to_us != null) {
    const window = { fromUs: span.from_us, toUs: span.to_us + 1 }
    const lanes = await timelineLanes(asking, { scope, window, buckets, laneBy: 'source', maxLanes: lanesShown })
    figures.push(timelineFigure(lanes, (data) => timelineSvg(data, { width: timelineWidth, heading: false })))
  }
  const graph = await accessGraph(asking, { scope, maxNodes: nodesShown, pinned: [] })
  figures.push(graphFigure(graph, (data) => graphSvg(data, { heading: false })))
  return figures.filter((figure) => figure !== null)
}
