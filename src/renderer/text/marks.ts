/**
 * Evidence text is hostile: control characters hide text, bidirectional marks reorder it, zero-width ones make two
 * names look alike. They are shown as `[U+202E]`, and copying gives the true characters.
 */
export interface TextPart {
  readonly kind: 'text' | 'mark'
  /** The true characters. */
  readonly text: string
  /** What is shown for a mark. */
  readonly label: string
}

/** Control and format characters, line and paragraph separators, lone surrogates, unusual spaces and private use. */
const hidden =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\u00a0\u115f\u1160\u1680\u180e\u2000-\u200a\u202f\u205f\u3000\u3164\uffa0\ufffd]|[\u{fe00}-\u{fe0f}\u{e0100}-\u{e01ef}]/gu

const names: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
])

function label(character: string): string {
  const name = names.get(character)
  if (name !== undefined) return name
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
  return `[U+${code}]`
}

/** Splits text into plain runs and marks. With `breaks`, line feeds and tabs stay as they are (for multi-line views). */
export function splitMarks(text: string, breaks = false): readonly TextPart[] {
  const parts: TextPart[] = []
  let from = 0
  for (const match of text.matchAll(hidden)) {
    const character = match[0]
    if (breaks && (character === '\n' || character === '\t')) continue
    if (match.index > from) parts.push(plain(text.slice(from, match.index)))
    parts.push({ kind: 'mark', text: character, label: label(character) })
    from = match.index + character.length
  }
  if (from < text.length) parts.push(plain(text.slice(from)))
  return parts
}

function plain(text: string): TextPart {
  return { kind: 'text', text, label: text }
}

/** Text for places that take only a string (titles, accessible names, canvas): marks written out. */
export function visibleText(text: string): string {
  return splitMarks(text)
    .map((part) => part.label)
    .join('')
}

/** At most `max` characters with the middle cut out, never inside a surrogate pair. */
export function shortenMiddle(text: string, max: number): string {
  const points = Array.from(text)
  if (points.length <= max) return text
  const keep = Math.max(2, max - 1)
  const head = Math.ceil(keep / 2)
  return `${points.slice(0, head).join('')}…${points.slice(points.length - (keep - head)).join('')}`
}
