import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseRaw, type RawNode, scalarText } from '../../../../../src/renderer/views/inspector/rawJson'
import { rawRows } from '../../../../../src/renderer/views/inspector/rawRows'

/** What JSON.parse makes of the text, rebuilt from the tree. */
function rebuild(source: string, node: RawNode): unknown {
  if (node.kind === 'array') return node.children.map((child) => rebuild(source, child))
  if (node.kind !== 'object') return JSON.parse(source.slice(node.start, node.end))
  const entries = node.children.map((child) => [child.key ?? '', rebuild(source, child)] as const)
  return Object.fromEntries(entries)
}

describe('raw tree', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom('', '  ', '\n'), (text, space) => {
        const source = `${space}${text}${space}`
        const root = parseRaw(source)
        expect(root).toBeDefined()
        if (root !== undefined) expect(rebuild(source, root)).toEqual(JSON.parse(source))
      }),
    )
  })

  it('refuses what JSON.parse refuses, and never throws', () => {
    const pieces = fc.array(
      fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', 'a', '1', '-', '.', 'e', 'null', ' '),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(pieces, (parts) => {
        const source = parts.join('')
        let valid = true
        try {
          JSON.parse(source)
        } catch {
          valid = false
        }
        const tree = parseRaw(source)
        if (valid) expect(tree).toBeDefined()
        // A string with a bad escape is shown as it stands: evidence is not refused for that.
        else if (!source.includes('\\')) expect(tree).toBeUndefined()
      }),
      { numRuns: 2_000 },
    )
  })

  it('keeps the digits of numbers that no double holds', () => {
    const source = '{"id":18446744073709551615,"ratio":1.0,"tiny":1e-400}'
    const root = parseRaw(source)
    expect(root?.children.map((child) => scalarText(source, child))).toEqual(['18446744073709551615', '1.0', '1e-400'])
  })

  it('keeps repeated and reserved names', () => {
    const source = '{"a":1,"a":2,"__proto__":{"x":1}}'
    expect(parseRaw(source)?.children.map(({ key }) => key)).toEqual(['a', 'a', '__proto__'])
  })

  it('gives up on depth that would not fit a stack', () => {
    expect(parseRaw(`${'['.repeat(100_000)}${']'.repeat(100_000)}`)).toBeUndefined()
    expect(parseRaw(`${'['.repeat(300)}${']'.repeat(300)}`)).toBeDefined()
  })
})

describe('lines of the raw tree', () => {
  const source = '{"user":{"name":"alice","tags":["x","y.z"]},"a.b":{"c":{"deep":{"more":1}}},"n":null}'
  const root = parseRaw(source)
  const paths = (toggled: readonly string[], search: string) =>
    root === undefined ? [] : rawRows(source, root, new Set(toggled), search).map(({ path }) => path)

  it('open the upper levels by themselves and the rest on demand', () => {
    expect(paths([], '')).toEqual([
      'user',
      'user.name',
      'user.tags',
      'user.tags[0]',
      'user.tags[1]',
      '"a.b"',
      '"a.b".c',
      '"a.b".c.deep',
      'n',
    ])
    expect(paths(['user', '"a.b".c.deep'], '')).toEqual([
      'user',
      '"a.b"',
      '"a.b".c',
      '"a.b".c.deep',
      '"a.b".c.deep.more',
      'n',
    ])
  })

  it('show the hits of a search and the way to them', () => {
    expect(paths([], 'ALICE')).toEqual(['user', 'user.name'])
    expect(paths([], 'deep')).toEqual(['"a.b"', '"a.b".c', '"a.b".c.deep'])
    expect(paths([], 'absent')).toEqual([])
  })

  it('show a record that is one scalar', () => {
    const scalar = parseRaw('"x"')
    expect(scalar === undefined ? [] : rawRows('"x"', scalar, new Set(), '').map(({ node }) => node.kind)).toEqual([
      'string',
    ])
  })
})
