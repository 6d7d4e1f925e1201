/** Cuts a line into words, quoted texts and bracketed texts, as access logs separate them by blanks. */

export interface Token {
  readonly kind: 'word' | 'quoted' | 'bracketed'
  readonly text: string
}

const MAX_TOKENS = 80
/** Longer lines carry nothing that an access log would write. */
const MAX_LINE = 200_000

/** Undefined where a quote or bracket is left open, or the line is too long. Runs in the length of the line. */
export function tokens(line: string, from = 0): readonly Token[] | undefined {
  if (line.length > MAX_LINE) return undefined
  const found: Token[] = []
  let at = from
  while (at < line.length && found.length < MAX_TOKENS) {
    const c = line.charAt(at)
    if (c === ' ' || c === '\t') {
      at++
      continue
    }
    if (c === '"') {
      const end = closingQuote(line, at + 1)
      if (end < 0) return undefined
      found.push({ kind: 'quoted', text: unescaped(line.slice(at + 1, end)) })
      at = end + 1
    } else if (c === '[') {
      const end = line.indexOf(']', at)
      if (end < 0) return undefined
      found.push({ kind: 'bracketed', text: line.slice(at + 1, end) })
      at = end + 1
    } else {
      let end = at
      while (end < line.length && line.charAt(end) !== ' ' && line.charAt(end) !== '\t') end++
      found.push({ kind: 'word', text: line.slice(at, end) })
      at = end
    }
  }
  return found
}

/** Some servers do not escape quotes inside: a closing quote is followed by a blank or the end of the line. */
function closingQuote(line: string, from: number): number {
  for (let at = from; at < line.length; at++) {
    const c = line.charAt(at)
    if (c === '\\') at++
    else if (c === '"' && (at + 1 === line.length || /[\s,;]/.test(line.charAt(at + 1)))) return at
  }
  return -1
}

function unescaped(text: string): string {
  return text.includes('\\') ? text.replace(/\\(["\\])/g, '$1') : text
}
