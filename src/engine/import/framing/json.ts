/**
 * Cuts a JSON member into records while its bytes arrive: root values, elements of root arrays, and the places that
 * layouts name (`Records[]`, `resourceSpans[].scopeSpans[].spans[]`). It knows depth, size and number of keys, so that
 * a hostile record is refused before it is parsed; the text itself is checked later by JSON.parse, record by record.
 */
import type { JsonLayout } from '../../formats/types'
import { limits } from '../limits'
import { type FrameFault, Window } from './frame'
import { type ContextOwner, HeldRecords, hasContext, mergeContext } from './heldRecords'
import { CloseArray, CloseObject, Colon, Comma, Cr, Lf, OpenArray, OpenObject, Quote, Space, Tab } from './jsonBytes'
import type { JsonFrame } from './jsonFrame'
import { endOfKey } from './keyScan'
import { type Steps, stepsOf } from './layoutSteps'
import { LineMarks } from './lineMarks'
import { ValueScan } from './valueScan'

export interface JsonFramerOptions {
  readonly layouts: readonly JsonLayout[]
  /** One record a line: a line end closes whatever is open, so that one broken line costs one line. */
  readonly lineMode: boolean
  readonly onRecord: (frame: JsonFrame) => void
  readonly onFault: (fault: FrameFault) => void
}

interface Level extends ContextOwner {
  readonly array: boolean
  readonly steps: Steps
  expectKey: boolean
  key: string
  keys: number
}

/** What becomes of a value that is taken whole. */
interface Target {
  readonly kind: 'record' | 'context' | 'document' | 'value'
  readonly layout?: JsonLayout
  /** Name of a context value. */
  readonly name?: string
}

const brokenLine = 'the line ends inside a JSON value'

export class JsonFramer {
  readonly #options: JsonFramerOptions
  readonly #rootSteps: Steps
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
  readonly #scan = new ValueScan()
  /** White space between tokens of the document that is followed. */
  #documentSpaced = false
  #skipTarget: Target = { kind: 'value' }
  #garbageStart = -1
  readonly #held: HeldRecords
  #oversized = false
  /** A key is cut by the window's end: scanning goes on with the next chunk. */
  #stalled = false
  /** End of the last record or fault handed over. */
  #lastEnd = 0
  readonly #marks = new LineMarks(this.#window)
  /** Context values that broke a limit, told apart only where the document around them is not told as a whole. */
  readonly #contextFaults: FrameFault[] = []

  constructor(options: JsonFramerOptions) {
    this.#options = options
    this.#held = new HeldRecords(options.onRecord)
    this.#rootSteps = stepsOf(options.layouts)
  }

  push(chunk: Uint8Array): void {
    const from = this.#keepFrom()
    // What may be told later is marked before its bytes go; rising, as lines are counted.
    if (this.#lastEnd < from) this.#marks.set('end', this.#lastEnd)
    if (this.#skipStart >= 0 && this.#skipStart < from) this.#marks.set('value', this.#skipStart)
    this.#window.append(chunk, from)
    this.#run()
  }

  end(): void {
    this.#endGarbage(this.#window.end)
    if (this.#skipStart >= 0 || this.#levels.length > 0)
      this.#breakOff(this.#window.end, 'the text ends inside a JSON value')
    this.#held.flush()
  }

  #keepFrom(): number {
    let from = this.#at
    if (this.#skipStart >= 0 && !this.#oversized) from = Math.min(from, this.#skipStart)
    if (this.#documentStart >= 0 && !this.#documentFound && this.#at - this.#documentStart <= limits.recordBytes)
      from = Math.min(from, this.#documentStart)
    if (this.#garbageStart >= 0) from = Math.max(Math.min(from, this.#garbageStart), this.#at - limits.recordBytes)
    return Math.max(from, this.#window.base)
  }

  #run(): void {
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
      case Space:
      case Tab:
      case Cr:
        if (byte === Lf && this.#options.lineMode) return this.#breakOff(this.#at, brokenLine)
        this.#documentSpaced = true
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
      this.#marks.set('document', this.#at)
      this.#documentFound = false
      this.#documentFault = undefined
      this.#documentSpaced = false
      if (this.#rootSteps.size === 0) {
        this.#skip({ kind: 'document' })
        return
      }
      this.#levels.push({ array: false, steps: this.#rootSteps, context: undefined, expectKey: true, key: '', keys: 0 })
      this.#at++
      return
    }
    if (this.#rootArrays > 0 && (byte === Quote || byte === OpenArray)) {
      this.#documentStart = this.#at
      this.#marks.set('document', this.#at)
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
    const start = this.#at - base
    const end = endOfKey(bytes, start, this.#options.lineMode)
    if (end >= 0 && bytes[end] === Lf) return this.#breakOff(base + end, brokenLine)
    if (end >= 0) {
      level.key = bytes.toString('utf8', start + 1, end)
      level.expectKey = false
      level.keys++
      if (level.keys > limits.jsonKeys)
        this.#documentFault ??= `an object has more than the limit of ${limits.jsonKeys} keys`
      this.#at = base + end + 1
      return
    }
    // The key goes on in the next chunk: wait without moving on.
    if (this.#window.end - this.#at > limits.recordBytes)
      this.#breakOff(this.#window.end, 'a key is longer than a record may be')
    else this.#stalled = true
  }

  #value(level: Level, byte: number): void {
    const next = level.steps.get(level.array ? '*' : level.key)
    if (next === undefined) return this.#skip({ kind: 'value' })
    if (next.record !== undefined) {
      this.#documentFound = true
      return this.#skip({ kind: 'record', layout: next.record })
    }
    if (next.context !== undefined) return this.#skip({ kind: 'context', name: next.context })
    const container = byte === OpenArray || byte === OpenObject
    if (container && next.steps.size > 0 && this.#levels.length < limits.jsonDepth) {
      const array = byte === OpenArray
      if (array && next.steps.get('*')?.record !== undefined) this.#documentFound = true
      const { steps } = next
      this.#levels.push({ array, steps, context: undefined, expectKey: !array, key: '', keys: 0 })
      this.#at++
      return
    }
    this.#skip({ kind: 'value' })
  }

  #skip(target: Target): void {
    this.#skipTarget = target
    this.#skipStart = this.#at
    this.#oversized = false
    this.#scan.start(this.#window.bytes[this.#at - this.#window.base] ?? 0)
    this.#scanSkipped()
  }

  #scanSkipped(): void {
    const { bytes, base } = this.#window
    const isStart = this.#at === this.#skipStart
    const end = this.#scan.run(bytes, this.#at - base, this.#options.lineMode, isStart)
    this.#at = base + this.#scan.at
    switch (end) {
      case 'whole':
        return this.#finishSkipped(this.#at)
      case 'line':
        return this.#breakOff(this.#at, brokenLine)
      case 'more':
        if (this.#at - this.#skipStart > limits.recordBytes) this.#oversized = true
    }
  }

  #finishSkipped(end: number): void {
    const start = this.#skipStart
    this.#skipStart = -1
    const { kind, layout, name } = this.#skipTarget
    const fault = this.#scan.limitHit(end - start, this.#oversized)
    if (kind === 'value') {
      if (this.#scan.spaced) this.#documentSpaced = true
      this.#documentFault ??= fault
      return
    }
    if (kind === 'document') {
      this.#documentStart = -1
      if (fault === undefined) this.#record(start, end, undefined, [], !this.#scan.spaced)
      else this.#fault(start, end, fault)
      return
    }
    // What is skipped inside a document is part of it.
    if (this.#scan.spaced) this.#documentSpaced = true
    if (fault !== undefined && kind === 'context') {
      this.#documentFault ??= fault
      const line = this.#marks.lineOf(start)
      this.#contextFaults.push({ offset: start, length: end - start, line, reason: fault })
      return
    }
    if (fault !== undefined) return this.#fault(start, end, fault)
    if (kind === 'context') {
      const owner = this.#levels.at(-1)
      if (owner !== undefined && name !== undefined) {
        owner.context ??= new Map()
        owner.context.set(name, this.#window.slice(start, end).toString('utf8'))
      }
      return
    }
    if (layout === undefined) return
    if (hasContext(layout, this.#levels)) {
      this.#held.flush()
      this.#record(start, end, layout, this.#levels, !this.#scan.spaced)
    } else this.#hold(start, end, layout)
  }

  #hold(start: number, end: number, layout: JsonLayout): void {
    this.#lastEnd = end
    const line = this.#window.lineOf(start)
    const bytes = this.#window.slice(start, end)
    this.#held.add({ bytes, offset: start, line, compact: !this.#scan.spaced }, layout, this.#levels)
  }

  /** True once records had to be let go before their context was known. */
  get heldOver(): boolean {
    return this.#held.over
  }

  #close(): void {
    this.#levels.pop()
    if (this.#levels.length === 0) {
      this.#held.flush()
      const start = this.#documentStart
      this.#documentStart = -1
      this.#tellContextFaults()
      if (!this.#documentFound && start >= 0) {
        if (this.#at - start > limits.recordBytes)
          this.#fault(start, this.#at, `the record is larger than the limit of ${limits.recordBytes} bytes`)
        else if (this.#documentFault !== undefined) this.#fault(start, this.#at, this.#documentFault)
        else this.#record(start, this.#at, undefined, [], !this.#documentSpaced)
      }
      return
    }
    // The outermost container that can hold context of the waiting records is whole: what it lacks does not come.
    this.#held.closed(this.#levels.length + 1)
  }

  #record(
    start: number,
    end: number,
    layout: JsonLayout | undefined,
    levels: readonly Level[],
    compact: boolean,
  ): void {
    this.#lastEnd = end
    this.#options.onRecord({
      bytes: this.#window.slice(start, end),
      offset: start,
      line: this.#window.lineOf(start),
      compact,
      layout: layout?.id,
      context: mergeContext(levels),
    })
  }

  /** Gives up what is open: the bytes from its start to `end` are one fault, and we are at root level again. */
  #breakOff(end: number, reason: string): void {
    const start = Math.max(this.#documentStart >= 0 ? this.#documentStart : this.#skipStart, this.#lastEnd)
    this.#held.flush()
    this.#tellContextFaults()
    this.#skipStart = -1
    this.#documentStart = -1
    this.#levels.length = 0
    this.#at = Math.max(end, this.#at)
    this.#fault(start, end, reason)
  }

  #fault(start: number, end: number, reason: string): void {
    const line = this.#marks.lineOf(start)
    this.#lastEnd = end
    this.#options.onFault({ offset: start, length: end - start, line, reason })
  }

  #tellContextFaults(): void {
    for (const fault of this.#contextFaults.splice(0))
      if (this.#documentFound && fault.offset >= this.#lastEnd) this.#options.onFault(fault)
  }
}
