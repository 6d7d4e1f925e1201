import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { metaLine, sampleLine } from '../../../../../src/engine/formats/prometheus/line'

describe('a sample line', () => {
  it('has a name and a value, and labels, a time and an exemplar where they are stated', () => {
    expect(sampleLine('up 1')).toMatchObject({ name: 'up', value: '1', time: undefined, exemplar: undefined })
    const line = 'http_total{ method="post" , code = "200", } 1027 1395066363000 # {trace_id="ab"} 0.5 1.5'
    const sample = sampleLine(line)
    expect(sample).toMatchObject({ name: 'http_total', value: '1027', time: '1395066363000' })
    expect([...(sample?.labels ?? [])]).toEqual([
      ['method', 'post'],
      ['code', '200'],
    ])
    expect(sample?.exemplar).toMatchObject({ value: '0.5', time: '1.5' })
  })

  it('unescapes label values and keeps what only looks like an escape', () => {
    const sample = sampleLine('m{a="C:\\\\DIR\\nx\\"y\\"",b="\\d{#,}="} +Inf')
    expect([...(sample?.labels.values() ?? [])]).toEqual(['C:\\DIR\nx"y"', '\\d{#,}='])
    expect(sample?.value).toBe('+Inf')
  })

  it('may have its name in quotes inside the braces', () => {
    const sample = sampleLine('{"http.server.requests", "http.route"="/a"} 3')
    expect(sample?.name).toBe('http.server.requests')
    expect([...(sample?.labels ?? [])]).toEqual([['http.route', '/a']])
  })

  it('keeps labels named like parts of objects', () => {
    expect([...(sampleLine('m{__proto__="a",constructor="b"} 1')?.labels.keys() ?? [])]).toEqual([
      '__proto__',
      'constructor',
    ])
  })

  it.each([
    ...['', '   ', 'up', 'up{', 'up{a}', 'up{a="b" 1', 'up{a="b"}', '{} 1', 'up{a="1",a="2"} 1', 'up 1 2 3', '9up 1'],
    ...['up 1 # exemplar', 'up 1 # {a="b"}', '{"a","b"} 1', "up{a='b'} 1", 'up{,} 1', '{"json":"object"}', '<html>'],
  ])('is not %j', (line) => {
    expect(sampleLine(line)).toBeUndefined()
  })

  it('never throws and takes linear time', () => {
    fc.assert(fc.property(fc.string({ maxLength: 80 }), (line) => void sampleLine(line)))
    fc.assert(fc.property(fc.stringMatching(/^m\{[a-c"\\,= ]{0,60}\} 1$/), (line) => void sampleLine(line)))
    const started = performance.now()
    sampleLine(`m{a="${'\\'.repeat(1_000_001)}"} 1`)
    sampleLine(`${'a'.repeat(1_000_000)}{`)
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})

describe('a metadata line', () => {
  it('says what it is about', () => {
    expect(metaLine('# HELP a_total Number of "a".')).toEqual({
      what: 'HELP',
      family: 'a_total',
      text: 'Number of "a".',
    })
    expect(metaLine('#\tTYPE  a  gauge ')).toEqual({ what: 'TYPE', family: 'a', text: 'gauge' })
    expect(metaLine('# UNIT "a.b" seconds')).toEqual({ what: 'UNIT', family: 'a.b', text: 'seconds' })
    expect(metaLine('# HELP a')).toEqual({ what: 'HELP', family: 'a', text: '' })
  })

  it.each(['# a comment', '#TYPE a gauge', '# type a gauge', '#Fields: date time', 'TYPE a gauge', '# EOF'])(
    'is not %j',
    (line) => {
      expect(metaLine(line)).toBeUndefined()
    },
  )
})
