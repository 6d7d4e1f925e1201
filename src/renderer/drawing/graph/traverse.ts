/** Where an arrow key leads: up and down within a column, left and right along the widest ribbon. */
import type { Scene, SceneNode } from './scene'

export type Direction = 'up' | 'down' | 'left' | 'right'

export function nextNode(scene: Scene, fromId: string | null, direction: Direction): string | undefined {
  const from = scene.nodes.find((node) => node.id === fromId)
  if (from === undefined) return topNode(scene)?.id
  if (direction === 'left' || direction === 'right')
    return along(scene, from, direction) ?? beside(scene, from, direction)
  const column = scene.nodes
    .filter((node) => (scene.columns.length === 0 ? true : node.column === from.column))
    .sort((a, b) => a.y - b.y || a.x - b.x)
  const at = column.findIndex((node) => node.id === from.id)
  return column[at + (direction === 'down' ? 1 : -1)]?.id
}

function topNode(scene: Scene): SceneNode | undefined {
  return [...scene.nodes].sort((a, b) => a.x - b.x || a.y - b.y)[0]
}

function along(scene: Scene, from: SceneNode, direction: 'left' | 'right'): string | undefined {
  const [own, other] = direction === 'right' ? (['source', 'target'] as const) : (['target', 'source'] as const)
  let best: { readonly id: string; readonly count: number } | undefined
  for (const edge of scene.edges) {
    if (edge[own] !== from.id || edge[other] === from.id) continue
    if (best === undefined || edge.count > best.count) best = { id: edge[other], count: edge.count }
  }
  return best?.id
}

/** Without an edge that way: the nearest node of the next column. */
function beside(scene: Scene, from: SceneNode, direction: 'left' | 'right'): string | undefined {
  const way = direction === 'right' ? 1 : -1
  return scene.nodes
    .filter((node) => (node.x - from.x) * way > from.width / 2)
    .sort(
      (a, b) => Math.abs(a.x - from.x) - Math.abs(b.x - from.x) || Math.abs(a.y - from.y) - Math.abs(b.y - from.y),
    )[0]?.id
}
