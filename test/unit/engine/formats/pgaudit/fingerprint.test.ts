import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fingerprintSql } from '../../../../../src/engine/formats/pgaudit/fingerprint'

describe('fingerprintSql', () => {
  it('gives statements that differ in values, comments and layout one shape', () => {
    const shape = 'select "Id", name from public.t where a = ? and b = ?'
    expect(fingerprintSql(`SELECT "Id", Name\n  FROM public.t WHERE a=1 AND b='x''y'`)).toBe(shape)
    expect(fingerprintSql(`select "Id",name from public . t where a = $1 and b=$2 /*traceparent='00-1'*/`)).toBe(shape)
    expect(fingerprintSql(`select "Id", name -- '\nfrom public.t where a=-1.5e-3 and b = E'a\\'b';`)).toBe(shape)
    expect(fingerprintSql(`select "Id", name from public.t where a=$q$ ' $q$ and b=/* a /* b */ c */$$x$$`)).toBe(shape)
  })

  it('folds lists of IN and rows of VALUES, but not arguments of a function', () => {
    expect(fingerprintSql('select 1 from t where a in (1, 2, $3)')).toBe('select ? from t where a in(?)')
    expect(fingerprintSql('insert into t(a,b) values (1,2),(3,4), (5, 6)')).toBe('insert into t(a, b) values(?)')
    expect(fingerprintSql('select f(1, 2)')).toBe('select f(?, ?)')
    expect(fingerprintSql('select a in (1, b)')).toBe('select a in(?, b)')
  })

  it('keeps a name, its case in quotes and a subtraction apart from values', () => {
    expect(fingerprintSql('select a - 1, "A""b", x::text, j ?| array[1,2]')).toBe(
      'select a - ?, "A""b", x::text, j ?| array [?]',
    )
    expect(fingerprintSql('select 1 from a')).not.toBe(fingerprintSql('select 1 from b'))
    expect(fingerprintSql('select "A"')).not.toBe(fingerprintSql('select "a"'))
  })

  it('removes an injected comment and all that it hides', () => {
    expect(fingerprintSql("select id from c where n like '%x' union select card from c--%'")).toBe(
      'select id from c where n like ? union select card from c',
    )
  })

  it('is idempotent on any text', () => {
    const pieces = fc.constantFrom(
      ...["'", '"', '$', '$a$', '/*', '*/', '--', '\n', ' ', '(', ')', '[', ']', ',', '.', ':', '::', ':=', '=', '-'],
      ...[
        '+',
        '?',
        '?|',
        '1',
        '1.5',
        'e',
        'E',
        'U&',
        'in',
        'values',
        'İ',
        'Σ',
        'ABC',
        ';',
        '\\',
        '$1',
        '#',
        '*',
        '|',
        '&',
      ],
    )
    const sql = fc.oneof(
      fc.array(pieces, { maxLength: 24 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    )
    fc.assert(
      fc.property(sql, (text) => {
        const once = fingerprintSql(text)
        expect(fingerprintSql(once)).toBe(once)
      }),
      { numRuns: 20_000 },
    )
  }, 60_000)

  it('takes time in proportion to the length, whatever is repeated', () => {
    for (const unit of [
      "'",
      '(',
      ')',
      '$a$ ',
      '/*',
      '?,',
      '(1,2)',
      'in(1),',
      '-',
      '- 1',
      'a.',
      'values(1),(2),',
      '"',
      '$',
    ]) {
      const text = unit.repeat(Math.ceil(400_000 / unit.length))
      const started = performance.now()
      fingerprintSql(text)
      expect(performance.now() - started, unit).toBeLessThan(2_000)
    }
  }, 60_000)
})
