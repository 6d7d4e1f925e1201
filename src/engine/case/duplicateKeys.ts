/**
 * True where an object of the JSON text names a key twice. The text must already have passed JSON.parse; keys are
 * compared after unescaping.
 */
export function hasDuplicateKeys(text: string): boolean {
  const open: (Set<string> | undefined)[] = []
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (char === '{') open.push(new Set())
    else if (char === '[') open.push(undefined)
    else if (char === '}' || char === ']') open.pop()
    else if (char === '"') {
      const end = stringEnd(text, at)
      const keys = open.at(-1)
      if (keys !== undefined && isKey(text, end)) {
        const key: unknown = JSON.parse(text.slice(at, end))
        if (typeof key === 'string') {
          if (keys.has(key)) return true
          keys.add(key)
        }
      }
      at = end - 1
    }
  }
  return false
}

function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++
    else if (text[at] === '"') return at + 1
  }
  return text.length
}

function isKey(text: string, end: number): boolean {
  let at = end
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r') at++
  return text[at] === ':'
}
