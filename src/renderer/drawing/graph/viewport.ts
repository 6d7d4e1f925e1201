/** Pan and zoom of a scene: `screen = scene * scale + offset`. */
import type { Scene, SceneNode } from './scene'

export interface Viewport {
  readonly x: number
  readonly y: number
  readonly scale: number
}

export const MIN_SCALE = 0.1
export const MAX_SCALE = 4

/** The whole scene, centred; never enlarged beyond its natural size. */
export function fitScene(scene: Pick<Scene, 'widthPx' | 'heightPx'>, widthPx: number, heightPx: number): Viewport {
  const scale = Math.min(1, Math.max(MIN_SCALE, Math.min(widthPx / scene.widthPx, heightPx / scene.heightPx)))
  return {
    x: Math.max(0, (widthPx - scene.widthPx * scale) / 2),
    y: Math.max(0, (heightPx - scene.heightPx * scale) / 2),
    scale,
  }
}

/** Width only, around the middle: tall scenes stay readable and are moved up and down. */
export function fitWidth(scene: Pick<Scene, 'widthPx' | 'heightPx'>, widthPx: number, heightPx: number): Viewport {
  const whole = fitScene(scene, widthPx, heightPx)
  const scale = Math.min(1, Math.max(MIN_SCALE, widthPx / scene.widthPx))
  if (whole.scale >= scale * 0.92) return whole
  return { x: Math.max(0, (widthPx - scene.widthPx * scale) / 2), y: (heightPx - scene.heightPx * scale) / 2, scale }
}

export function zoomAt(viewport: Viewport, factor: number, xPx: number, yPx: number): Viewport {
  const scale = Math.min(MAX_SCALE, Math.max(MIN_SCALE, viewport.scale * factor))
  const ratio = scale / viewport.scale
  return { x: xPx - (xPx - viewport.x) * ratio, y: yPx - (yPx - viewport.y) * ratio, scale }
}

/** Moves as little as needed to bring a node into view. */
export function revealNode(viewport: Viewport, node: SceneNode, widthPx: number, heightPx: number): Viewport {
  const pad = 12
  const left = node.x * viewport.scale + viewport.x
  const top = node.y * viewport.scale + viewport.y
  const right = left + node.width * viewport.scale
  const bottom = top + node.height * viewport.scale
  const dx = left < pad ? pad - left : right > widthPx - pad ? widthPx - pad - right : 0
  const dy = top < pad ? pad - top : bottom > heightPx - pad ? heightPx - pad - bottom : 0
  return dx === 0 && dy === 0 ? viewport : { ...viewport, x: viewport.x + dx, y: viewport.y + dy }
}
