import { describe, expect, it } from 'vitest'
import { Sessions } from '../../../src/server/sessions'

function sessions(limits = {}) {
  const clock = { ms: 0 }
  return {
    clock,
    all: new Sessions(99, { tokenLifetimeMs: 1_000, maxTokens: 2, maxSessions: 2, ...limits }, () => clock.ms),
  }
}

function cookieOf(setCookie: string | undefined): string {
  return setCookie?.split(';')[0] ?? ''
}

describe('a token', () => {
  it('has 256 bits and buys one session', () => {
    const { all } = sessions()
    const token = all.newToken()
    expect(Buffer.from(token, 'base64url')).toHaveLength(32)
    const cookie = all.exchange(token)
    expect(cookie).toMatch(/^crosstrail_99=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/)
    expect(all.allows(cookieOf(cookie))).toBe(true)
    expect(all.exchange(token)).toBeUndefined()
  })

  it('ends after its life', () => {
    const { all, clock } = sessions()
    const token = all.newToken()
    clock.ms = 1_000
    expect(all.exchange(token)).toBeUndefined()
  })

  it('gives way to newer ones', () => {
    const { all } = sessions()
    const oldest = all.newToken()
    const next = all.newToken()
    all.newToken()
    expect(all.exchange(oldest)).toBeUndefined()
    expect(all.exchange(next)).toBeDefined()
  })
})

describe('a cookie header', () => {
  it('is read among others', () => {
    const { all } = sessions()
    const cookie = cookieOf(all.exchange(all.newToken()))
    expect(all.allows(`a=b; ${cookie}; c`)).toBe(true)
  })

  it.each([
    undefined,
    '',
    'crosstrail_99=',
    'crosstrail_99=guess',
    'crosstrail_99',
    ';;==;',
    'crosstrail_98=x',
    '__proto__=1',
  ])('without a session of ours (%s) opens nothing', (header) => {
    const { all } = sessions()
    all.exchange(all.newToken())
    expect(all.allows(header)).toBe(false)
  })

  it('of another port opens nothing, though the secret is right', () => {
    const { all } = sessions()
    const cookie = cookieOf(all.exchange(all.newToken()))
    expect(all.allows(cookie.replace('crosstrail_99', 'crosstrail_1'))).toBe(false)
  })
})
