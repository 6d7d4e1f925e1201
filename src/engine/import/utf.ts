import { TextDecoder } from 'node:util'

/** UTF-8 bytes of a stream that may begin with a byte-order mark or be UTF-16 with one. Offsets count the result. */
export async function* decodeUtf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let decoder: TextDecoder | undefined
  let held: Uint8Array | undefined = new Uint8Array(0)
  for await (const chunk of chunks) {
    let bytes = chunk
    if (held !== undefined) {
      bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk])
      if (bytes.length < 3) {
        held = bytes
        continue
      }
      held = undefined
      if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) bytes = bytes.subarray(3)
      else if (bytes[0] === 0xff && bytes[1] === 0xfe) decoder = new TextDecoder('utf-16le')
      else if (bytes[0] === 0xfe && bytes[1] === 0xff) decoder = new TextDecoder('utf-16be')
    }
    yield decoder === undefined ? bytes : Buffer.from(decoder.decode(bytes, { stream: true }))
  }
  if (held !== undefined && held.length > 0) yield held
  if (decoder !== undefined) {
    const rest = Buffer.from(decoder.decode())
    if (rest.length > 0) yield rest
  }
}
