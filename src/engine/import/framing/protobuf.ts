/**
 * Cuts protobuf members into messages: the repeated field 1 of one request message (varint length), or a stream of
 * length-prefixed requests whose prefix is big-endian 32 bit (as the OpenTelemetry Collector's file exporter writes)
 * or a varint.
 */
import { limits } from '../limits'
import { type FrameFault, Window } from './frame'

export type ProtobufFraming = 'protobuf-field-1' | 'length-prefixed-be32' | 'length-prefixed-varint'

export interface ProtobufFramerOptions {
  readonly framing: ProtobufFraming
  /** One message; `bytes` is a copy that may be kept. */
  readonly onMessage: (bytes: Uint8Array, offset: number) => void
  readonly onFault: (fault: FrameFault) => void
  /** Largest message; a message is held in memory as a whole. */
  readonly maxMessageBytes?: number
}

interface Head {
  readonly headBytes: number
  readonly bodyBytes: number
  readonly deliver: boolean
}

export class ProtobufFramer {
  readonly #options: ProtobufFramerOptions
  readonly #max: number
  readonly #window = new Window()
  #at = 0
  /** Why nothing can be read from `#at` on; told at the end, when it is known how much that is. */
  #broken: string | undefined
  #size = 0

  constructor(options: ProtobufFramerOptions) {
    this.#options = options
    this.#max = options.maxMessageBytes ?? limits.heldBytes
  }

  push(chunk: Uint8Array): void {
    this.#size += chunk.length
    if (this.#broken !== undefined) return
    this.#window.append(chunk, this.#at)
    while (this.#broken === undefined && this.#at < this.#window.end) {
      const head = this.#head()
      if (head === undefined) return
      if (head.bodyBytes > this.#max) return this.#break(`a message is larger than the limit of ${this.#max} bytes`)
      const start = this.#at + head.headBytes
      if (start + head.bodyBytes > this.#window.end) return
      const bytes = new Uint8Array(this.#window.slice(start, start + head.bodyBytes))
      this.#at = start + head.bodyBytes
      if (head.deliver) this.#options.onMessage(bytes, start)
    }
  }

  end(): void {
    if (this.#at >= this.#size) return
    const reason = this.#broken ?? 'the file ends inside a message'
    this.#options.onFault({ offset: this.#at, length: this.#size - this.#at, line: 0, reason })
  }

  /** What the next message's head says; undefined where more bytes are needed. */
  #head(): Head | undefined {
    const bytes = this.#window.bytes
    const at = this.#at - this.#window.base
    switch (this.#options.framing) {
      case 'length-prefixed-be32':
        return at + 4 > bytes.length ? undefined : { headBytes: 4, bodyBytes: bytes.readUInt32BE(at), deliver: true }
      case 'length-prefixed-varint': {
        const length = this.#varint(at)
        return length === undefined ? undefined : { headBytes: length.bytes, bodyBytes: length.value, deliver: true }
      }
      case 'protobuf-field-1': {
        const tag = this.#varint(at)
        if (tag === undefined) return undefined
        const rest = this.#varint(at + tag.bytes)
        const wireType = tag.value & 7
        if (wireType === 0) return rest && { headBytes: tag.bytes + rest.bytes, bodyBytes: 0, deliver: false }
        if (wireType === 1) return { headBytes: tag.bytes, bodyBytes: 8, deliver: false }
        if (wireType === 5) return { headBytes: tag.bytes, bodyBytes: 4, deliver: false }
        if (wireType !== 2) {
          this.#break('this is no protobuf message')
          return undefined
        }
        return rest && { headBytes: tag.bytes + rest.bytes, bodyBytes: rest.value, deliver: tag.value >>> 3 === 1 }
      }
    }
  }

  #varint(at: number): { value: number; bytes: number } | undefined {
    let value = 0
    for (let index = 0; index < 10; index++) {
      const byte = this.#window.bytes[at + index]
      if (byte === undefined) return undefined
      value += (byte & 0x7f) * 2 ** (7 * index)
      if (byte < 0x80) return { value, bytes: index + 1 }
    }
    this.#break('a length is no number')
    return undefined
  }

  #break(reason: string): void {
    this.#broken = reason
  }
}
