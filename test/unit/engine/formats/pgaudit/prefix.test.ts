import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compilePrefix, matchPrefix } from '../../../../../src/engine/formats/pgaudit/prefix'
import { knownTemplates, rankTemplates } from '../../../../../src/engine/formats/pgaudit/templates'

const match = (template: string, line: string) => {
  const found = matchPrefix(compilePrefix(template), line)
  if (found === undefined) return undefined
  return { ...Object.fromEntries(found.fields), severity: found.severity, message: line.slice(found.messageAt) }
}

describe('matchPrefix', () => {
  it('reads a session line and, at %q, a line of a background process', () => {
    const template = '%m [%p] %q%u@%d/%a %r '
    expect(match(template, '2026-01-02 03:04:05.678 UTC [77] ann@shop/my app 192.0.2.1(5000) LOG:  hello')).toEqual({
      time: '2026-01-02 03:04:05.678 UTC',
      pid: '77',
      user: 'ann',
      database: 'shop',
      application: 'my app',
      client: '192.0.2.1(5000)',
      severity: 'LOG',
      message: 'hello',
    })
    expect(match(template, '2026-01-02 03:04:05.678 UTC [77] LOG:  a@b/c d LOG:  x')).toEqual({
      time: '2026-01-02 03:04:05.678 UTC',
      pid: '77',
      severity: 'LOG',
      message: 'a@b/c d LOG:  x',
    })
  })

  it('reads session id, transaction, state, epoch time, padding and a literal percent sign', () => {
    expect(
      match('%n %c %v %e %-6u|%5p %%%Q: ', '1767323045.678 6b0.1f 3/12 42501 ann   |   77 %-5: ERROR:  no'),
    ).toEqual({
      epoch: '1767323045.678',
      sessionId: '6b0.1f',
      virtualXid: '3/12',
      sqlState: '42501',
      user: 'ann',
      pid: '77',
      queryId: '-5',
      severity: 'ERROR',
      message: 'no',
    })
  })

  it('reads the prefix of managed services, with one blank after the severity too', () => {
    expect(match('%t:%r:%u@%d:[%p]:', '2026-01-02 03:04:05 UTC:192.0.2.1(5000):ann@shop:[77]:LOG: hi')).toMatchObject({
      client: '192.0.2.1(5000)',
      user: 'ann',
      message: 'hi',
    })
  })

  it('explains no line that lacks a severity or has something before it', () => {
    expect(match('%m [%p] ', '2026-01-02 03:04:05.678 UTC [77] hello')).toBeUndefined()
    expect(match('%m [%p] ', '2026-01-02 03:04:05.678 UTC [77] ann@shop LOG:  hello')).toBeUndefined()
    expect(match('%m [%p] ', ' 2026-01-02 03:04:05.678 UTC [77] LOG:  hello')).toBeUndefined()
  })

  it('takes bounded time for any template and line', () => {
    const template = compilePrefix('%u%d%a%r%h%b%i @ %u%d%a')
    const started = performance.now()
    matchPrefix(template, ' @'.repeat(50_000))
    expect(performance.now() - started).toBeLessThan(1_000)
    fc.assert(
      fc.property(fc.string(), fc.string(), (pattern, line) => {
        matchPrefix(compilePrefix(pattern), line)
      }),
    )
  })
})

describe('rankTemplates', () => {
  it('puts the template first that explains most lines, and of equals the one with more fields', () => {
    const lines = [
      '2026-01-02 03:04:05.678 UTC [77] LOG:  starting',
      '2026-01-02 03:04:05.678 UTC [78] ann@shop LOG:  statement: select 1',
    ]
    expect(rankTemplates(knownTemplates, lines)[0]?.template).toBe('%m [%p] %q%u@%d ')
  })
})
