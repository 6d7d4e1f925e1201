import { z } from 'zod'
import { sql } from '../db/sql'
import { accessGraph } from '../graph/access'
import { graphSvg } from '../graph/svg'
import type { Asking } from '../query/scope'
import { timelineLanes } from '../timeline/lanes'
import { timelineSvg } from '../timeline/svg'
import type { WantedFigure } from './collect/incident'
import { graphFigure, timelineFigure } from './figures'
import type { Figure } from './model'

/** As many as stay legible on one page. */
const buckets = 160
const lanesShown = 14
const nodesShown = 40
/** Pixels: at the width of the page this gives labels of about 7 points. */
const timelineWidth = 760

const Span = z.object({ from_us: z.coerce.number().nullable(), to_us: z.coerce.number().nullable() })

/** Timeline and access graph of the whole case, and those that were wanted; one that would be empty is left out. */
export async function drawFigures(asking: Asking, wanted: readonly WantedFigure[]): Promise<readonly Figure[]> {
  const figures = [await drawTimeline(asking, ''), await drawGraph(asking, '')]
  for (const { id, kind, where } of wanted) {
    const figure = kind === 'timeline' ? await drawTimeline(asking, where) : await drawGraph(asking, where)
    if (figure !== null) figures.push({ ...figure, id })
  }
  return figures.filter((figure) => figure !== null)
}

async function drawTimeline(asking: Asking, filter: string): Promise<Figure | null> {
  const { db, signal } = asking
  const scope = { filter }
  const span = await db.get(
    Span,
    sql`
      SELECT epoch_us(min(ts)) AS from_us, epoch_us(max(ts)) AS to_us
      FROM (SELECT ts FROM access_event UNION ALL SELECT ts FROM span)`,
    signal,
  )
  if (span?.from_us == null || span.to_us === null) return null
  const window = { fromUs: span.from_us, toUs: span.to_us + 1 }
  const lanes = await timelineLanes(asking, { scope, window, buckets, laneBy: 'source', maxLanes: lanesShown })
  return timelineFigure(lanes, (data) => timelineSvg(data, { width: timelineWidth, heading: false }))
}

async function drawGraph(asking: Asking, filter: string): Promise<Figure | null> {
  const graph = await accessGraph(asking, { scope: { filter }, maxNodes: nodesShown, pinned: [] })
  return graphFigure(graph, (data) => graphSvg(data, { heading: false }))
}
