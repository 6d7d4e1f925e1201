// biome-ignore-all lint/a11y/useSemanticElements: a drawing that takes keys is no set of form fields
// biome-ignore-all lint/a11y/noNoninteractiveTabindex: the drawing takes the keys for its nodes
// biome-ignore-all lint/a11y/noStaticElementInteractions: edges are for the pointer; the table lists them for the keyboard
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react'
import type { AccessGraph } from '../../../contract/traces'
import type { Size } from '../../drawing/canvas/useSize'
import { edgeKey, type Reach, reach } from '../../drawing/graph/columns'
import { estimateWidth, type Measure } from '../../drawing/graph/fitLabel'
import type { Scene } from '../../drawing/graph/scene'
import { type Direction, nextNode } from '../../drawing/graph/traverse'
import { revealNode } from '../../drawing/graph/viewport'
import { useSelection } from '../../state/workbench'
import { formatCount } from '../../text/numbers'
import { NodeMark } from './NodeMark'
import { useViewport } from './useViewport'

interface Props {
  readonly graph: AccessGraph
  readonly scene: Scene
  readonly size: Size
  readonly pinned: readonly string[]
  readonly onPin: (nodeId: string) => void
  readonly onFilter: (nodeId: string) => void
}

const FONT = '13px'
const directions: ReadonlyMap<string, Direction> = new Map([
  ['ArrowUp', 'up'],
  ['ArrowDown', 'down'],
  ['ArrowLeft', 'left'],
  ['ArrowRight', 'right'],
])

export function GraphCanvas({ graph, scene, size, pinned, onPin, onFilter }: Props) {
  const id = useId()
  const nodeId = useSelection((s) => s.nodeId)
  const edge = useSelection((s) => s.edge)
  const pickNode = useSelection((s) => s.pickNode)
  const pickEdge = useSelection((s) => s.pickEdge)
  const element = useRef<HTMLDivElement>(null)
  const [hovered, setHovered] = useState<string | null>(null)
  const { viewport, change, zoom, reset, fitAll, wasDrag, handlers } = useViewport(element, scene, size)
  const measure = useTextMeasure(element.current)
  const wasDragRef = useRef(wasDrag)
  wasDragRef.current = wasDrag
  const pickedEdge = edge === null ? null : edgeKey(edge)
  const near = useMemo((): Reach | null => {
    if (hovered !== null) return reach(graph, [hovered])
    if (nodeId !== null && graph.nodes.some((node) => node.id === nodeId)) return reach(graph, [nodeId])
    return null
  }, [graph, hovered, nodeId])

  // A node that was picked by a key or elsewhere comes into view.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new pick moves the picture, never a pan or a resize
  useEffect(() => {
    const node = scene.nodes.find((candidate) => candidate.id === nodeId)
    if (node === undefined || size.widthPx === 0) return
    const next = revealNode(viewport, node, size.widthPx, size.heightPx)
    if (next !== viewport) change(() => next)
  }, [nodeId, scene])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const direction = directions.get(event.key)
    const acts = new Map<string, () => void>([
      ['+', () => zoom(1.25)],
      ['=', () => zoom(1.25)],
      ['-', () => zoom(0.8)],
      ['0', reset],
      ['9', fitAll],
      ...(nodeId === null
        ? []
        : ([
            ['p', () => onPin(nodeId)],
            ['f', () => onFilter(nodeId)],
          ] as const)),
    ])
    const act =
      direction === undefined
        ? acts.get(event.key)
        : () => {
            const next = nextNode(scene, nodeId, direction)
            if (next !== undefined) pickNode(next)
          }
    if (act === undefined) return
    event.preventDefault()
    act()
  }
  const at = scene.nodes.findIndex((node) => node.id === nodeId)
  const dims = near !== null
  return (
    <>
      <div
        ref={element}
        className="ct-gr-canvas"
        role="group"
        aria-label="Access graph. Arrows move between nodes, plus and minus zoom, 0 fits the width, 9 fits all, p pins, f filters."
        tabIndex={0}
        {...(at < 0 ? {} : { 'aria-activedescendant': `${id}-${at}` })}
        onKeyDown={onKeyDown}
        {...handlers}
      >
        <svg width="100%" height="100%" role="presentation">
          <g transform={`translate(${viewport.x},${viewport.y}) scale(${viewport.scale})`}>
            {scene.columns.map((column) => (
              <text key={column.title} className="ct-gr-column" x={column.x} y={18}>
                {column.title}
              </text>
            ))}
            <g>
              {scene.edges.map((drawn) => {
                const tone =
                  pickedEdge === drawn.key ? ' ct-gr-selected' : dims && !near.edges.has(drawn.key) ? ' ct-gr-dim' : ''
                const denied = drawn.denied > 0 ? `, ${formatCount(drawn.denied)} denied` : ''
                return (
                  <g
                    key={drawn.key}
                    className={`ct-gr-edge${tone}`}
                    onClick={() => {
                      if (!wasDragRef.current()) pickEdge(drawn.source, drawn.target)
                    }}
                  >
                    <title>{`${formatCount(drawn.count)} accesses${denied}`}</title>
                    <path className="ct-gr-reach" d={drawn.path} strokeWidth={Math.max(9, drawn.widthPx + 4)} />
                    <path className="ct-gr-ribbon" d={drawn.path} strokeWidth={drawn.widthPx} />
                    {drawn.deniedPath === null ? null : (
                      <path className="ct-gr-denied" d={drawn.deniedPath} strokeWidth={drawn.deniedPx} />
                    )}
                  </g>
                )
              })}
            </g>
            {scene.nodes.map((node, index) => (
              <NodeMark
                key={node.id}
                id={`${id}-${index}`}
                node={node}
                measure={measure}
                selected={node.id === nodeId}
                pinned={pinned.includes(node.id)}
                dim={dims && !near.nodes.has(node.id)}
                onPick={(picked) => {
                  if (!wasDragRef.current()) pickNode(picked)
                }}
                onHover={setHovered}
              />
            ))}
          </g>
        </svg>
      </div>
      <div className="ct-gr-buttons">
        <button type="button" title="Zoom in (+)" aria-label="Zoom in" onClick={() => zoom(1.25)}>
          +
        </button>
        <button type="button" title="Zoom out (−)" aria-label="Zoom out" onClick={() => zoom(0.8)}>
          −
        </button>
        <button type="button" title="Fit the width (0)" onClick={reset}>
          Width
        </button>
        <button type="button" title="Show all (9)" onClick={fitAll}>
          All
        </button>
      </div>
    </>
  )
}

/** Measures labels in the window's font; before the element exists, an estimate. */
function useTextMeasure(element: HTMLElement | null): Measure {
  return useMemo(() => {
    const context = document.createElement('canvas').getContext('2d')
    if (element === null || context === null) return estimateWidth(13)
    context.font = `${FONT} ${getComputedStyle(element).fontFamily}`
    const known = new Map<string, number>()
    return (text) => {
      const width = known.get(text) ?? context.measureText(text).width
      known.set(text, width)
      return width
    }
  }, [element])
}
