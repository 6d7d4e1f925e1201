import { describe, expect, it } from 'vitest'
import {
  grown,
  movedTo,
  named,
  rootTree,
  type ScopeTree,
  stepBack,
  stepForth,
  treeRows,
} from '../../../../src/renderer/state/scopeTree'

const of = (filter: string) => ({ filter, window: null })
const shown = (tree: ScopeTree) =>
  treeRows(tree).map(({ step, depth, here }) => `${'.'.repeat(depth)}${step.filter}${here ? '*' : ''}`)

describe('scope tree', () => {
  it('starts a branch where something else is chosen after going back', () => {
    let tree = grown(grown(rootTree(of('')), of('a')), of('a b'))
    tree = grown(movedTo(tree, 1), of('a c'))
    expect(shown(tree)).toEqual(['', 'a', '.a c*', 'a b'])
  })

  it('redoes along the branch that was left last', () => {
    let tree = grown(grown(rootTree(of('')), of('a')), of('b'))
    tree = grown(movedTo(tree, 0), of('c'))
    tree = movedTo(tree, 0)
    expect(stepForth(tree)?.filter).toBe('c')
    tree = movedTo(movedTo(tree, 2), 0)
    expect(stepForth(tree)?.filter).toBe('a')
    expect(stepForth(movedTo(tree, 1))?.filter).toBe('b')
    expect(stepBack(tree)).toBeUndefined()
  })

  it('goes to a step that is there rather than making it twice', () => {
    const tree = grown(movedTo(grown(rootTree(of('')), of('a')), 0), of('a'))
    expect(shown(tree)).toEqual(['', 'a*'])
  })

  it('drops old unnamed steps past its limit, never a named one nor the present one', () => {
    let tree = rootTree(of(''))
    for (let index = 1; index <= 20; index++) tree = grown(tree, of(`s${index}`))
    tree = named(tree, 5, ' suspect ')
    for (let index = 21; index <= 320; index++) tree = grown(tree, of(`s${index}`))
    const rows = treeRows(tree)
    expect(rows).toHaveLength(200)
    expect(rows[0]?.step).toMatchObject({ name: 'suspect', filter: 's5', parent: null })
    expect(rows.at(-1)).toMatchObject({ here: true, step: { filter: 's320' } })
    expect(rows.every(({ step }) => step.parent === null || tree.steps.has(step.parent))).toBe(true)
  })

  it('drops the ends of dead branches first', () => {
    let tree = rootTree(of(''))
    for (let index = 0; index < 250; index++) tree = grown(movedTo(tree, 0), of(`b${index}`))
    expect(tree.steps.size).toBe(200)
    expect(shown(tree).filter((row) => row.endsWith('*'))).toEqual(['.b249*'])
  })

  it('takes a name away with an empty one, and leaves unknown steps alone', () => {
    const tree = named(rootTree(of('')), 0, 'start')
    expect(named(tree, 0, '  ').steps.get(0)?.name).toBeNull()
    expect(movedTo(tree, 99)).toBe(tree)
  })
})
