import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../../src/common/json'
import { compileCut, compileRule } from '../../../../../src/engine/formats/generic/rule'

function find(file: Parameters<typeof compileRule>[0], value: JsonValue) {
  const rule = compileRule(file)
  if ('problem' in rule) throw new Error(rule.problem)
  return rule.find({ value })
}

describe('a rule of a mapping', () => {
  it('cuts the first group out of a value, or the whole match', () => {
    expect(find({ path: 'm', pattern: 'user=(\\w+)' }, { m: 'login user=alice ok' }).text).toBe('alice')
    expect(find({ path: 'm', pattern: '[0-9]+' }, { m: 'id 42' }).text).toBe('42')
    expect(find({ path: 'm', pattern: 'user=(\\w+)' }, { m: 'nobody' }).text).toBeUndefined()
  })

  it('translates values exactly first and without their case second', () => {
    const values = { ok: 'success', OK: 'denied', No: 'failed' }
    expect(find({ path: 'r', values }, { r: 'OK' }).text).toBe('denied')
    expect(find({ path: 'r', values }, { r: 'Ok' }).text).toBe('success')
    expect(find({ path: 'r', values }, { r: 'NO' })).toMatchObject({ text: 'failed', source: 'NO', known: true })
    expect(find({ path: 'r', values }, { r: 'maybe' })).toMatchObject({ text: 'maybe', known: false })
    expect(find({ path: 'r', values }, { r: 'constructor' }).known).toBe(false)
  })

  it('takes blank texts, null and empty containers for nothing, and containers as JSON', () => {
    for (const value of ['', '  ', null, [], {}]) expect(find({ path: 'v' }, { v: value }).text).toBeUndefined()
    expect(find({ path: 'v' }, { v: { a: [1] } }).text).toBe('{"a":[1]}')
    expect(find({ path: 'v' }, { v: false }).text).toBe('false')
  })

  it.each(['(?<=x)y', '(a)\\1', '(', '(?=x)', '[z-a]'])('refuses the pattern %s, which is no RE2', (pattern) => {
    expect(compileCut(pattern)).toMatchObject({ problem: expect.stringContaining('RE2') })
  })

  it('searches in time that grows with the text only', () => {
    const cut = compileCut('^(a+)+$')
    if ('problem' in cut) throw new Error(cut.problem)
    const started = performance.now()
    expect(cut.of(`${'a'.repeat(10_000)}b`)).toBeUndefined()
    expect(performance.now() - started).toBeLessThan(5_000)
    expect(cut.of('a'.repeat(20_001))).toBeUndefined()
  })
})
