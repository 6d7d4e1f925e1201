/**
 * Sessions over OTLP in protobuf. Each span, log record or metric is a record; so is each part that cannot be read:
 * its reject says where, and what stands before it is kept.
 */

import { type Attributes, noAttributes } from '../spans/attributes'
import { Malformed } from '../spans/malformed'
import type { BinarySession, RecordAt, SessionOptions, Sink } from '../types'
import { BrokenMessage, readMessage, WireType } from './wire'
import { type WireScope, wireResource, wireScope } from './wireResource'

/** Accounts for one span, log record or metric. */
export type EmitLeaf = (sink: Sink, at: RecordAt, bytes: Uint8Array, resource: Attributes, scope: WireScope) => void

/** Messages are ResourceSpans, ResourceLogs or ResourceMetrics: field 1 of a request, cut out by the framing. */
export function openResources(emit: EmitLeaf): (options: SessionOptions) => BinarySession {
  return (options) => ({
    message: (bytes, offset, nextRecordNo) => new Walk(options, emit, bytes, offset, nextRecordNo).resource(bytes),
    end: () => undefined,
  })
}

/** Messages are whole requests, as length-prefixed files hold them. */
export function openRequests(emit: EmitLeaf): (options: SessionOptions) => BinarySession {
  return (options) => ({
    message: (bytes, offset, nextRecordNo) => new Walk(options, emit, bytes, offset, nextRecordNo).request(bytes),
    end: () => undefined,
  })
}

interface Part {
  readonly fieldNo: number
  readonly bytes: Uint8Array
}

/** One message being walked; lives as long as the call. */
class Walk {
  constructor(
    private readonly options: SessionOptions,
    private readonly emit: EmitLeaf,
    private readonly root: Uint8Array,
    private readonly offset: number,
    private readonly nextRecordNo: () => number,
  ) {}

  request(bytes: Uint8Array): void {
    const { parts, broken } = this.#parts(bytes, [1])
    for (const part of parts) this.resource(part.bytes)
    broken?.()
  }

  resource(bytes: Uint8Array): void {
    // 1000 is the instrumentation_library_* of OTLP before 0.15, with the same shape as scope_*.
    const { parts, broken } = this.#parts(bytes, [1, 2, 1000])
    let resource: Attributes = noAttributes
    for (const part of parts) {
      if (part.fieldNo === 1) resource = this.#read(part.bytes, wireResource) ?? resource
    }
    for (const part of parts) if (part.fieldNo !== 1) this.#scope(part.bytes, resource)
    broken?.()
  }

  #scope(bytes: Uint8Array, resource: Attributes): void {
    const { parts, broken } = this.#parts(bytes, [1, 2])
    let scope: WireScope = { name: '', version: '' }
    for (const part of parts) if (part.fieldNo === 1) scope = this.#read(part.bytes, wireScope) ?? scope
    for (const part of parts) {
      if (part.fieldNo === 2) this.emit(this.options.sink, this.#at(part.bytes), part.bytes, resource, scope)
    }
    broken?.()
  }

  /**
   * The submessages in these fields; where the message breaks, those before. `broken` then rejects the rest: it is called
   * once those before have their numbers, so that records are numbered as they stand in the file.
   */
  #parts(
    bytes: Uint8Array,
    fieldNos: readonly number[],
  ): { readonly parts: readonly Part[]; readonly broken?: () => void } {
    const parts: Part[] = []
    try {
      readMessage(bytes, (fieldNo, wireType, reader) => {
        if (wireType !== WireType.LengthDelimited || !fieldNos.includes(fieldNo)) return false
        parts.push({ fieldNo, bytes: reader.bytes() })
        return true
      })
    } catch (error) {
      return { parts, broken: () => this.#reject(bytes, error) }
    }
    return { parts }
  }

  #read<T>(bytes: Uint8Array, read: (bytes: Uint8Array) => T): T | undefined {
    try {
      return read(bytes)
    } catch (error) {
      this.#reject(bytes, error)
      return undefined
    }
  }

  #reject(bytes: Uint8Array, error: unknown): void {
    if (!(error instanceof Malformed)) throw error
    const rest = error instanceof BrokenMessage ? bytes.subarray(error.position) : bytes
    this.options.sink.reject(this.#at(rest), error.message)
  }

  #at(bytes: Uint8Array): RecordAt {
    return {
      recordNo: this.nextRecordNo(),
      // Binary members have no lines: the offset is the place.
      line: 0,
      offset: this.offset + (bytes.byteOffset - this.root.byteOffset),
      length: bytes.byteLength,
      raw: () => Buffer.from(bytes).toString('base64'),
    }
  }
}
