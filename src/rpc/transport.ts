/**
 * A two-way pipe for text messages that keeps their order: a WebSocket, Electron's IPC, or two ends in one process.
 * Everything above it is the same for all hosts.
 */
export interface Transport {
  /** Messages sent after the end are dropped. */
  send(text: string): void
  onMessage(listener: (text: string) => void): void
  /** Called once. `reason` is a plain sentence for the log or the person. */
  onClose(listener: (reason: string) => void): void
  close(reason?: string): void
}

/** The part of a transport that is always the same: who listens, and that the end is told once. */
export class TransportEvents {
  readonly #message: ((text: string) => void)[] = []
  readonly #close: ((reason: string) => void)[] = []
  #closed: string | undefined

  get closed(): boolean {
    return this.#closed !== undefined
  }

  onMessage(listener: (text: string) => void): void {
    this.#message.push(listener)
  }

  /** A listener that comes after the end is told at once. */
  onClose(listener: (reason: string) => void): void {
    if (this.#closed === undefined) this.#close.push(listener)
    else listener(this.#closed)
  }

  message(text: string): void {
    if (this.#closed !== undefined) return
    for (const listener of this.#message) listener(text)
  }

  /** False where the end was known already. */
  end(reason: string): boolean {
    if (this.#closed !== undefined) return false
    this.#closed = reason
    for (const listener of this.#close) listener(reason)
    return true
  }
}
