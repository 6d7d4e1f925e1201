import { describe, expect, it } from 'vitest'
import { colourSlots } from '../../../../../src/renderer/drawing/colour/colourSlots'
import { SERIES_COUNT, slotCssColour } from '../../../../../src/renderer/drawing/colour/drawingTheme'
import { paletteIndex } from '../../../../../src/renderer/drawing/colour/stableHash'

const names = (count: number) => Array.from({ length: count }, (_, at) => `service-${at}`)

describe('colours of names in one picture', () => {
  it('are never the same for two names, within the palette and beyond', () => {
    for (const count of [2, 12, 13, 40, 300]) {
      const slots = colourSlots(names(count), SERIES_COUNT)
      expect(slots.size).toBe(count)
      expect(new Set([...slots.values()].map(slotCssColour)).size).toBe(count)
    }
  })

  it('fill the palette before any other colour is made', () => {
    expect(Math.max(...colourSlots(names(12), 12).values())).toBeLessThan(12)
  })

  it('do not depend on the order or repetition of names', () => {
    expect(colourSlots([...names(30), ...names(30)].toReversed(), 12)).toEqual(colourSlots(names(30), 12))
  })

  it('stay with a name whose palette entry nobody else wants', () => {
    const alone = 'billing'
    const others = names(40).filter((name) => paletteIndex(name, 12) !== paletteIndex(alone, 12))
    expect(colourSlots([alone, ...others.slice(0, 8)], 12).get(alone)).toBe(paletteIndex(alone, 12))
  })
})
