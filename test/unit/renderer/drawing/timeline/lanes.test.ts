import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timeScale } from '../../../../../src/renderer/drawing/time/window'
import { forEachBar, partHeights } from '../../../../../src/renderer/drawing/timeline/bars'
import { bucketAt, bucketWindow, laneAt, placeLanes } from '../../../../../src/renderer/drawing/timeline/geometry'
import { buildLanes, drawnTotal, seriesTotals, stackAt } from '../../../../../src/renderer/drawing/timeline/lanes'

type Cell = [number, string, number]
const result = (cells: Cell[], buckets = 10) => ({
  startUs: 0,
  widthUs: 10,
  buckets,
  lanes: [{ kind: 'events' as const, key: 'cloudtrail', total: cells.reduce((sum, cell) => sum + cell[2], 0), cells }],
  folded: 0,
})

describe('lanes', () => {
  it('never loses a count, whatever the cells', () => {
    const cell = fc.tuple(
      fc.integer({ min: -2, max: 12 }),
      fc.constantFrom('success', 'denied', 'something new'),
      fc.integer({ min: 0, max: 1_000_000 }),
    )
    fc.assert(
      fc.property(fc.array(cell), (cells) => {
        const lanes = buildLanes(result(cells))
        const total = cells.reduce((sum, [, , count]) => sum + count, 0)
        const outside = lanes[0]?.outside ?? 0
        expect(drawnTotal(lanes, 'events') + outside).toBe(total)
        expect(seriesTotals(lanes, 'events').reduce((sum, part) => sum + part.count, 0) + outside).toBe(total)
      }),
    )
  })

  it('puts denied on the base line and adds up cells of the same bucket and series', () => {
    const [lane] = buildLanes(
      result([
        [3, 'success', 5],
        [3, 'denied', 1],
        [3, 'success', 2],
      ]),
    )
    expect(lane?.stacks).toEqual([
      {
        bucket: 3,
        total: 8,
        parts: [
          { series: 'denied', count: 1 },
          { series: 'success', count: 7 },
        ],
      },
    ])
    expect(lane && stackAt(lane, 3)?.total).toBe(8)
    expect(lane && stackAt(lane, 4)).toBeUndefined()
  })
})

describe('bars', () => {
  it('gives one denial among a million successes a pixel', () => {
    const stack = {
      bucket: 0,
      total: 1_000_001,
      parts: [
        { series: 'denied', count: 1 },
        { series: 'success', count: 1_000_000 },
      ],
    }
    expect(partHeights(stack, 20)).toEqual([1, 19])
  })

  it('fills the height of a stack exactly when there is a pixel for each part', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 7 }),
        fc.integer({ min: 7, max: 90 }),
        (counts, px) => {
          const parts = counts.map((count, at) => ({ series: `s${at}`, count }))
          const heights = partHeights({ bucket: 0, total: counts.reduce((a, b) => a + b, 0), parts }, px)
          expect(heights.reduce((a, b) => a + b, 0)).toBe(px)
          expect(Math.min(...heights)).toBeGreaterThanOrEqual(1)
        },
      ),
    )
  })

  it('draws whole pixels that do not overlap', () => {
    const [lane] = buildLanes(
      result([
        [0, 'success', 4],
        [1, 'denied', 1],
        [1, 'success', 1],
        [9, 'failed', 2],
      ]),
    )
    const rects: { x: number; y: number; width: number; height: number }[] = []
    const frame = { topPx: 0, heightPx: 20, leftPx: 0, rightPx: 333, peak: 4, heights: 'linear' as const }
    if (lane)
      forEachBar(lane, { startUs: 0, widthUs: 10 }, timeScale({ fromUs: 0, toUs: 100 }, 0, 333), frame, (rect) =>
        rects.push(rect),
      )
    expect(rects).toHaveLength(4)
    for (const rect of rects)
      for (const value of [rect.x, rect.y, rect.width, rect.height]) expect(Number.isInteger(value)).toBe(true)
    expect(rects[0]).toMatchObject({ y: 0, height: 20 })
    expect((rects[0]?.x ?? 0) + (rects[0]?.width ?? 0)).toBeLessThanOrEqual(rects[1]?.x ?? 0)
  })
})

describe('hit testing', () => {
  it('finds the lane and the bucket under a point', () => {
    const lanes = buildLanes(result([[2, 'success', 1]]))
    const places = placeLanes([...lanes, ...lanes], 100)
    expect(laneAt(places, 10)).toBe(places[0])
    expect(laneAt(places, 60)).toBe(places[1])
    expect(laneAt(places, 500)).toBeUndefined()
    const scale = timeScale({ fromUs: 0, toUs: 100 }, 0, 200)
    expect(bucketAt(45, scale, { startUs: 0, widthUs: 10, buckets: 10 })).toBe(2)
    expect(bucketAt(201, scale, { startUs: 0, widthUs: 10, buckets: 10 })).toBeUndefined()
  })

  it('gives buckets of fractional width windows that touch and cover every microsecond once', () => {
    const grid = { startUs: 100, widthUs: 3.7 }
    for (let bucket = 0; bucket < 20; bucket++) {
      expect(bucketWindow(bucket, grid).toUs).toBe(bucketWindow(bucket + 1, grid).fromUs)
    }
  })
})
