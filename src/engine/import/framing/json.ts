/**
 * Cuts a JSON member into records while its bytes arrive: root values, elements of root arrays, and the places that
 * layouts name (`Records[]`, `resourceSpans[].scopeSpans[].spans[]`). It knows depth, size and number of keys, so that
 * a hostile record is refused before it is parsed; the text itself is checked later by JSON.parse, record by record.
 */
import type { JsonLayout } from '../../formats/types'
import { limits } from '../limits'
import { type Frame, type FrameFault, Window } from './frame'

export interface JsonFrame extends Frame {
  readonly layout: string | undefined
  /** Text of the context values by their last path element; innermost wins. */
  readonly context: ReadonlyMap<string, string>
}

export interface JsonFramerOptions {
  readonly layouts: readonly JsonLayout[]
  /** One record a line: a line end closes whatever is open, so that one broken line costs one line. */
  readonly lineMode: boolean
  readonly onRecord: (frame: JsonFrame) => void
  readonly onFault: (fault: FrameFault) => void
}

interface Level {
  readonly array: boolean
  /** Layouts whose path agrees so far, as (layout, matched length). */
  readonly alive: readonly Progress[]
  readonly contexts: readonly Progress[]
  /** Context values that belong to this container, by name. */
  context: Map<string, string> | undefined
  expectKey: boolean
  key: string
  keys: number
}

interface Progress {
  readonly layout: JsonLayout
  readonly path: readonly string[]
  readonly matched: number
}

/** What becomes of a value that is taken whole. */
interface Target {
  readonly kind: 'record' | 'context' | 'document' | 'value'
  readonly progress?: Progress
}

interface Held {
  readonly bytes: Buffer
  readonly offset: number
  readonly line: number
  readonly layout: JsonLayout
  readonly levels: readonly Level[]
}

const Tab = 0x09
const Lf = 0x0a
const Cr = 0x0d
const Space = 0x20
const Quote = 0x22
const Comma = 0x2c
const Colon = 0x3a
const OpenArray = 0x5b
const Backslash = 0x5c
const CloseArray = 0x5d
const OpenObject = 0x7b
const CloseObject = 0x7d

const noContext: ReadonlyMap<string, string> = new Map()

export class JsonFramer {
  readonly #options: JsonFramerOptions
  readonly #window = new Window()
  /** Next byte to look at, as a member offset. */
  #at = 0
  readonly #levels: Level[] = []
  /** Root arrays around the document; elements of root arrays are documents. */
  #rootArrays = 0
  /** Start of the document that may itself be the record; -1 where a layout record was found inside it. */
  #documentStart = -1
  #documentFound = false
  /** A limit that a part of the document broke: the document is no record then. */
  #documentFault: string | undefined
  /** A value that is taken whole: where it starts and how deep inside we are. */
  #skipStart = -1
  #skipDepth = 0
  #skipInString = false
  #skipEscaped = false
  #skipMaxDepth = 0
  readonly #skipKeys = new Int32Array(limits.jsonDepth + 2)
  #skipTooManyKeys = false
  #skipTarget: Target = { kind: 'value' }
  #garbageStart = -1
  readonly #held: Held[] = []
  #heldBytes = 0
  #heldOver = false
  #oversized = false
  /** A key is cut by the window's end: scanning goes on with the next chunk. */
  #stalled = false
  /** End of the last record or fault handed over. */
  #lastEnd = 0

  constructor(options: JsonFramerOptions) {
    this.#options = options
  }

  push(chunk: Uint8Array): void {
    this.#window.append(chunk, this.#keepFrom())
    this.#scan()
  }

  end(): void {
    this.#endGarbage(this.#window.end)
    if (this.#skipStart >= 0 || this.#levels.length > 0)
      this.#breakOff(this.#window.end, 'the text ends inside a JSON value')
    this.#flushHeld()
  }

  #keepFrom(): number {
    let from = this.#at
    if (this.#skipStart >= 0 && !this.#oversized) from = Math.min(from, this.#skipStart)
    if (this.#documentStart >= 0 && !this.#documentFound && this.#at - this.#documentStart <= limits.recordBytes)
      from = Math.min(from, this.#documentStart)
    if (this.#garbageStart >= 0) from = Math.max(Math.min(from, this.#garbageStart), this.#at - limits.recordBytes)
    return Math.max(from, this.#window.base)
  }

  #scan(): void {
    this.#stalled = false
    while (this.#at < this.#window.end && !this.#stalled) {
      if (this.#skipStart >= 0) this.#scanSkipped()
      else this.#step()
    }
  }

  /** Structure that we follow: root level and the containers on the way to layout records. */
  #step(): void {
    const { bytes, base } = this.#window
    const byte = bytes[this.#at - base] ?? 0
    const level = this.#levels.at(-1)
    if (level === undefined) return this.#stepRoot(byte)
    switch (byte) {
      case Lf:
        if (this.#options.lineMode) return this.#breakOff(this.#at, 'the line ends inside a JSON value')
        this.#at++
        return
      case Space:
      case Tab:
      case Cr:
        this.#at++
        return
      case Comma:
        level.expectKey = !level.array
        this.#at++
        return
      case Colon:
        this.#at++
        return
      case CloseArray:
      case CloseObject:
        this.#at++
        this.#close()
        return
      case Quote:
        if (level.expectKey) return this.#readKey(level)
        return this.#value(level, byte)
      default:
        return this.#value(level, byte)
    }
  }

  #stepRoot(byte: number): void {
    switch (byte) {
      case Space:
      case Tab:
      case Cr:
        this.#at++
        return
      case Lf:
        this.#endGarbage(this.#at)
        this.#at++
        return
      case Comma:
        if (this.#rootArrays === 0) this.#startGarbage()
        this.#at++
        return
      case CloseArray:
        if (this.#rootArrays > 0) {
          this.#endGarbage(this.#at)
          this.#rootArrays--
        } else this.#startGarbage()
        this.#at++
        return
      case OpenArray:
        if (this.#garbageStart < 0 && this.#rootArrays < 2) {
          this.#rootArrays++
          this.#at++
          return
        }
        return this.#garbageOrValue(byte)
      default:
        return this.#garbageOrValue(byte)
    }
  }

  #garbageOrValue(byte: number): void {
    if (this.#garbageStart >= 0) {
      this.#at++
      return
    }
    if (byte === OpenObject) {
      this.#documentStart = this.#at
      this.#documentFound = false
      this.#documentFault = undefined
      const alive = this.#options.layouts.map((layout) => ({ layout, path: layout.records, matched: 0 }))
      const contexts = this.#options.layouts.flatMap((layout) =>
        layout.context.map((path) => ({ layout, path, matched: 0 })),
      )
      if (alive.length === 0) {
        this.#skip({ kind: 'document' })
        return
      }
      this.#levels.push({ array: false, alive, contexts, context: undefined, expectKey: true, key: '', keys: 0 })
      this.#at++
      return
    }
    if (this.#rootArrays > 0 && (byte === Quote || byte === OpenArray)) {
      this.#documentStart = this.#at
      this.#skip({ kind: 'document' })
      return
    }
    this.#startGarbage()
    this.#at++
  }

  #startGarbage(): void {
    if (this.#garbageStart < 0) this.#garbageStart = this.#at
  }

  #endGarbage(end: number): void {
    if (this.#garbageStart < 0) return
    const offset = this.#garbageStart
    this.#garbageStart = -1
    this.#fault(offset, end, 'this is no JSON value')
  }

  #readKey(level: Level): void {
    const { bytes, base } = this.#window
    let at = this.#at - base + 1
    while (at < bytes.length) {
      const byte = bytes[at]
      if (byte === Backslash) at += 2
      else if (byte === Quote) {
        level.key = bytes.toString('utf8', this.#at - base + 1, at)
        level.expectKey = false
        level.keys++
        if (level.keys > limits.jsonKeys)
          this.#documentFault ??= `an object has more than the limit of ${limits.jsonKeys} keys`
        this.#at = base + at + 1
        return
      } else if (byte === Lf && this.#options.lineMode) {
        this.#breakOff(base + at, 'the line ends inside a JSON value')
        return
      } else at++
    }
    // The key goes on in the next chunk: wait without moving on.
    if (this.#window.end - this.#at > limits.recordBytes)
      this.#breakOff(this.#window.end, 'a key is longer than a record may be')
    else this.#stalled = true
  }

  #value(level: Level, byte: number): void {
    const step = level.array ? '*' : level.key
    const alive = advance(level.alive, step)
    const contexts = advance(level.contexts, step)
    const record = alive.find(({ path, matched }) => matched === path.length)
    if (record !== undefined) {
      this.#documentFound = true
      return this.#skip({ kind: 'record', progress: record })
    }
    const context = contexts.find(({ path, matched }) => matched === path.length)
    if (context !== undefined) return this.#skip({ kind: 'context', progress: context })
    const container = byte === OpenArray || byte === OpenObject
    if (container && (alive.length > 0 || contexts.length > 0) && this.#levels.length < limits.jsonDepth) {
      const array = byte === OpenArray
      if (array && alive.some(({ path, matched }) => path[matched] === '*' && matched === path.length - 1))
        this.#documentFound = true
      this.#levels.push({ array, alive, contexts, context: undefined, expectKey: !array, key: '', keys: 0 })
      this.#at++
      return
    }
    this.#skip({ kind: 'value' })
  }

  #skip(target: Target): void {
    this.#skipTarget = target
    this.#skipStart = this.#at
    this.#skipDepth = 0
    this.#skipMaxDepth = 0
    this.#skipInString = false
    this.#skipEscaped = false
    this.#skipTooManyKeys = false
    this.#oversized = false
    this.#scanSkipped()
  }

  /** The hot loop: strings and nesting of one value, up to its end or the end of the window. */
  #scanSkipped(): void {
    const { bytes, base } = this.#window
    const length = bytes.length
    const { lineMode } = this.#options
    const first = bytes[this.#skipStart - base]
    const scalar = this.#skipDepth === 0 && first !== OpenObject && first !== OpenArray && first !== Quote
    let at = this.#at - base
    let depth = this.#skipDepth
    let inString = this.#skipInString
    let escaped = this.#skipEscaped
    let done = false
    if (scalar) {
      for (; at < length; at++) {
        const byte = bytes[at] ?? 0
        if (byte === Comma || byte === CloseArray || byte === CloseObject || byte <= Space) {
          done = true
          break
        }
      }
      if (done && base + at === this.#skipStart) {
        at++
      }
    } else {
      while (at < length) {
        const byte = bytes[at++] ?? 0
        if (inString) {
          if (escaped) escaped = false
          else if (byte === Backslash) escaped = true
          else if (byte === Quote) {
            inString = false
            if (depth === 0) {
              done = true
              break
            }
          } else if (byte === Lf && lineMode) {
            this.#at = base + at - 1
            return this.#breakOff(this.#at, 'the line ends inside a JSON value')
          }
          continue
        }
        if (byte === Quote) inString = true
        else if (byte === OpenObject || byte === OpenArray) {
          depth++
          if (depth > this.#skipMaxDepth) this.#skipMaxDepth = depth
          if (depth <= limits.jsonDepth) this.#skipKeys[depth] = 0
        } else if (byte === CloseObject || byte === CloseArray) {
          depth--
          if (depth <= 0) {
            done = true
            break
          }
        } else if (byte === Colon) {
          if (depth <= limits.jsonDepth) {
            const keys = (this.#skipKeys[depth] ?? 0) + 1
            this.#skipKeys[depth] = keys
            if (keys > limits.jsonKeys) this.#skipTooManyKeys = true
          }
        } else if (byte === Lf && lineMode) {
          this.#at = base + at - 1
          return this.#breakOff(this.#at, 'the line ends inside a JSON value')
        }
      }
    }
    this.#at = base + at
    this.#skipDepth = depth
    this.#skipInString = inString
    this.#skipEscaped = escaped
    if (!done) {
      if (this.#at - this.#skipStart > limits.recordBytes) this.#oversized = true
      return
    }
    this.#finishSkipped(this.#at)
  }

  #finishSkipped(end: number): void {
    const start = this.#skipStart
    this.#skipStart = -1
    const { kind, progress } = this.#skipTarget
    const fault = this.#limitHit(end - start)
    if (kind === 'value') {
      this.#documentFault ??= fault
      return
    }
    if (kind === 'document') {
      this.#documentStart = -1
      if (fault === undefined) this.#record(start, end, undefined, [])
      else this.#fault(start, end, fault)
      return
    }
    if (progress === undefined) return
    if (fault !== undefined) return this.#fault(start, end, fault)
    if (kind === 'context') {
      const name = progress.path.at(-1) ?? ''
      const owner = this.#levels.at(-1)
      if (owner !== undefined) {
        owner.context ??= new Map()
        owner.context.set(name, this.#window.slice(start, end).toString('utf8'))
      }
      return
    }
    const { layout } = progress
    if (this.#complete(layout, this.#levels)) {
      this.#flushHeld()
      this.#record(start, end, layout, this.#levels)
    } else this.#hold(start, end, layout)
  }

  #limitHit(size: number): string | undefined {
    if (size > limits.recordBytes || this.#oversized)
      return `the record is larger than the limit of ${limits.recordBytes} bytes`
    if (this.#skipMaxDepth > limits.jsonDepth)
      return `the record is nested deeper than the limit of ${limits.jsonDepth}`
    if (this.#skipTooManyKeys) return `an object has more than the limit of ${limits.jsonKeys} keys`
    return undefined
  }

  #complete(layout: JsonLayout, levels: readonly Level[]): boolean {
    return layout.context.every((path) => levels.some((level) => level.context?.has(path.at(-1) ?? '') === true))
  }

  #hold(start: number, end: number, layout: JsonLayout): void {
    const bytes = Buffer.from(this.#window.slice(start, end))
    this.#lastEnd = end
    this.#held.push({ bytes, offset: start, line: this.#window.lineOf(start), layout, levels: [...this.#levels] })
    this.#heldBytes += bytes.length
    if (this.#heldBytes > limits.heldBytes) {
      this.#heldOver = true
      this.#flushHeld()
    }
  }

  /** True once records had to be let go before their context was known. */
  get heldOver(): boolean {
    return this.#heldOver
  }

  #flushHeld(): void {
    for (const { bytes, offset, line, layout, levels } of this.#held.splice(0))
      this.#options.onRecord({ bytes, offset, line, layout: layout.id, context: mergeContext(levels) })
    this.#heldBytes = 0
  }

  #close(): void {
    this.#levels.pop()
    if (this.#levels.length === 0) {
      this.#flushHeld()
      const start = this.#documentStart
      this.#documentStart = -1
      if (!this.#documentFound && start >= 0) {
        if (this.#at - start > limits.recordBytes)
          this.#fault(start, this.#at, `the record is larger than the limit of ${limits.recordBytes} bytes`)
        else if (this.#documentFault !== undefined) this.#fault(start, this.#at, this.#documentFault)
        else this.#record(start, this.#at, undefined, [])
      }
      return
    }
    // The outermost container that can hold context of the waiting records is whole: what it lacks does not come.
    const depth = this.#levels.length + 1
    if (this.#held.some(({ layout }) => layout.context.every((path) => depth <= path.length))) this.#flushHeld()
  }

  #record(start: number, end: number, layout: JsonLayout | undefined, levels: readonly Level[]): void {
    this.#lastEnd = end
    this.#options.onRecord({
      bytes: this.#window.slice(start, end),
      offset: start,
      line: this.#window.lineOf(start),
      layout: layout?.id,
      context: mergeContext(levels),
    })
  }

  /** Gives up what is open: the bytes from its start to `end` are one fault, and we are at root level again. */
  #breakOff(end: number, reason: string): void {
    const start = Math.max(this.#documentStart >= 0 ? this.#documentStart : this.#skipStart, this.#lastEnd)
    this.#flushHeld()
    this.#skipStart = -1
    this.#documentStart = -1
    this.#levels.length = 0
    this.#at = Math.max(end, this.#at)
    this.#fault(start, end, reason)
  }

  #fault(start: number, end: number, reason: string): void {
    this.#lastEnd = end
    this.#options.onFault({ offset: start, length: end - start, line: this.#window.lineOf(start), reason })
  }
}

function advance(list: readonly Progress[], step: string): readonly Progress[] {
  if (list.length === 0) return list
  return list
    .filter(({ path, matched }) => path[matched] === step)
    .map(({ layout, path, matched }) => ({ layout, path, matched: matched + 1 }))
}

function mergeContext(levels: readonly Level[]): ReadonlyMap<string, string> {
  let merged: Map<string, string> | undefined
  for (const level of levels) {
    if (level.context === undefined) continue
    merged ??= new Map()
    for (const [key, value] of level.context) merged.set(key, value)
  }
  return merged ?? noContext
}
