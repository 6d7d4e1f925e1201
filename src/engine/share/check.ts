/**
 * The second pass over a package: whether any removed value is left in it, in any form that it could have been written in.
 * It asks in another way than the redactor does: it makes every form of every value and looks for the bytes.
 */
import { createReadStream } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { throwIfAborted } from '../../common/errors'
import { eachText } from '../db/copyRows'
import type { Database } from '../db/database'
import { Automaton } from './automaton'
import type { Bound, Value } from './dictionary'
import { isBounded } from './redactor'
import { changeViews } from './views'

export interface Leak {
  readonly value: Value
  /** `plain`, `base64`, … */
  readonly form: string
  /** Table and column, or the file. */
  readonly where: string
}

interface Pattern {
  readonly text: string
  readonly form: string
  readonly bound: Bound
  /** Letters of the other case are another text. */
  readonly exact: boolean
  readonly value: Value
}

/** In bytes that are no text, shorter patterns come up by chance. */
const leastInBytes = 7
/** As long as these are, no id or number has them by chance. */
const leastBase64 = 7
const leastHex = 10
const leastUtf16 = 8

export class LeakSearch {
  readonly #patterns: readonly Pattern[]
  readonly #automaton: Automaton
  readonly #leaks = new Map<string, Leak>()

  constructor(values: readonly Value[]) {
    this.#patterns = values.flatMap(formsOf)
    this.#automaton = new Automaton(this.#patterns.map(({ text }) => text))
  }

  get patterns(): number {
    return this.#patterns.length
  }

  get longest(): number {
    return this.#patterns.reduce((most, { text }) => Math.max(most, text.length), 0) + 1
  }

  get leaks(): readonly Leak[] {
    return [...this.#leaks.values()]
  }

  /** `bytes`: the text is one of bytes of which not all are text. */
  look(text: string, where: string, bytes: boolean): void {
    for (const { pattern: at, start, end } of this.#automaton.find(text)) {
      const pattern = this.#patterns[at]
      if (pattern === undefined || (bytes && pattern.text.length < leastInBytes)) continue
      if (pattern.exact && text.slice(start, end) !== pattern.text) continue
      if (!isBounded(text, start, end, pattern.bound)) continue
      const { value, form } = pattern
      this.#leaks.set(`${value.kind} ${value.value} ${form} ${where}`, { value, form, where })
    }
  }

  /** The text and what is encoded in it. */
  lookInto(text: string, where: string): void {
    this.look(text, where, false)
    changeViews(text, (plain, { depth }) => {
      if (depth > 0) this.look(plain, where, false)
      return plain
    })
  }
}

/** A value as it may be written; the first is the value itself. */
function formsOf(value: Value): Pattern[] {
  const { value: text, bound } = value
  const bytes = Buffer.from(text, 'utf8')
  const forms = new Map<string, Pattern>()
  const add = (form: string, written: string, options: { exact?: boolean; bound?: Bound } = {}) => {
    const key = options.exact === true ? written : written.toLowerCase()
    if (written !== '' && !forms.has(key))
      forms.set(key, { text: written, form, bound: options.bound ?? 'none', exact: options.exact === true, value })
  }
  const asBytes = (written: string) => Buffer.from(written, 'utf8').toString('latin1')
  for (const written of new Set([text, text.toLowerCase(), text.toUpperCase()])) {
    add('plain', written, { bound })
    add('plain', asBytes(written), { bound })
  }
  const json = JSON.stringify(text).slice(1, -1)
  add('JSON', json, { bound })
  add('JSON', json.replaceAll('/', '\\/'), { bound })
  add(
    'JSON',
    json.replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
    { bound },
  )
  add('percent', encodeURIComponent(text.toWellFormed()), { bound })
  add('percent', [...bytes].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''))
  const named: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&#39;',
  }
  add(
    'HTML',
    text.replace(/[&<>"']/g, (sign) => named[sign] ?? sign),
    { bound },
  )
  add(
    'HTML',
    text.replace(/[\u0080-\uffff]/g, (sign) => `&#${sign.charCodeAt(0)};`),
    { bound },
  )
  add('HTML', [...text].map((sign) => `&#${sign.codePointAt(0)};`).join(''))
  add('HTML', [...text].map((sign) => `&#x${sign.codePointAt(0)?.toString(16)};`).join(''))
  for (const written of new Set([text, text.toLowerCase(), text.toUpperCase()])) {
    const plain = Buffer.from(written, 'utf8')
    for (const part of base64Parts(plain)) if (part.length >= leastBase64) add('Base64', part, { exact: true })
    const wide = Buffer.from(written, 'utf16le')
    for (const part of base64Parts(wide))
      if (part.length >= leastBase64 * 2) add('Base64 of UTF-16', part, { exact: true })
    const hex = plain.toString('hex')
    if (hex.length >= leastHex) add('hex', hex)
    if (wide.length >= leastUtf16) {
      add('UTF-16', wide.toString('latin1'))
      add('UTF-16', Buffer.from(wide).swap16().toString('latin1'))
    }
  }
  return [...forms.values()]
}

/** What Base64 shows of the bytes whatever stands before and after them, for each of the three places they can begin at. */
function base64Parts(bytes: Buffer): string[] {
  return [0, 1, 2].flatMap((before) => {
    const text = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/=+$/, '')
    // Signs that also hold bits of a neighbour are left out.
    const first = Math.ceil((before * 8) / 6)
    const last = Math.floor(((before + bytes.length) * 8) / 6)
    const part = text.slice(first, last)
    return [part, part.replaceAll('+', '-').replaceAll('/', '_')]
  })
}

/** All cells of all tables, as text. Returns how many there were. */
export async function lookAtTables(
  search: LeakSearch,
  db: Database,
  tables: readonly string[],
  signal?: AbortSignal,
): Promise<number> {
  let cells = 0
  for (const table of tables) {
    const seen = new Set<string>()
    await eachText(
      db,
      table,
      (column, text) => {
        cells++
        if (text.length < 200) {
          if (seen.has(text)) return
          if (seen.size > 50_000) seen.clear()
          seen.add(text)
        }
        search.lookInto(text, `${table}.${column}`)
      },
      { numbers: true, signal },
    )
  }
  return cells
}

/** Every file below the folder, byte by byte, and what the names of the files say. Returns how many there were. */
export async function lookAtFiles(search: LeakSearch, folder: string, signal?: AbortSignal): Promise<number> {
  let files = 0
  for (const path of await filesBelow(folder)) {
    throwIfAborted(signal)
    files++
    const name = relative(folder, path)
    search.lookInto(name, 'the names of the files')
    const isText = /\.jsonl?$/.test(name)
    if (isText) for (const line of (await readFile(path, 'utf8')).split('\n')) search.lookInto(line, name)
    const longest = search.longest
    let before = ''
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      if (!Buffer.isBuffer(chunk)) continue
      const text = before + chunk.toString('latin1')
      search.look(text, name, !isText)
      before = text.slice(-longest)
      throwIfAborted(signal)
    }
  }
  return files
}

async function filesBelow(folder: string): Promise<string[]> {
  const found: string[] = []
  for (const name of (await readdir(folder)).sort()) {
    const path = join(folder, name)
    if ((await stat(path)).isDirectory()) found.push(...(await filesBelow(path)))
    else found.push(path)
  }
  return found
}
