/** Where in a JSON text arrays of objects stand, from its first bytes alone: the text may be cut anywhere. */
import { joinPath } from '../formats/generic/path'

export interface FoundArray {
  /** As a mapping names it: `data.items`, `pages[*].items`. */
  readonly path: string
  readonly elements: number
  readonly depth: number
}

interface Level {
  readonly path: string
  readonly array: boolean
  key: string
  expectKey: boolean
}

const MAX_DEPTH = 8

/** Arrays below a root object, the one with most elements first. */
export function arraysIn(text: string): FoundArray[] {
  const counts = new Map<string, FoundArray>()
  const levels: Level[] = []
  let deeper = 0
  for (let at = 0; at < text.length; at++) {
    const level = levels.at(-1)
    switch (text[at]) {
      case '"': {
        const end = endOfString(text, at)
        if (level?.expectKey === true && deeper === 0) {
          level.key = keyOf(text.slice(at, end + 1))
          level.expectKey = false
        }
        at = end
        break
      }
      case '{':
      case '[': {
        const array = text[at] === '['
        if (deeper > 0 || levels.length >= MAX_DEPTH) {
          deeper++
          break
        }
        if (level?.array === true && !array && level.path !== '') count(counts, level.path, levels.length)
        levels.push({ path: pathBelow(level), array, key: '', expectKey: !array })
        break
      }
      case '}':
      case ']':
        if (deeper > 0) deeper--
        else levels.pop()
        break
      case ',':
        if (level !== undefined && deeper === 0) level.expectKey = !level.array
        break
    }
  }
  return [...counts.values()].sort((a, b) => b.elements - a.elements || a.depth - b.depth)
}

function pathBelow(level: Level | undefined): string {
  if (level === undefined) return ''
  if (level.array) return level.path === '' ? '' : `${level.path}[*]`
  return joinPath(level.path, level.key)
}

function count(counts: Map<string, FoundArray>, path: string, depth: number): void {
  const before = counts.get(path)
  counts.set(path, { path, elements: (before?.elements ?? 0) + 1, depth })
}

function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}

function keyOf(literal: string): string {
  try {
    const key: unknown = JSON.parse(literal)
    return typeof key === 'string' ? key : ''
  } catch {
    return ''
  }
}
