import { Button } from '@blueprintjs/core'
import type { ReactNode } from 'react'
import type { AccessGraph, GraphNode } from '../../../contract/traces'
import { nodeFacts } from '../../drawing/graph/columns'
import { termMark } from '../../filter/valueMark'
import { withTerm } from '../../state/filterText'
import { useLayout, useScope, useSelection, useSettings } from '../../state/workbench'
import { Evidence } from '../../text/Evidence'
import { formatCount, formatShare } from '../../text/numbers'
import { formatRowTime, zoneLabel } from '../../text/time'
import { CopyButton } from '../../ui/CopyButton'
import { edgeFilter, nodeTerm } from './terms'

interface Props {
  readonly graph: AccessGraph
  readonly pinned: readonly string[]
  readonly onPin: (nodeId: string) => void
}

/** What is selected in the graph: counts, times, neighbours, and the ways on. */
export function GraphDetails({ graph, pinned, onPin }: Props) {
  const nodeId = useSelection((s) => s.nodeId)
  const edge = useSelection((s) => s.edge)
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]))
  const node = nodeId === null ? undefined : nodes.get(nodeId)
  if (node !== undefined) return <NodeDetails graph={graph} node={node} nodes={nodes} pinned={pinned} onPin={onPin} />
  const found =
    edge === null ? undefined : graph.edges.find((e) => e.source === edge.source && e.target === edge.target)
  if (found !== undefined) return <EdgeDetails edge={found} nodes={nodes} />
  return (
    <aside className="ct-gr-details" aria-label="Details of the graph">
      <p className="ct-dim">
        Pick a node or a ribbon. A node lights up all that leads to it and all that it leads to; a ribbon’s width is the
        number of accesses, its dashed red part what was denied.
      </p>
    </aside>
  )
}

interface NodeProps extends Props {
  readonly node: GraphNode
  readonly nodes: ReadonlyMap<string, GraphNode>
}

function NodeDetails({ graph, node, nodes, pinned, onPin }: NodeProps) {
  const { filter, setFilter } = useScope()
  const facts = nodeFacts(graph).get(node.id)
  const term = nodeTerm(node)
  const without = nodeTerm(node, true)
  const isPinned = pinned.includes(node.id)
  return (
    <aside className="ct-gr-details" aria-label="Details of the node">
      <p className="ct-dim">{node.kind}</p>
      <h3 {...termMark(node.kind, node.label, term)}>
        <Evidence text={node.label} /> <CopyButton text={node.label} label="Copy the name" />
      </h3>
      <Facts
        count={node.count}
        denied={facts?.denied ?? 0}
        firstTs={facts?.firstTs ?? null}
        lastTs={facts?.lastTs ?? null}
      />
      <div className="ct-gr-acts">
        {term === undefined || without === undefined ? (
          <p className="ct-dim">This node stands for several; show more nodes to see them apart.</p>
        ) : (
          <>
            <Button size="small" onClick={() => setFilter(withTerm(filter, term))}>
              Filter to this
            </Button>
            <Button size="small" onClick={() => setFilter(withTerm(filter, without))}>
              Exclude
            </Button>
            <EventsButton filter={withTerm(filter, term)} />
          </>
        )}
        <Button size="small" active={isPinned} onClick={() => onPin(node.id)}>
          {isPinned ? 'Unpin' : 'Pin'}
        </Button>
      </div>
      <Neighbours title="From" ends={graph.edges.filter((e) => e.target === node.id)} side="source" nodes={nodes} />
      <Neighbours title="To" ends={graph.edges.filter((e) => e.source === node.id)} side="target" nodes={nodes} />
    </aside>
  )
}

type Edge = AccessGraph['edges'][number]

function EdgeDetails({ edge, nodes }: { readonly edge: Edge; readonly nodes: ReadonlyMap<string, GraphNode> }) {
  const { filter, setFilter } = useScope()
  const pickNode = useSelection((s) => s.pickNode)
  const narrowed = edgeFilter(filter, nodes, edge)
  const end = (id: string) => (
    <button type="button" className="ct-link" onClick={() => pickNode(id)}>
      <Evidence text={nodes.get(id)?.label ?? id} />
    </button>
  )
  return (
    <aside className="ct-gr-details" aria-label="Details of the edge">
      <p className="ct-dim">accesses</p>
      <h3>
        {end(edge.source)} → {end(edge.target)}
      </h3>
      <Facts count={edge.count} denied={edge.denied} firstTs={edge.firstTs} lastTs={edge.lastTs} />
      {narrowed === undefined ? (
        <p className="ct-dim">An end of this edge stands for several; show more nodes to see them apart.</p>
      ) : (
        <div className="ct-gr-acts">
          <Button size="small" onClick={() => setFilter(narrowed)}>
            Filter to this
          </Button>
          <EventsButton filter={narrowed} />
          {edge.denied > 0 ? (
            <EventsButton filter={withTerm(narrowed, 'outcome:denied')} label="Denied events" />
          ) : null}
        </div>
      )}
    </aside>
  )
}

function EventsButton({ filter, label = 'Events' }: { readonly filter: string; readonly label?: string }) {
  const { setFilter } = useScope()
  const showView = useLayout((s) => s.showView)
  return (
    <Button
      size="small"
      onClick={() => {
        setFilter(filter)
        showView('events')
      }}
    >
      {label}
    </Button>
  )
}

interface FactsProps {
  readonly count: number
  readonly denied: number
  readonly firstTs: string | null
  readonly lastTs: string | null
}

function Facts({ count, denied, firstTs, lastTs }: FactsProps) {
  const zone = useSettings((s) => s.timeZone)
  const time = (text: string | null) => (text === null || text === '' ? '–' : formatRowTime(text, zone))
  const row = (name: string, value: ReactNode) => (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
  return (
    <dl className="ct-gr-facts">
      {row('accesses', formatCount(count))}
      {row(
        'denied',
        <span className={denied > 0 ? 'ct-warn' : undefined}>
          {formatCount(denied)} ({formatShare(denied, count)})
        </span>,
      )}
      {row(`first (${zoneLabel(zone)})`, time(firstTs))}
      {row('last', time(lastTs))}
    </dl>
  )
}

interface NeighbourProps {
  readonly title: string
  readonly ends: readonly Edge[]
  readonly side: 'source' | 'target'
  readonly nodes: ReadonlyMap<string, GraphNode>
}

const SHOWN = 30

function Neighbours({ title, ends, side, nodes }: NeighbourProps) {
  const pickEdge = useSelection((s) => s.pickEdge)
  if (ends.length === 0) return null
  const sorted = [...ends].sort((a, b) => b.count - a.count || (a[side] < b[side] ? -1 : 1))
  return (
    <section>
      <h4>{title}</h4>
      <ul className="ct-gr-neighbours">
        {sorted.slice(0, SHOWN).map((edge) => (
          <li key={edge[side]}>
            <button type="button" onClick={() => pickEdge(edge.source, edge.target)}>
              <Evidence text={nodes.get(edge[side])?.label ?? edge[side]} />
            </button>
            <span>
              {edge.denied > 0 ? <span className="ct-warn">{formatCount(edge.denied)} denied of </span> : null}
              {formatCount(edge.count)}
            </span>
          </li>
        ))}
      </ul>
      {sorted.length > SHOWN ? (
        <p className="ct-dim">and {formatCount(sorted.length - SHOWN)} more in the table</p>
      ) : null}
    </section>
  )
}
