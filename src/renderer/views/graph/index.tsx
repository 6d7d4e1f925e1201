import { Button } from '@blueprintjs/core'
import { useState } from 'react'
import '../../drawing/series.css'
import '../../drawing/drawn.css'
import './graph.css'
import { useSize } from '../../drawing/canvas/useSize'
import { useDrawingTheme } from '../../drawing/colour/useDrawingTheme'
import { Choice } from '../../drawing/controls/Choice'
import { Splitter } from '../../drawing/controls/Splitter'
import { sceneSvg } from '../../drawing/graph/svgText'
import { withTerm } from '../../state/filterText'
import { useEngineQuery } from '../../state/useEngineQuery'
import { useLayout, useScope } from '../../state/workbench'
import { plural } from '../../text/numbers'
import { Empty, LoadingLine } from '../../ui/Empty'
import { QueryError } from '../../ui/QueryError'
import { GraphCanvas } from './GraphCanvas'
import { GraphDetails } from './GraphDetails'
import { GraphTable } from './GraphTable'
import { saveSvg } from './saveSvg'
import { nodeTerm } from './terms'
import { type LayoutKind, useScene } from './useScene'

const sizes = ['20', '40', '80', '120', '300', '1000']
const noPins: readonly string[] = []

export function GraphView() {
  const { data: current, isPending } = useEngineQuery('case.current', {})
  const showView = useLayout((s) => s.showView)
  if (isPending) return <LoadingLine active />
  if ((current?.info.tables.access_event ?? 0) > 0) return <Graph />
  return (
    <Empty
      title="No accesses yet"
      action={
        <button type="button" className="ct-link" onClick={() => showView('evidence')}>
          Go to Evidence
        </button>
      }
    >
      Import audit logs: who used which role to reach which service and resource is then drawn here, with what was
      denied.
    </Empty>
  )
}

function Graph() {
  const { scope, filter, window, setFilter, clear } = useScope()
  const theme = useDrawingTheme()
  const [kind, setKind] = useState<LayoutKind>('layered')
  const [maxNodes, setMaxNodes] = useState(40)
  const [asTable, setAsTable] = useState(false)
  const [pinned, setPinned] = useState(noPins)
  const [detailsPx, setDetailsPx] = useState(230)
  const [frame, size] = useSize<HTMLDivElement>()
  const {
    data: graph,
    error,
    refetch,
    isFetching,
  } = useEngineQuery('graph.access', { scope, maxNodes, pinned: [...pinned] }, { keepPrevious: true })
  const scene = useScene(graph, kind, size.widthPx)
  const denied = graph === undefined ? 0 : graph.edges.reduce((sum, edge) => sum + edge.denied, 0)
  const pin = (nodeId: string) =>
    setPinned((before) => (before.includes(nodeId) ? before.filter((id) => id !== nodeId) : [...before, nodeId]))
  const filterTo = (nodeId: string) => {
    const node = graph?.nodes.find((candidate) => candidate.id === nodeId)
    const term = node === undefined ? undefined : nodeTerm(node)
    if (term !== undefined) setFilter(withTerm(filter, term))
  }
  return (
    <div className="ct-drawn ct-gr">
      <LoadingLine active={isFetching} />
      <div className="ct-tools">
        <Choice
          label="Layout"
          value={kind}
          options={[
            { value: 'layered', label: 'Layers' },
            { value: 'force', label: 'Force' },
          ]}
          onChange={(value) => setKind(value === 'force' ? 'force' : 'layered')}
        />
        <Choice
          label="At most"
          value={String(maxNodes)}
          options={sizes.map((value) => ({ value, label: `${value} nodes` }))}
          onChange={(value) => setMaxNodes(Number(value))}
        />
        <span className="ct-gr-key">
          <i className="ct-gr-key-count" /> width: accesses
        </span>
        <span className="ct-gr-key">
          <i className="ct-gr-key-denied" /> denied
        </span>
        {pinned.length === 0 ? null : (
          <Button size="small" variant="minimal" onClick={() => setPinned(noPins)}>
            {plural(pinned.length, 'pin')} ✕
          </Button>
        )}
        <span className="ct-spring" />
        <span className="ct-dim" aria-live="polite">
          {graph === undefined ? '' : `${plural(graph.nodes.length, 'node')}, ${plural(graph.edges.length, 'edge')}`}
          {graph?.truncated === true ? '; the weaker ones are folded together' : ''}
          {denied > 0 ? '' : graph === undefined ? '' : '; nothing was denied'}
        </span>
        <Button
          size="small"
          icon="download"
          disabled={scene === undefined}
          onClick={() => scene !== undefined && saveSvg(sceneSvg(scene, theme, caption(filter)), 'access-graph.svg')}
        >
          SVG
        </Button>
        <Button size="small" icon="th" active={asTable} aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
          Table
        </Button>
      </div>
      <QueryError error={error} retry={refetch} />
      {graph !== undefined && graph.nodes.length === 0 ? (
        <Empty
          title="Nothing here"
          action={
            filter === '' && window === null ? undefined : (
              <button type="button" className="ct-link" onClick={clear}>
                Show everything
              </button>
            )
          }
        >
          No access of the chosen scope names an actor, a service or a resource.
        </Empty>
      ) : (
        <div className="ct-gr-body">
          <div ref={frame} className="ct-gr-frame">
            {graph === undefined || scene === undefined ? null : asTable ? (
              <GraphTable graph={graph} />
            ) : (
              <GraphCanvas
                key={kind}
                graph={graph}
                scene={scene}
                size={size}
                pinned={pinned}
                onPin={pin}
                onFilter={filterTo}
              />
            )}
          </div>
          {graph === undefined ? null : (
            <>
              <Splitter
                label="Width of the details"
                kind="column"
                reverse
                valuePx={detailsPx}
                leastPx={160}
                mostPx={700}
                onChange={setDetailsPx}
              />
              <div className="ct-gr-side" style={{ width: detailsPx }}>
                <GraphDetails graph={graph} pinned={pinned} onPin={pin} />
              </div>
            </>
          )}
        </div>
      )}
    </div>
  )
}

function caption(filter: string): string {
  return filter === '' ? 'Access graph, all events' : `Access graph of ${filter}`
}
