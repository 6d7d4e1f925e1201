/** Walking protobuf messages without generated code. Unknown fields, also groups (100 deep at most), are skipped. */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'
import { Malformed } from '../spans/malformed'

/** A message that breaks: `position` is the byte in it up to which it could be read. */
export class BrokenMessage extends Malformed {
  constructor(
    readonly position: number,
    options?: ErrorOptions,
  ) {
    super(`The protobuf message breaks at its byte ${position}.`)
    if (options?.cause !== undefined) this.cause = options.cause
  }
}

/** `onField` reads the field's value and returns true, or returns false to have it skipped. */
export function readMessage(
  bytes: Uint8Array,
  onField: (fieldNo: number, wireType: WireType, reader: BinaryReader) => boolean,
): void {
  const reader = new BinaryReader(bytes)
  let position = 0
  try {
    while (reader.pos < bytes.length) {
      position = reader.pos
      const [fieldNo, wireType] = reader.tag()
      if (!onField(fieldNo, wireType, reader)) reader.skip(wireType, fieldNo)
      if (reader.pos > bytes.length) throw new RangeError('The field ends after the message.')
    }
  } catch (error) {
    if (error instanceof Malformed) throw error
    throw new BrokenMessage(position, { cause: error })
  }
}

export { WireType }
