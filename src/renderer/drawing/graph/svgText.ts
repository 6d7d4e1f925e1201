/** A scene as a standalone SVG document: no script, no reference to anything outside, all text escaped. */
import { nodeName } from '../../../common/resourceParts'
import { visibleText } from '../../text/marks'
import type { DrawingTheme } from '../colour/drawingTheme'
import { estimateWidth, fitMiddle } from './fitLabel'
import type { Scene, SceneEdge, SceneNode } from './scene'

const FONT_PX = 12
const LEGEND_PX = 26

export function sceneSvg(scene: Scene, theme: DrawingTheme, caption: string): string {
  const height = Math.ceil(scene.heightPx) + LEGEND_PX
  const width = Math.ceil(scene.widthPx)
  // Filters hold text from the evidence.
  const shown = visibleText(caption)
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="Noto Sans, sans-serif" font-size="${FONT_PX}">`,
    `<title>${escapeXml(shown)}</title>`,
    `<rect width="${width}" height="${height}" fill="${theme.surface}"/>`,
    ...scene.columns.map(
      ({ x, title }) => `<text x="${x}" y="18" fill="${theme.dim}" font-size="11">${escapeXml(title)}</text>`,
    ),
    ...scene.edges.map((edge) => edgeSvg(edge, theme)),
    ...scene.nodes.map((node) => nodeSvg(node, theme)),
    legendSvg(theme, height - LEGEND_PX / 2, fitMiddle(shown, Math.max(0, width - 410), estimateWidth(11))),
    '</svg>',
  ]
  return `${lines.join('\n')}\n`
}

function edgeSvg(edge: SceneEdge, theme: DrawingTheme): string {
  const text = `${edge.count} accesses, ${edge.denied} denied`
  const denied =
    edge.deniedPath === null
      ? ''
      : `<path d="${edge.deniedPath}" fill="none" stroke="${theme.danger}" stroke-width="${edge.deniedPx.toFixed(1)}" stroke-dasharray="7 3"/>`
  return `<g><title>${text}</title><path d="${edge.path}" fill="none" stroke="${theme.lineStrong}" stroke-opacity="0.55" stroke-width="${edge.widthPx.toFixed(1)}"/>${denied}</g>`
}

function nodeSvg(node: SceneNode, theme: DrawingTheme): string {
  const crosses = node.denied > 0 ? `✕${node.denied} ` : ''
  const count = String(node.count)
  const measure = estimateWidth(FONT_PX)
  const label = fitMiddle(visibleText(nodeName(node)), node.width - 22 - measure(crosses + count), measure)
  const full = `${node.kind}: ${visibleText(node.label)}, ${count} accesses, ${node.denied} denied`
  const colour = theme.series[node.column % theme.series.length] ?? theme.dim
  const y = node.y + node.height / 2 + 4
  return [
    `<g><title>${escapeXml(full)}</title>`,
    `<rect x="${node.x}" y="${node.y}" width="${node.width}" height="${node.height}" rx="3" fill="${theme.raised}" stroke="${theme.lineStrong}"/>`,
    `<rect x="${node.x}" y="${node.y}" width="4" height="${node.height}" fill="${colour}"/>`,
    `<text x="${node.x + 10}" y="${y}" fill="${theme.text}">${escapeXml(label)}</text>`,
    `<text x="${node.x + node.width - 6}" y="${y}" text-anchor="end" fill="${theme.dim}"><tspan fill="${theme.danger}">${crosses}</tspan>${count}</text></g>`,
  ].join('')
}

function legendSvg(theme: DrawingTheme, y: number, caption: string): string {
  return [
    `<path d="M14,${y}h30" stroke="${theme.lineStrong}" stroke-opacity="0.55" stroke-width="8"/>`,
    `<text x="50" y="${y + 4}" fill="${theme.dim}" font-size="11">accesses (width by count, logarithmic)</text>`,
    `<path d="M270,${y}h30" stroke="${theme.danger}" stroke-width="4" stroke-dasharray="7 3"/>`,
    `<text x="306" y="${y + 4}" fill="${theme.dim}" font-size="11">denied share</text>`,
    `<text x="400" y="${y + 4}" fill="${theme.dim}" font-size="11">${escapeXml(caption)}</text>`,
  ].join('')
}

/** Text for XML: markup escaped; characters that XML does not allow are shown by their number, never dropped. */
export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
    .replace(
      /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu,
      (character) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`,
    )
}
