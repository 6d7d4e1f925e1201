/** A stream of bytes inside a file: the file itself, what a gzip holds, an entry of an archive. */
export interface Member {
  /** Label inside the file, e.g. `logs/a.json`; null for the file itself or what it holds when only compressed. */
  readonly name: string | null
  readonly chunks: AsyncIterable<Uint8Array>
}

/** Something about the container that the person must know: a reject without records, or a limit. */
export interface ContainerFault {
  readonly member: string | null
  readonly offset: number
  readonly length: number
  readonly reason: string
  /** Set where a limit was hit. */
  readonly limit?: string
}

export interface ContainerEvents {
  readonly onMember: (member: Member) => Promise<void>
  readonly onFault: (fault: ContainerFault) => void
  /** A link, device or folder-like entry: listed, not read. */
  readonly onSkipped: (name: string, why: string) => void
}

/** The first bytes of a stream, and the stream as if nothing had been taken. */
export async function peek(
  chunks: AsyncIterable<Uint8Array>,
  wantedBytes: number,
): Promise<{ head: Buffer; complete: boolean; rest: AsyncIterable<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]()
  const taken: Uint8Array[] = []
  let size = 0
  let complete = false
  while (size < wantedBytes) {
    const next = await iterator.next()
    if (next.done === true) {
      complete = true
      break
    }
    taken.push(next.value)
    size += next.value.length
  }
  async function* rest(): AsyncGenerator<Uint8Array> {
    try {
      yield* taken
      if (complete) return
      for (let next = await iterator.next(); next.done !== true; next = await iterator.next()) yield next.value
    } finally {
      await iterator.return?.()
    }
  }
  return { head: Buffer.concat(taken), complete, rest: rest() }
}
