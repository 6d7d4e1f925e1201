import { expect, it } from 'vitest'
import { pinNotes, timeTarget } from '../../../../../src/renderer/drawing/timeline/marks'

const note = (noteId: string, fromUs: number) => ({
  noteId,
  fromUs,
  toUs: fromUs,
  text: noteId,
  target: { kind: 'time' as const, id: '' },
})

it('reads the interval of a note about a time, also before 1970, and nothing else', () => {
  expect(timeTarget('1700000000000000-1700000000000001')).toEqual({
    fromUs: 1_700_000_000_000_000,
    toUs: 1_700_000_000_000_001,
  })
  expect(timeTarget('-20--10')).toEqual({ fromUs: -20, toUs: -10 })
  expect(timeTarget('1700000000000000')).toBeUndefined()
  expect(timeTarget('1e9-2e9')).toBeUndefined()
})

it('lets near notes share a pin, so that none hides another', () => {
  const pins = pinNotes([note('a', 0), note('b', 5), note('c', 100)], (us) => us)
  expect(pins.map((pin) => [pin.xPx, pin.notes.map((own) => own.noteId)])).toEqual([
    [0, ['a', 'b']],
    [100, ['c']],
  ])
})
