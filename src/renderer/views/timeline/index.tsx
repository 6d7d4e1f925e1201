import { useMemo, useState } from 'react'
import '../../drawing/series.css'
import '../../drawing/drawn.css'
import './timeline.css'
import type { TimeWindow } from '../../../contract/shared'
import { useSize } from '../../drawing/canvas/useSize'
import { placeLanes } from '../../drawing/timeline/geometry'
import { useLayout, useScope, useSettings } from '../../state/workbench'
import { zoneLabel } from '../../text/time'
import { Empty, LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { Account } from './Account'
import { BarDetails } from './BarDetails'
import { LaneLabels } from './LaneLabels'
import { LaneTable } from './LaneTable'
import { Minimap } from './Minimap'
import { NoteStrip } from './NoteStrip'
import { type BarRef, Plot } from './Plot'
import { AXIS_PX, TimeAxis } from './TimeAxis'
import { type TimelineLook, Toolbar } from './Toolbar'
import { useMarkPins } from './useMarkPins'
import { useMarks } from './useMarks'
import { useNoteMarks } from './useNoteMarks'
import { useCaseWindow, useTimelineData } from './useTimelineData'
import { useTimeWindow } from './useTimeWindow'

export function TimelineView() {
  const { bounds, isPending } = useCaseWindow()
  const showView = useLayout((s) => s.showView)
  if (bounds !== null) return <Timeline bounds={bounds} />
  if (isPending) return <LoadingLine active />
  return (
    <Empty
      title="No times yet"
      action={
        <button type="button" className="ct-link" onClick={() => showView('evidence')}>
          Go to Evidence
        </button>
      }
    >
      Import audit logs or traces: every event and span then appears here on one time axis, by source, service, actor or
      another field.
    </Empty>
  )
}

const firstLook: TimelineLook = { laneBy: 'source', heights: 'linear', sharedPeak: false, asTable: false }

function Timeline({ bounds }: { readonly bounds: TimeWindow }) {
  const { filter, window, clearFilter } = useScope()
  const zone = useSettings((s) => s.timeZone)
  const [look, setLook] = useState(firstLook)
  const [bar, setBar] = useState<BarRef | null>(null)
  const [body, size] = useSize<HTMLDivElement>()
  const widthPx = Math.max(0, size.widthPx - LABELS_PX)
  const control = useTimeWindow(bounds)
  const data = useTimelineData(bounds, widthPx, look.laneBy)
  const marks = useMarks(look.laneBy)
  const notes = useNoteMarks()
  const markPins = useMarkPins()
  const places = useMemo(() => placeLanes(data.lanes, size.heightPx), [data.lanes, size.heightPx])
  const heightPx = places.reduce((sum, place) => sum + place.heightPx, 0)
  const { result } = data
  // A bar belongs to the lanes that it was picked in.
  const shownBar =
    bar !== null && data.lanes.some((lane) => lane.kind === bar.kind && lane.key === bar.key) ? bar : null
  return (
    <div className="ct-drawn ct-tl">
      <LoadingLine active={data.busy} />
      <Toolbar
        look={look}
        onLook={(next) => {
          setBar(null)
          setLook(next)
        }}
        lanes={data.lanes}
        control={control}
      />
      <QueryError error={data.error} retry={data.retry} />
      {look.asTable && result !== undefined ? (
        <LaneTable lanes={data.lanes} grid={result} />
      ) : (
        <>
          <div className="ct-tl-head" style={{ gridTemplateColumns: `${LABELS_PX}px 1fr` }}>
            <span className="ct-tl-corner">whole case</span>
            <Minimap bounds={bounds} overview={data.overview} control={control} widthPx={widthPx} />
            <span className="ct-tl-corner ct-tl-zone" style={{ height: AXIS_PX }}>
              {zoneLabel(zone, control.window.fromUs)}
            </span>
            <TimeAxis window={control.window} widthPx={widthPx} />
          </div>
          {notes.length === 0 ? null : (
            <div className="ct-tl-head" style={{ gridTemplateColumns: `${LABELS_PX}px 1fr` }}>
              <span className="ct-tl-corner">notes</span>
              <NoteStrip noun="note" notes={notes} window={control.window} widthPx={widthPx} onTime={control.show} />
            </div>
          )}
          {markPins.length === 0 ? null : (
            <div className="ct-tl-head" style={{ gridTemplateColumns: `${LABELS_PX}px 1fr` }}>
              <span className="ct-tl-corner">marks</span>
              <NoteStrip noun="mark" notes={markPins} window={control.window} widthPx={widthPx} onTime={control.show} />
            </div>
          )}
          <div ref={body} className="ct-tl-body">
            {result !== undefined && data.lanes.length === 0 ? (
              <Empty
                title="Nothing here"
                action={
                  filter === '' ? undefined : (
                    <button type="button" className="ct-link" onClick={() => clearFilter()}>
                      Clear the filter
                    </button>
                  )
                }
              >
                No event or span of this window matches the filter.
              </Empty>
            ) : (
              <div className="ct-tl-lanes" style={{ gridTemplateColumns: `${LABELS_PX}px 1fr`, height: heightPx }}>
                <LaneLabels places={places} laneBy={look.laneBy} />
                <Plot
                  places={places}
                  result={result}
                  control={control}
                  bounds={bounds}
                  widthPx={widthPx}
                  heightPx={heightPx}
                  heights={look.heights}
                  sharedPeak={look.sharedPeak}
                  marks={marks}
                  bar={shownBar}
                  onBar={setBar}
                />
              </div>
            )}
          </div>
          {shownBar === null || result === undefined ? null : (
            <BarDetails
              bar={shownBar}
              lanes={data.lanes}
              result={result}
              laneBy={look.laneBy}
              onZoom={(next) => {
                setBar(null)
                control.show(next)
              }}
              onClose={() => setBar(null)}
            />
          )}
        </>
      )}
      <Account data={data} scoped={filter !== '' || window !== null} />
    </div>
  )
}

const LABELS_PX = 176
