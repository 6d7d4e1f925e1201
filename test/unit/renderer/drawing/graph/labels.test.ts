import { describe, expect, it } from 'vitest'
import { readDrawingTheme } from '../../../../../src/renderer/drawing/colour/drawingTheme'
import { fitMiddle } from '../../../../../src/renderer/drawing/graph/fitLabel'
import { layeredScene } from '../../../../../src/renderer/drawing/graph/layered'
import { loopPath, ribbonPath } from '../../../../../src/renderer/drawing/graph/ribbon'
import { escapeXml, sceneSvg } from '../../../../../src/renderer/drawing/graph/svgText'
import { nextNode } from '../../../../../src/renderer/drawing/graph/traverse'
import { fitScene, fitWidth, revealNode, zoomAt } from '../../../../../src/renderer/drawing/graph/viewport'

const tenEach = (text: string) => Array.from(text).length * 10

describe('fitMiddle', () => {
  it('keeps both ends and never exceeds the width', () => {
    expect(fitMiddle('short', 50, tenEach)).toBe('short')
    expect(fitMiddle('arn:aws:iam::1:role/admin', 100, tenEach)).toBe('arn:a…dmin')
    for (let px = 10; px < 260; px += 10)
      expect(tenEach(fitMiddle('arn:aws:iam::1:role/admin', px, tenEach))).toBeLessThanOrEqual(px)
  })

  it('does not cut a surrogate pair', () => {
    expect(fitMiddle('😀😀😀😀😀😀', 40, tenEach)).toBe('😀😀…😀')
  })
})

describe('paths', () => {
  it('leave and arrive level, through every point', () => {
    expect(
      ribbonPath([
        { x: 0, y: 0 },
        { x: 10, y: 20 },
      ]),
    ).toBe('M0,0C5,0 5,20 10,20')
    expect(
      ribbonPath(
        [
          { x: 0, y: 0 },
          { x: 10, y: 20 },
        ],
        2,
      ),
    ).toBe('M0,2C5,2 5,22 10,22')
    expect(ribbonPath([])).toBe('')
    expect(loopPath({ x: 0, y: 0 }, { x: 0, y: 40 })).toBe('M0,0C36,0 36,40 0,40')
  })
})

describe('the SVG export', () => {
  const hostile = '</text><script>alert(1)</script>"\u0000\u202e&'
  const scene = layeredScene({
    nodes: [
      { id: 'actor:x', kind: 'actor', label: hostile, count: 3 },
      { id: 'service:s', kind: 'service', label: 's', count: 3 },
    ],
    edges: [{ source: 'actor:x', target: 'service:s', count: 3, denied: 1, firstTs: '', lastTs: '' }],
    truncated: false,
  })
  const svg = sceneSvg(
    scene,
    readDrawingTheme(() => ''),
    hostile,
  )

  it('holds hostile names as inert text', () => {
    expect(svg).not.toContain('<script')
    expect(svg).toContain('[U+202E]')
    expect(svg).not.toMatch(/[\u0000\u202e]/)
    expect(escapeXml('<&>"\'\u0001')).toBe('&lt;&amp;&gt;&quot;&#39;[U+0001]')
  })

  it('refers to nothing outside itself', () => {
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|href|url\(/)
  })

  it('says the denied share by dashes and by number', () => {
    expect(svg).toContain('stroke-dasharray')
    expect(svg).toContain('✕1')
  })
})

describe('moving about', () => {
  const scene = layeredScene({
    nodes: [
      { id: 'actor:a', kind: 'actor', label: 'a', count: 1 },
      { id: 'actor:b', kind: 'actor', label: 'b', count: 1 },
      { id: 'service:s', kind: 'service', label: 's', count: 1 },
    ],
    edges: [{ source: 'actor:a', target: 'service:s', count: 2, denied: 0, firstTs: '', lastTs: '' }],
    truncated: false,
  })

  it('goes along ribbons sideways and within the column up and down', () => {
    expect(nextNode(scene, 'actor:a', 'right')).toBe('service:s')
    expect(nextNode(scene, 'service:s', 'left')).toBe('actor:a')
    expect(nextNode(scene, 'actor:b', 'right')).toBe('service:s')
    const order = scene.nodes.filter((node) => node.kind === 'actor').sort((x, y) => x.y - y.y)
    expect(nextNode(scene, order[0]?.id ?? '', 'down')).toBe(order[1]?.id)
    expect(nextNode(scene, order[0]?.id ?? '', 'up')).toBeUndefined()
    expect(nextNode(scene, null, 'down')).toBeDefined()
  })

  it('keeps the point under the pointer while zooming', () => {
    const before = { x: 10, y: 20, scale: 1 }
    const after = zoomAt(before, 2, 110, 120)
    expect((110 - after.x) / after.scale).toBe(100)
    expect((120 - after.y) / after.scale).toBe(100)
  })

  it('fits without enlarging, and moves no more than needed', () => {
    expect(fitScene({ widthPx: 100, heightPx: 100 }, 1000, 1000).scale).toBe(1)
    expect(fitScene({ widthPx: 2000, heightPx: 1000 }, 1000, 1000).scale).toBe(0.5)
    expect(fitWidth({ widthPx: 1000, heightPx: 5000 }, 1000, 1000).scale).toBe(1)
    const node = scene.nodes[0] ?? expect.fail('no node')
    const still = { x: 0, y: 0, scale: 1 }
    expect(revealNode(still, node, 2000, 2000)).toBe(still)
    expect(revealNode({ ...still, x: -5000 }, node, 2000, 2000).x).toBe(12 - node.x)
  })
})
