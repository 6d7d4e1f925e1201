/**
 * The figures of a whole case: timeline and access graph. Drawn by the functions that also serve the command line;
 * here their labels are made inert and what comes out is checked before it enters a document.
 */
import { AppError } from '../../common/errors'
import { formatInstant } from '../../common/time'
import type { Result } from '../../contract'
import type { AccessGraph } from '../../contract/traces'
import { inert } from './inert'
import type { Figure } from './model'
import { counted } from './words'

export type Draw<D> = (data: D) => string

type Lanes = Result<'timeline.lanes'>

const labelLength = 60

/** A figure of the lanes, or none where nothing has a time. */
export function timelineFigure(lanes: Lanes, draw: Draw<Lanes>): Figure | null {
  if (lanes.lanes.length === 0) return null
  const shown = { ...lanes, lanes: lanes.lanes.map((lane) => ({ ...lane, key: label(lane.key) })) }
  const total = (kind: string) =>
    lanes.lanes.filter((lane) => lane.kind === kind).reduce((sum, lane) => sum + lane.total, 0)
  const from = formatInstant(lanes.startUs, 's')
  const to = formatInstant(lanes.startUs + lanes.widthUs * lanes.buckets, 's')
  const what = [counted(total('events'), 'event'), ...(total('spans') > 0 ? [counted(total('spans'), 'span')] : [])]
  return {
    id: 'timeline',
    title: 'Timeline',
    caption: `${what.join(' and ')} from ${from} to ${to}, in UTC. Lanes are sources of events and services of spans${folded(lanes.folded, 'lane')}.`,
    alt: `Timeline. ${shown.lanes.map((lane) => `${lane.key}: ${counted(lane.total, lane.kind === 'events' ? 'event' : 'span')}`).join('; ')}.`,
    svg: checked(draw(shown)),
  }
}

/** A figure of the graph, or none where no event has an actor. */
export function graphFigure(graph: AccessGraph, draw: Draw<AccessGraph>): Figure | null {
  if (graph.nodes.length === 0) return null
  const shown = { ...graph, nodes: graph.nodes.map((node) => ({ ...node, label: label(node.label) })) }
  const denied = graph.edges.reduce((sum, edge) => sum + edge.denied, 0)
  const kinds = ['actor', 'role', 'session', 'service', 'resource']
    .map((kind) => [kind, graph.nodes.filter((node) => node.kind === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => counted(count, kind))
  return {
    id: 'graph',
    title: 'Access graph',
    caption: `Who reached what: ${kinds.join(', ')}. ${denied === 0 ? 'No step was denied' : 'Steps that were denied are marked'}${graph.truncated ? '; the smallest nodes are drawn together' : ''}.`,
    alt: `Access graph of ${counted(graph.nodes.length, 'node')} and ${counted(graph.edges.length, 'edge')}. ${shown.nodes
      .slice(0, 20)
      .map((node) => `${node.kind} ${node.label}`)
      .join('; ')}.`,
    svg: checked(draw(shown)),
  }
}

function folded(count: number, name: string): string {
  return count === 0 ? '' : `; ${counted(count, `smaller ${name}`)} are drawn as one`
}

/** Labels are evidence: inert, and short enough to stand beside a mark. */
function label(text: string): string {
  const points = [...text]
  return inert(points.length > labelLength ? `${points.slice(0, labelLength).join('')}…` : text)
}

const activeMarkup =
  /<\s*(?:script|foreignObject|image|iframe|a|animate|set|style)\b|\son\w+\s*=|<!(?:DOCTYPE|ENTITY)|<\?xml-stylesheet/i
const attribute = /\s([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g

/** Errors: `report.failed` for a figure that could do more than be looked at. Words in texts and labels are free. */
export function checked(svg: string): string {
  const markup = svg.replace(/>[^<]*</g, '><')
  const harmless =
    !activeMarkup.test(markup.replace(/"[^"]*"|'[^']*'/g, '""')) &&
    [...markup.matchAll(attribute)].every(([, name = '', double, single]) => staysInside(name, double ?? single ?? ''))
  if (!harmless) throw new AppError('report.failed', 'A figure holds more than a drawing and was refused.')
  return svg
}

function staysInside(name: string, value: string): boolean {
  if (/^(?:xlink:)?(?:href|src)$/i.test(name)) return value.startsWith('#')
  return /^(?:aria-|data-)/i.test(name) || !/url\(\s*(?!#)/i.test(value)
}
