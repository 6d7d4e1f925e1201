/**
 * A text as those see it who decode it: the strings of its JSON, and what is written in it in percent, Base64, hex or HTML
 * form. What is changed in such a view is written back in the form that it came in.
 */
export interface Place {
  /** Names of the JSON members around a string, the nearest last; empty outside of JSON. */
  readonly path: readonly string[]
  readonly depth: number
  /** The text is the name of a JSON member. */
  readonly isName?: boolean
}

export type Change = (plain: string, place: Place) => string

const maxDepth = 6

/** Applies `change` to every view and last to the text as a whole. */
export function changeViews(text: string, change: Change, place: Place = { path: [], depth: 0 }): string {
  if (text === '') return text
  const inside = place.depth >= maxDepth ? text : decoded(text, change, place)
  return change(inside, place)
}

function decoded(text: string, change: Change, place: Place): string {
  const deeper = { path: place.path, depth: place.depth + 1 }
  let result = text
  if (result.includes('\0')) {
    // UTF-16 that was read as single bytes.
    const plain = result.replaceAll('\0', '')
    const changed = changeViews(plain, change, deeper)
    if (changed !== plain) result = changed
  }
  if (result.includes('"')) result = jsonStrings(result, change, deeper)
  if (result.includes('%')) result = percent(result, change, deeper)
  if (result.includes('&')) result = entities(result, change, deeper)
  // What a field holds in such a form is not what the field is named for; ordinary words decode to something too.
  return encodedRuns(result, change, { path: [], depth: deeper.depth })
}

const literal = /"(?:[^"\\\r\n]|\\.)*"/g

function jsonStrings(text: string, change: Change, place: Place): string {
  let result = ''
  let from = 0
  /** Names of the members that are open, and the last name of each level. */
  const open: string[] = []
  let name = ''
  let keyOfPair: string | undefined
  for (const match of text.matchAll(literal)) {
    const gap = text.slice(from, match.index)
    for (const sign of gap) {
      if (sign === '{') {
        open.push(name)
        name = ''
      } else if (sign === '}') name = open.pop() ?? ''
    }
    result += gap
    from = match.index + match[0].length
    const inner = parsed(match[0])
    if (inner === undefined) {
      result += match[0]
      continue
    }
    const isName = /^\s*:/.test(text.slice(from, from + 20))
    const path = isName ? [] : [...place.path, ...open, name].filter((part) => part !== '')
    if (isName) name = inner
    else if (name === 'key') keyOfPair = inner
    // Attributes of OpenTelemetry: {"key":"user.name","value":{"stringValue":"…"}}.
    const named = !isName && name.endsWith('Value') && keyOfPair !== undefined ? [...path, keyOfPair] : path
    const changed = changeViews(inner, change, { path: named, depth: place.depth, isName })
    result += changed === inner ? match[0] : JSON.stringify(changed)
  }
  return result + text.slice(from)
}

function parsed(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

function percent(text: string, change: Change, place: Place): string {
  return text.replace(/[^\s"'<>\\{}|]*%[0-9A-Fa-f]{2}[^\s"'<>\\{}|]*/g, (run) => {
    // An ampersand or equals sign parts values; what it parts is decoded by itself.
    return run.replace(/[^&=?;]*%[0-9A-Fa-f]{2}[^&=?;]*/g, (part) => {
      let plain: string
      try {
        plain = decodeURIComponent(part)
      } catch {
        plain = Buffer.from(
          part.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
          'latin1',
        ).toString('utf8')
      }
      const changed = changeViews(plain, change, place)
      return changed === plain
        ? part
        : encodeURIComponent(changed.toWellFormed()).replaceAll('%2F', '/').replaceAll('%3A', ':')
    })
  })
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function entities(text: string, change: Change, place: Place): string {
  if (!/&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos);/i.test(text)) return text
  const plain = text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi,
    (whole, decimal, hex, name) => {
      if (name !== undefined) return named[String(name).toLowerCase()] ?? whole
      const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)
      return code > 0x10ffff ? whole : String.fromCodePoint(code)
    },
  )
  const changed = changeViews(plain, change, place)
  if (changed === plain) return text
  return changed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** Base64 (also of UTF-16, as PowerShell takes it, and beginning inside of a longer run) and hex. */
function encodedRuns(text: string, change: Change, place: Place): string {
  if (!/[A-Za-z0-9+/_-]{8}/.test(text)) return text
  return text.replace(/[A-Za-z0-9+/_-]{8,}={0,2}/g, (run) => {
    const hex = /^(0x|x)?((?:[0-9a-f]{2}){4,})$/i.exec(run)
    if (hex !== null) {
      const digits = hex[2] ?? ''
      const changed = through(Buffer.from(digits, 'hex'), change, place)?.toString('hex')
      if (changed !== undefined)
        return (hex[1] ?? '') + (digits === digits.toUpperCase() ? changed.toUpperCase() : changed)
    }
    const url = /[-_]/.test(run) && !/[+/]/.test(run)
    for (let skip = 0; skip < 4 && run.length - skip >= 8; skip++) {
      const head = run.slice(0, skip)
      const body = run.slice(skip)
      const changed = through(Buffer.from(body, 'base64'), change, place)
      if (changed !== undefined) return head + changed.toString(url ? 'base64url' : 'base64')
    }
    return run
  })
}

/** Undefined where the bytes are no text or nothing in it was changed. */
function through(bytes: Buffer, change: Change, place: Place): Buffer | undefined {
  for (const form of ['utf8', 'utf16le'] as const) {
    const plain = bytes.toString(form)
    if (!isText(plain)) continue
    const changed = changeViews(plain, change, place)
    if (changed !== plain) return Buffer.from(changed, form)
  }
  return undefined
}

/** Not a single sign that text does not hold; a few at the end may be a cut character. */
function isText(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const fits =
      code >= 0x20 ? code < 0x7f || (code >= 0xa0 && code < 0xd800) : code === 9 || code === 10 || code === 13
    if (!fits && at < text.length - 3) return false
  }
  return text.length >= 4 && /[A-Za-z0-9]{2}/.test(text)
}
