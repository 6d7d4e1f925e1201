/**
 * Where the value at a path of own keys begins inside a JSON text, which may be cut off behind it; undefined where there
 * is none. The last of equal keys wins, as in JSON.parse. Array elements are named by their index.
 */
export function offsetAt(text: string, path: readonly string[]): number | undefined {
  let start = skipSpace(text, 0)
  for (const step of path) {
    const found =
      text[start] === '{' ? member(text, start, step) : text[start] === '[' ? element(text, start, step) : undefined
    if (found === undefined) return undefined
    start = found
  }
  return start
}

function member(text: string, open: number, key: string): number | undefined {
  let found: number | undefined
  let at = skipSpace(text, open + 1)
  while (at < text.length && text[at] === '"') {
    const keyEnd = valueEnd(text, at)
    const name: unknown = JSON.parse(text.slice(at, keyEnd))
    const value = skipSpace(text, skipSpace(text, keyEnd) + 1)
    if (name === key) found = value
    at = skipSpace(text, valueEnd(text, value))
    if (text[at] !== ',') break
    at = skipSpace(text, at + 1)
  }
  return found
}

function element(text: string, open: number, index: string): number | undefined {
  let at = skipSpace(text, open + 1)
  for (let number = 0; at < text.length && text[at] !== ']'; number++) {
    if (String(number) === index) return at
    at = skipSpace(text, valueEnd(text, at))
    if (text[at] !== ',') return undefined
    at = skipSpace(text, at + 1)
  }
  return undefined
}

export function skipSpace(text: string, from: number): number {
  let at = from
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++
  return at
}

export function valueEnd(text: string, start: number): number {
  let depth = 0
  for (let at = start; at < text.length; at++) {
    const char = text[at]
    if (char === '"') {
      at++
      while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
      if (depth === 0) return at + 1
    } else if (char === '{' || char === '[') depth++
    else if (char === '}' || char === ']') {
      if (depth === 0) return at
      depth--
      if (depth === 0) return at + 1
    } else if (depth === 0 && (char === ',' || char === ' ' || char === '\n' || char === '\r' || char === '\t'))
      return at
  }
  return text.length
}
