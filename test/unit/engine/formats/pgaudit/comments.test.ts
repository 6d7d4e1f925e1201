import { describe, expect, it } from 'vitest'
import { parseComment, statementTags } from '../../../../../src/engine/formats/pgaudit/comments'
import { traceparent } from './support'

describe('statementTags', () => {
  it('reads keys and values, URL-encoded, with escaped quotes', () => {
    const { tags } = statementTags("select 1 /*action='%2Fparam*d',name='DROP%20TABLE%20FOO\\'s',db%5Fdriver='x'*/")
    expect([...tags]).toEqual([
      ['action', '/param*d'],
      ['name', "DROP TABLE FOO's"],
      ['db_driver', 'x'],
    ])
  })

  it('reads the colon form', () => {
    expect(parseComment('application:A,request_id:r:1, controller:c')).toEqual([
      ['application', 'A'],
      ['request_id', 'r:1'],
      ['controller', 'c'],
    ])
  })

  it('takes the later of two, and none from a string or a line comment', () => {
    const sql = `/*${traceparent('a')}*/ select '/*${traceparent('b')}*/' /*${traceparent('c')}*/ --/*${traceparent('d')}*/`
    expect(statementTags(sql).trace?.traceId).toBe('c'.repeat(32))
    expect(statementTags(`select '/*${traceparent('b')}*/'`).trace).toBeUndefined()
    expect(statementTags(`select 1 -- /*${traceparent('d')}*/`).trace).toBeUndefined()
  })

  it.each([
    ['all-zero trace id', `00-${'0'.repeat(32)}-${'1'.repeat(16)}-01`],
    ['all-zero span id', `00-${'1'.repeat(32)}-${'0'.repeat(16)}-01`],
    ['version ff', `ff-${'1'.repeat(32)}-${'1'.repeat(16)}-01`],
    ['short id', `00-${'1'.repeat(31)}-${'1'.repeat(16)}-01`],
  ])('refuses a traceparent with %s', (_what, value) => {
    expect(statementTags(`select 1 /*traceparent='${value}'*/`).trace).toBeUndefined()
  })

  it('ignores a comment that does not close', () => {
    expect(statementTags(`select 1 /*${traceparent('a')}`).trace).toBeUndefined()
  })

  it('keeps keys named like members of objects apart from them', () => {
    expect([...statementTags("select 1 /*__proto__='x',constructor='y'*/").tags.keys()]).toEqual([
      '__proto__',
      'constructor',
    ])
  })
})
