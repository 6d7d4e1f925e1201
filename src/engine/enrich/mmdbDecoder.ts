/**
 * Values of an MMDB data section (MaxMind DB format 2.0), read within bounds: the file is from anywhere, its pointers may
 * run in circles, and few bytes may announce millions of members.
 */
import { AppError } from '../../common/errors'

export type MmdbValue = string | number | bigint | boolean | null | readonly MmdbValue[] | MmdbMap
export type MmdbMap = ReadonlyMap<string, MmdbValue>

/** A city record has about 250 values at a depth of 4. */
const MAX_VALUES = 20_000
const MAX_DEPTH = 24
const MAX_TEXT_BYTES = 65_536
const pointerBase = [0, 2_048, 526_336, 0]

const types = {
  pointer: 1,
  text: 2,
  double: 3,
  bytes: 4,
  uint16: 5,
  uint32: 6,
  map: 7,
  int32: 8,
  uint64: 9,
  uint128: 10,
  array: 11,
  boolean: 14,
  float: 15,
} as const

/** Errors: `input.refused` for what does not end, does not fit or is no value. */
export class MmdbDecoder {
  readonly #section: Buffer
  #at = 0
  #left = 0

  /** `section`: what pointers count from, and where every value must lie in. */
  constructor(section: Buffer) {
    this.#section = section
  }

  decode(offset: number): MmdbValue {
    this.#left = MAX_VALUES
    this.#at = offset
    return this.#value(0, false)
  }

  #value(depth: number, pointed: boolean): MmdbValue {
    if (depth > MAX_DEPTH) throw damaged('it is nested too deeply')
    if (--this.#left < 0) throw damaged('one of its records does not end')
    const control = this.#byte()
    const code = control >> 5
    if (code === types.pointer) {
      // The format forbids a pointer to a pointer; so a circle needs a map or an array, and the depth ends it.
      if (pointed) throw damaged('a pointer leads to a pointer')
      return this.#follow(control, depth)
    }
    const type = code === 0 ? 7 + this.#byte() : code
    const size = this.#size(control & 0x1f)
    switch (type) {
      case types.text:
        if (size > MAX_TEXT_BYTES) throw damaged('a text of it is too long')
        return this.#take(size).toString('utf8')
      case types.map:
        return this.#map(size, depth)
      case types.array:
        return this.#array(size, depth)
      case types.boolean:
        return size !== 0
      case types.double:
        return this.#take(8).readDoubleBE()
      case types.float:
        return this.#take(4).readFloatBE()
      case types.bytes:
        this.#take(size)
        return null
      case types.uint16:
      case types.uint32:
        return size > 4 ? this.#tooWide() : Number(this.#unsigned(size))
      case types.int32:
        return size > 4 ? this.#tooWide() : Number(BigInt.asIntN(32, this.#unsigned(size)))
      case types.uint64:
      case types.uint128:
        return size > 16 ? this.#tooWide() : this.#unsigned(size)
      default:
        throw damaged('it holds values of an unknown type')
    }
  }

  #follow(control: number, depth: number): MmdbValue {
    const width = (control >> 3) & 3
    let target = width === 3 ? 0 : control & 7
    for (let count = 0; count <= width; count++) target = target * 256 + this.#byte()
    const after = this.#at
    this.#at = target + (pointerBase[width] ?? 0)
    const value = this.#value(depth + 1, true)
    this.#at = after
    return value
  }

  #map(size: number, depth: number): MmdbMap {
    const map = new Map<string, MmdbValue>()
    for (let count = 0; count < size; count++) {
      const key = this.#value(depth + 1, false)
      if (typeof key !== 'string') throw damaged('a key of it is no text')
      map.set(key, this.#value(depth + 1, false))
    }
    return map
  }

  #array(size: number, depth: number): readonly MmdbValue[] {
    const items: MmdbValue[] = []
    for (let count = 0; count < size; count++) items.push(this.#value(depth + 1, false))
    return items
  }

  #size(short: number): number {
    if (short < 29) return short
    if (short === 29) return 29 + this.#byte()
    if (short === 30) return 285 + Number(this.#unsigned(2))
    return 65_821 + Number(this.#unsigned(3))
  }

  #unsigned(size: number): bigint {
    let value = 0n
    for (const byte of this.#take(size)) value = (value << 8n) | BigInt(byte)
    return value
  }

  #byte(): number {
    const byte = this.#section[this.#at++]
    if (byte === undefined) throw damaged('it ends inside a record')
    return byte
  }

  #take(size: number): Buffer {
    const end = this.#at + size
    if (end > this.#section.length) throw damaged('it ends inside a record')
    const bytes = this.#section.subarray(this.#at, end)
    this.#at = end
    return bytes
  }

  #tooWide(): never {
    throw damaged('a number of it is too wide')
  }
}

export function damaged(reason: string): AppError {
  return new AppError('input.refused', `This MMDB file cannot be used: ${reason}.`)
}
