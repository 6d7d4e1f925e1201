/** The other layout: springs and repulsion, seeded, so that the same graph gives the same picture. */
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY, type SimulationNodeDatum } from 'd3'
import type { AccessGraph } from '../../../contract/traces'
import { stableHash } from '../colour/stableHash'
import { edgeKey, nodeFacts } from './columns'
import { deniedPx, ribbonPx, type Scene, type SceneEdge } from './scene'

export const FORCE_TICKS = 120
/** Up to so many nodes all ticks run at once. */
export const FORCE_AT_ONCE = 300

const MARGIN_PX = 60
const WIDTH_PX = 160
const HEIGHT_PX = 24

interface Body extends SimulationNodeDatum {
  readonly id: string
  readonly column: number
}

export interface ForceLayout {
  /** Runs up to `count` more ticks; true when all have run. */
  advance(count: number): boolean
  scene(): Scene
}

/** mulberry32: small, fast, and the same everywhere. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let value = Math.imul(state ^ (state >>> 15), state | 1)
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61)
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296
  }
}

export function forceLayout(graph: AccessGraph, seed = 1): ForceLayout {
  const facts = nodeFacts(graph)
  const most = graph.edges.reduce((peak, edge) => Math.max(peak, edge.count), 1)
  const spread = 60 + 26 * Math.sqrt(facts.size)
  const bodies = [...facts.values()].map(({ node, column }): Body => {
    // Starting places from the name, so that one more node does not throw all others about.
    const random = seededRandom(stableHash(node.id) ^ seed)
    return { id: node.id, column, x: (column - 1.5) * spread + random() * spread, y: (random() - 0.5) * spread * 2 }
  })
  const links = graph.edges
    .filter((edge) => facts.has(edge.source) && facts.has(edge.target) && edge.source !== edge.target)
    .map((edge) => ({ source: edge.source, target: edge.target, px: ribbonPx(edge.count, most) }))
  const simulation = forceSimulation(bodies)
    .randomSource(seededRandom(seed))
    .force('charge', forceManyBody<Body>().strength(-420).distanceMax(700))
    .force(
      'link',
      forceLink<Body, (typeof links)[number]>(links)
        .id((body) => body.id)
        .distance(120)
        .strength((link) => 0.12 + link.px / 60),
    )
    .force('collide', forceCollide<Body>(WIDTH_PX / 2 + 4).strength(0.7))
    .force('x', forceX<Body>((body) => (body.column - 1.5) * spread).strength(0.06))
    .force('y', forceY<Body>(0).strength(0.05))
    .alphaDecay(1 - 0.001 ** (1 / FORCE_TICKS))
    .stop()
  let done = 0
  return {
    advance: (count) => {
      const ticks = Math.min(count, FORCE_TICKS - done)
      if (ticks > 0) simulation.tick(ticks)
      done += ticks
      return done >= FORCE_TICKS
    },
    scene: () => sceneOf(graph, bodies, facts, most),
  }
}

function sceneOf(
  graph: AccessGraph,
  bodies: readonly Body[],
  facts: ReturnType<typeof nodeFacts>,
  most: number,
): Scene {
  const left = Math.min(0, ...bodies.map((body) => body.x ?? 0)) - WIDTH_PX / 2 - MARGIN_PX
  const top = Math.min(0, ...bodies.map((body) => body.y ?? 0)) - HEIGHT_PX / 2 - MARGIN_PX
  const centres = new Map(bodies.map((body) => [body.id, { x: (body.x ?? 0) - left, y: (body.y ?? 0) - top }]))
  const nodes = bodies.flatMap((body) => {
    const own = facts.get(body.id)
    const centre = centres.get(body.id)
    if (own === undefined || centre === undefined) return []
    const { id, kind, label, count } = own.node
    const x = Math.round(centre.x - WIDTH_PX / 2)
    const y = Math.round(centre.y - HEIGHT_PX / 2)
    return [
      { id, kind, label, count, denied: own.denied, column: own.column, x, y, width: WIDTH_PX, height: HEIGHT_PX },
    ]
  })
  const edges = graph.edges.flatMap((edge): SceneEdge[] => {
    const from = centres.get(edge.source)
    const to = centres.get(edge.target)
    if (from === undefined || to === undefined || edge.source === edge.target) return []
    const widthPx = ribbonPx(edge.count, most) * 0.7
    const denied = deniedPx(edge.count, edge.denied, widthPx)
    const path = `M${from.x.toFixed(1)},${from.y.toFixed(1)}L${to.x.toFixed(1)},${to.y.toFixed(1)}`
    const { source, target, count, firstTs, lastTs } = edge
    return [
      {
        key: edgeKey(edge),
        source,
        target,
        count,
        denied: edge.denied,
        firstTs,
        lastTs,
        path,
        widthPx,
        deniedPath: denied > 0 ? path : null,
        deniedPx: denied,
      },
    ]
  })
  return {
    nodes,
    edges,
    widthPx: Math.max(1, ...nodes.map((node) => node.x + node.width)) + MARGIN_PX,
    heightPx: Math.max(1, ...nodes.map((node) => node.y + node.height)) + MARGIN_PX,
    columns: [],
  }
}
