import { describe, expect, it } from 'vitest'
import { rovingIndex } from '../../../../src/renderer/app/roving'

describe('roving focus', () => {
  it('goes to the neighbours and joins the ends', () => {
    expect(rovingIndex('ArrowDown', 0, 3)).toBe(1)
    expect(rovingIndex('ArrowDown', 2, 3)).toBe(0)
    expect(rovingIndex('ArrowUp', 0, 3)).toBe(2)
    expect(rovingIndex('ArrowUp', 2, 3)).toBe(1)
  })

  it('goes to both ends', () => {
    expect(rovingIndex('Home', 2, 3)).toBe(0)
    expect(rovingIndex('End', 0, 3)).toBe(2)
  })

  it('leaves other keys and an empty column alone', () => {
    expect(rovingIndex('Enter', 1, 3)).toBeNull()
    expect(rovingIndex('ArrowDown', 0, 0)).toBeNull()
  })
})
