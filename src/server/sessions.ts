/**
 * Tokens and sessions of the web host, in memory only. A token stands in a link's fragment, works once and for five
 * minutes, and buys a session; the session's secret is a cookie that scripts cannot read.
 */
import { createHash, randomBytes } from 'node:crypto'

export interface SessionLimits {
  readonly tokenLifetimeMs: number
  readonly maxTokens: number
  readonly maxSessions: number
}

export class Sessions {
  /** SHA-256 of the secret to the end of its life: looking up a hash tells nothing through its timing. */
  readonly #tokens = new Map<string, number>()
  readonly #sessions = new Set<string>()
  readonly #limits: SessionLimits
  readonly #nowMs: () => number
  readonly cookieName: string

  constructor(port: number, limits: SessionLimits, nowMs: () => number) {
    this.cookieName = `crosstrail_${port}`
    this.#limits = limits
    this.#nowMs = nowMs
  }

  newToken(): string {
    const token = secret()
    this.#tokens.set(hash(token), this.#nowMs() + this.#limits.tokenLifetimeMs)
    dropOldest(this.#tokens, this.#limits.maxTokens)
    return token
  }

  /** The `Set-Cookie` value, or undefined where the token is wrong, used or too old. */
  exchange(token: string): string | undefined {
    const key = hash(token)
    const endsMs = this.#tokens.get(key)
    this.#tokens.delete(key)
    if (endsMs === undefined || this.#nowMs() >= endsMs) return undefined
    const session = secret()
    this.#sessions.add(hash(session))
    dropOldest(this.#sessions, this.#limits.maxSessions)
    return `${this.cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`
  }

  /** Whether the `Cookie` header holds a session of ours. */
  allows(cookieHeader: string | undefined): boolean {
    for (const part of (cookieHeader ?? '').split(';')) {
      const at = part.indexOf('=')
      if (at < 0 || part.slice(0, at).trim() !== this.cookieName) continue
      if (this.#sessions.has(hash(part.slice(at + 1).trim()))) return true
    }
    return false
  }
}

function secret(): string {
  return randomBytes(32).toString('base64url')
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function dropOldest(
  kept: { keys(): Iterable<string>; delete(key: string): boolean; readonly size: number },
  max: number,
) {
  for (const oldest of kept.keys()) {
    if (kept.size <= max) return
    kept.delete(oldest)
  }
}
