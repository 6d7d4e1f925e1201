/** The access graph as a figure: one column a kind, edge width by count, denied accesses dashed, marked and in words. */
import { layeredLayout, type PlacedNode } from '../../common/layout/layered'
import { nodeName } from '../../common/resourceParts'
import type { AccessGraph, GraphEdge, GraphNode } from '../../contract/traces'
import { element, escapeXml, shorten, svgDocument, text } from '../timeline/svgText'
import { kinds } from './access'

export interface GraphSvgOptions {
  readonly title?: string
  /** False where the page around the figure says the title. */
  readonly heading?: boolean
}

const layerGap = 290
const nodeGap = 30
const nodeWidth = 170
const nodeHeight = 22
const margin = { top: 64, left: 16, right: 16, bottom: 48 }
const titles: Readonly<Record<string, string>> = {
  actor: 'Actors',
  role: 'Roles',
  service: 'Services',
  resource: 'Resources',
}
const fills: Readonly<Record<string, string>> = {
  actor: '#d6e4fa',
  role: '#e6defa',
  service: '#dcefe3',
  resource: '#f6ead1',
}

/** Standalone SVG text. The same graph gives the same bytes. */
export function graphSvg(graph: AccessGraph, options: GraphSvgOptions = {}): string {
  const { title = 'Access graph', heading = true } = options
  const denials = deniedByNode(graph)
  const columnOf: ReadonlyMap<string, number> = new Map(kinds.map((kind, index) => [kind, index]))
  const layout = layeredLayout(
    graph.nodes.map((node) => ({ id: node.id, layer: columnOf.get(node.kind) ?? kinds.length, weight: node.count })),
    graph.edges.map((edge) => ({ source: edge.source, target: edge.target, weight: edge.count })),
    { layerGap, nodeGap },
  )
  const places = new Map(layout.nodes.map((node) => [node.id, node]))
  const most = Math.max(1, ...graph.edges.map((edge) => edge.count))
  const columns = [...new Map(graph.nodes.map((node) => [node.kind, places.get(node.id)?.x ?? 0]))]
  const width = margin.left + layout.width + nodeWidth + margin.right
  const height = margin.top + layout.height + nodeHeight + margin.bottom
  const body = [
    ...(heading ? [text(title, { x: margin.left, y: 22, 'font-size': 14, 'font-weight': 600 })] : []),
    ...columns.map(([kind, x]) => text(titles[kind] ?? kind, { x: margin.left + x, y: 48, 'font-weight': 600 })),
    // Strong edges first, so that thin and denied ones stay visible on top.
    ...graph.edges.flatMap((edge) => edgeMarks(edge, places, most)),
    ...graph.nodes.flatMap((node) => nodeMarks(node, places.get(node.id), denials.get(node.id) ?? 0)),
    ...legend(height),
  ]
  const denied = graph.edges.reduce((sum, edge) => sum + edge.denied, 0)
  const description = `${graph.nodes.length} nodes, ${graph.edges.length} edges; ${denied} denied accesses on edges.${
    graph.truncated ? ' Small nodes are folded into "others".' : ''
  }`
  return svgDocument({ width: Math.max(width, 640), height }, title, description, body)
}

function edgeMarks(edge: GraphEdge, places: ReadonlyMap<string, PlacedNode>, most: number): string[] {
  const source = places.get(edge.source)
  const target = places.get(edge.target)
  if (source === undefined || target === undefined) return []
  const x1 = margin.left + source.x + nodeWidth
  const x2 = margin.left + target.x
  const y1 = margin.top + source.y + nodeHeight / 2
  const y2 = margin.top + target.y + nodeHeight / 2
  const middle = (x1 + x2) / 2
  const d = `M${x1},${y1} C${middle},${y1} ${middle},${y2} ${x2},${y2}`
  const width = 0.8 + 7 * (Math.log1p(edge.count) / Math.log1p(most))
  const said = element('title', {}, [escapeXml(`${edge.count} accesses, ${edge.denied} denied`)])
  const band = element('path', { d, fill: 'none', stroke: '#c1c8d1', 'stroke-opacity': 0.8, 'stroke-width': width }, [
    said,
  ])
  if (edge.denied === 0) return [band]
  const share = Math.max(1.2, width * (edge.denied / edge.count))
  return [
    band,
    element('path', { d, fill: 'none', stroke: '#ac2f33', 'stroke-width': share, 'stroke-dasharray': '6 3' }),
  ]
}

/** Denied accesses that reach a node, or that leave it where nothing reaches it. */
function deniedByNode(graph: AccessGraph): ReadonlyMap<string, number> {
  const into = new Map<string, number>()
  const outOf = new Map<string, number>()
  const add = (map: Map<string, number>, id: string, count: number) => map.set(id, (map.get(id) ?? 0) + count)
  for (const edge of graph.edges) {
    add(into, edge.target, edge.denied)
    add(outOf, edge.source, edge.denied)
  }
  return new Map(graph.nodes.map(({ id }) => [id, into.get(id) ?? outOf.get(id) ?? 0]))
}

function nodeMarks(node: GraphNode, place: PlacedNode | undefined, denied: number): string[] {
  if (place === undefined) return []
  const x = margin.left + place.x
  const y = margin.top + place.y
  const box = {
    x,
    y,
    width: nodeWidth,
    height: nodeHeight,
    rx: node.kind === 'actor' ? 11 : node.kind === 'role' ? 5 : 0,
  }
  return [
    element('rect', { ...box, fill: fills[node.kind] ?? '#e5e8eb', stroke: '#5f6b7c', 'stroke-width': 0.8 }),
    text(shorten(nodeName(node), denied > 0 ? 17 : 22), { x: x + 8, y: y + 15 }),
    ...(denied > 0
      ? [
          text(`×${denied}`, {
            x: x + nodeWidth - 30,
            y: y + 15,
            'text-anchor': 'end',
            'font-size': 9,
            fill: '#ac2f33',
          }),
        ]
      : []),
    text(String(node.count), {
      x: x + nodeWidth - 6,
      y: y + 15,
      'text-anchor': 'end',
      'font-size': 9,
      fill: '#404854',
    }),
  ]
}

function legend(height: number): string[] {
  const y = height - 18
  return [
    element('line', { x1: margin.left, x2: margin.left + 30, y1: y, y2: y, stroke: '#c1c8d1', 'stroke-width': 5 }),
    text('accesses (the wider, the more)', { x: margin.left + 36, y: y + 4 }),
    element('line', {
      x1: margin.left + 230,
      x2: margin.left + 260,
      y1: y,
      y2: y,
      stroke: '#ac2f33',
      'stroke-width': 3,
      'stroke-dasharray': '7 3',
    }),
    text('denied (×: how many at a node)', { x: margin.left + 266, y: y + 4 }),
  ]
}
