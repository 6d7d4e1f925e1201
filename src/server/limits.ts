/** Bounds of the web host. All of them only ever meet a broken or hostile client on this machine. */
export const limits = {
  /** Whole header section, from the first byte. */
  headersTimeoutMs: 10_000,
  /** A connection on which nothing moves. */
  idleTimeoutMs: 30_000,
  /** The longest upload of one file. */
  requestTimeoutMs: 60 * 60 * 1000,
  maxHeaderBytes: 16 * 1024,
  maxConnections: 256,
  maxSockets: 16,
  /** A session body holds one token. */
  maxSessionBodyBytes: 1_024,
  sessionBodyTimeoutMs: 5_000,
  maxSessions: 16,
  tokenLifetimeMs: 5 * 60 * 1000,
  /** Unused tokens at a time. */
  maxTokens: 8,
  maxUploadBytes: 64 * 1024 ** 3,
  maxUploadTotalBytes: 256 * 1024 ** 3,
  maxUploadFiles: 200_000,
  maxUploadsAtOnce: 16,
  pingEveryMs: 30_000,
  /** What may wait for a page that does not read before its connection is cut. */
  maxWaitingBytes: 512 * 1024 * 1024,
} as const

export type Limits = { readonly [K in keyof typeof limits]: number }
