/**
 * Notes what a person has to be asked about the zones of times: which formats have times without one, and which
 * abbreviations mean several. Written by the sessions of formats through `clock`, read once all files were looked at.
 */
import type { WallClock } from '../../../common/time'
import { readsOneWay } from '../../zone/assumedZone'

export interface Noted {
  readonly time: string
  readonly localUs: number
  readonly line: string | null
  readonly files: number
  readonly fileNames: readonly string[]
}

interface Note {
  readonly time: string
  readonly localUs: bigint
  line: string | null
  /** Records that were looked at for the time. */
  tries: number
  files: number
  readonly fileNames: string[]
  lastFile: number
}

const namesListed = 3
const lineChars = 160
const beforeTime = 40
const maxTries = 50
const maxAbbreviations = 50

export class ZoneProbe {
  readonly #unzoned = new Map<string, Note>()
  readonly #abbreviations = new Map<string, Note>()
  /** Notes whose record has not been found yet: formats may hold records back, or write their times anew. */
  #lineless: Note[] = []
  #fileNo = 0
  #fileName = ''

  file(name: string): void {
    this.#fileNo++
    this.#fileName = name
    this.#lineless = []
  }

  /** Takes every time, so that no record is rejected for its zone. */
  clock(format: string): WallClock {
    return {
      local: (localUs, text) => {
        this.#note(this.#unzoned, format, localUs, text)
        return { us: localUs }
      },
      abbreviated: (localUs, name, text) => {
        const known = this.#abbreviations.has(name) || this.#abbreviations.size < maxAbbreviations
        if (known && !readsOneWay(name)) this.#note(this.#abbreviations, name, localUs, text)
        return { us: localUs }
      },
    }
  }

  /** A record as it is accounted. The first one stands for a time that is in none of the next. */
  record(raw: () => string): void {
    if (this.#lineless.length === 0) return
    const text = raw()
    this.#lineless = this.#lineless.filter((note) => {
      const found = text.includes(note.time)
      if (found || note.line === null) note.line = around(text, note.time)
      return !found && ++note.tries < maxTries
    })
  }

  get unzoned(): ReadonlyMap<string, Noted> {
    return noted(this.#unzoned)
  }

  get abbreviations(): ReadonlyMap<string, Noted> {
    return noted(this.#abbreviations)
  }

  #note(notes: Map<string, Note>, key: string, localUs: bigint, text: string): void {
    const known = notes.get(key)
    if (known === undefined) {
      const note: Note = {
        time: text.slice(0, 60),
        localUs,
        line: null,
        tries: 0,
        files: 1,
        fileNames: [this.#fileName],
        lastFile: this.#fileNo,
      }
      notes.set(key, note)
      this.#lineless.push(note)
    } else if (known.lastFile !== this.#fileNo) {
      known.lastFile = this.#fileNo
      known.files++
      if (known.fileNames.length < namesListed) known.fileNames.push(this.#fileName)
    }
  }
}

function noted(notes: ReadonlyMap<string, Note>): Map<string, Noted> {
  return new Map(
    [...notes]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, { lastFile: _, tries: _tries, localUs, ...note }]) => [key, { ...note, localUs: Number(localUs) }]),
  )
}

/** A part of the record in which its time stands, on one line. */
function around(text: string, time: string): string {
  const flat = text.slice(0, 100_000).replace(/\s+/g, ' ').trim().toWellFormed()
  const from = Math.max(0, flat.indexOf(time) - beforeTime)
  const part = flat.slice(from, from + lineChars)
  return `${from > 0 ? '…' : ''}${part}${from + lineChars < flat.length ? '…' : ''}`
}
