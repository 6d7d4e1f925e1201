// biome-ignore-all lint/a11y/noInteractiveElementToNoninteractiveRole: a part of a drawing, whose frame takes the keys
import { memo } from 'react'
import { nodeName } from '../../../common/resourceParts'
import { SERIES_COUNT } from '../../drawing/colour/drawingTheme'
import { fitMiddle, type Measure } from '../../drawing/graph/fitLabel'
import type { SceneNode } from '../../drawing/graph/scene'
import { termMark } from '../../filter/valueMark'
import { visibleText } from '../../text/marks'
import { formatCount } from '../../text/numbers'

import { nodeTerm } from './terms'

interface Props {
  readonly id: string
  readonly node: SceneNode
  readonly measure: Measure
  readonly selected: boolean
  readonly pinned: boolean
  readonly dim: boolean
  readonly onPick: (nodeId: string) => void
  readonly onHover: (nodeId: string | null) => void
}

/** A node: its kind as a coloured edge, its name with the middle cut out, its count, and how much was denied. */
export const NodeMark = memo(function NodeMark(props: Props) {
  const { id, node, measure, selected, pinned, dim, onPick, onHover } = props
  const label = visibleText(node.label)
  const count = formatCount(node.count)
  const denied = node.denied > 0 ? `${formatCount(node.denied)} denied` : ''
  const crosses = node.denied > 0 ? `✕${formatCount(node.denied)} ` : ''
  const figures = `${pinned ? '◆ ' : ''}${crosses}${count}`
  const shown = fitMiddle(visibleText(nodeName(node)), node.width - 24 - measure(figures), measure)
  const classes = ['ct-gr-node']
  if (selected) classes.push('ct-gr-selected')
  if (dim) classes.push('ct-gr-dim')
  return (
    <g
      id={id}
      {...termMark(node.kind, node.label, nodeTerm(node))}
      role="img"
      aria-label={`${node.kind} ${label}, ${count} accesses${denied === '' ? '' : `, ${denied}`}${pinned ? ', pinned' : ''}${selected ? ', selected' : ''}`}
      className={classes.join(' ')}
      transform={`translate(${node.x},${node.y})`}
      onClick={() => onPick(node.id)}
      onPointerEnter={() => onHover(node.id)}
      onPointerLeave={() => onHover(null)}
    >
      <title>{`${node.kind}: ${label}\n${count} accesses${denied === '' ? '' : `, ${denied}`}`}</title>
      <rect className="ct-gr-box" width={node.width} height={node.height} rx={3} />
      <rect width={4} height={node.height} style={{ fill: `var(--ct-series-${node.column % SERIES_COUNT})` }} />
      <text x={10} y={node.height / 2 + 4}>
        {shown}
      </text>
      <text className="ct-gr-count" x={node.width - 6} y={node.height / 2 + 4} textAnchor="end">
        {pinned ? '◆ ' : ''}
        <tspan className="ct-gr-crosses">{crosses}</tspan>
        {count}
      </text>
    </g>
  )
})
