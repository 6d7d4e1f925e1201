import { expect, it } from 'vitest'
import { fullView, panView, rulerTicks, spanBar, zoomView } from '../../../../../src/renderer/drawing/waterfall/scale'

it('draws a span of no length as a mark that can be seen and stays inside', () => {
  expect(spanBar(100, 100, fullView(100), 500)).toEqual({ x: 498, width: 2 })
  expect(spanBar(0, 0, fullView(100), 500)).toEqual({ x: 0, width: 2 })
})

it('cuts bars at the edges and drops those out of view', () => {
  const view = { fromNs: 1000, toNs: 2000 }
  expect(spanBar(0, 1500, view, 200)).toEqual({ x: 0, width: 100 })
  expect(spanBar(1900, 5000, view, 200)).toEqual({ x: 180, width: 20 })
  expect(spanBar(0, 999, view, 200)).toBeUndefined()
  expect(spanBar(2001, 2100, view, 200)).toBeUndefined()
})

it('zooms around the pointer and never leaves the trace', () => {
  expect(zoomView(fullView(1000), 0.5, 250, 1000)).toEqual({ fromNs: 125, toNs: 625 })
  expect(zoomView({ fromNs: 125, toNs: 625 }, 8, 250, 1000)).toEqual(fullView(1000))
  expect(panView({ fromNs: 125, toNs: 625 }, 9999, 1000)).toEqual({ fromNs: 500, toNs: 1000 })
})

it('labels the ruler with offsets in one unit', () => {
  expect(rulerTicks({ fromNs: 0, toNs: 2_000_000 }, 450).map((tick) => tick.label)).toEqual([
    '0',
    '500 µs',
    '1000 µs',
    '1500 µs',
    '2000 µs',
  ])
  expect(rulerTicks({ fromNs: 3e9, toNs: 7e9 }, 400).map((tick) => tick.label)).toEqual([
    '3 s',
    '4 s',
    '5 s',
    '6 s',
    '7 s',
  ])
})
