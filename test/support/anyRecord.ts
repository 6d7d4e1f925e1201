/**
 * Records that nobody would write: known keys with values of any kind, keys of the prototype, deep nesting. A format
 * must score each from 0 to 1, account each exactly once and never throw.
 */
import fc from 'fast-check'
import { expect } from 'vitest'
import type { JsonValue } from '../../src/common/json'
import type { Format } from '../../src/engine/formats/types'
import { driveJson } from './formatDriver'

const always = [
  '__proto__',
  'constructor',
  'toString',
  'toJSON',
  'hasOwnProperty',
  'message',
  'data',
  'items',
  'entries',
  '_raw',
]

/** Values made of these keys and words, as JSON.parse would give them. */
export function anyRecord(keys: readonly string[], words: readonly JsonValue[]): fc.Arbitrary<JsonValue> {
  const leaf = fc.oneof(
    fc.constantFrom<JsonValue>(...words, '', null, true, -1, 1e300, '2026-01-02T03:04:05Z'),
    fc.string(),
  )
  const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
    value: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      leaf,
      fc.array(tie('value'), { maxLength: 3 }),
      fc
        .array(fc.tuple(fc.constantFrom(...keys, ...always), tie('value')), { maxLength: 8 })
        .map(
          (entries): JsonValue =>
            JSON.parse(`{${entries.map(([k, v]) => `${JSON.stringify(k)}:${JSON.stringify(v)}`).join(',')}}`),
        ),
    ),
  }))
  return value
}

/** `base` with some of its fields replaced by anything, so that the format claims most of them. */
export function anyChange(
  base: Readonly<Record<string, JsonValue>>,
  values: fc.Arbitrary<JsonValue>,
): fc.Arbitrary<JsonValue> {
  return fc
    .dictionary(fc.constantFrom(...Object.keys(base)), values, { maxKeys: 6 })
    .map((change): JsonValue => ({ ...base, ...change }))
}

export function expectAccounted(format: Format, values: readonly JsonValue[]): void {
  for (const value of values) {
    const score = format.json?.match(value, undefined) ?? -1
    expect(score >= 0 && score <= 1).toBe(true)
  }
  const driven = driveJson(format, values)
  expect(driven.accounted.size).toBe(driven.read)
  expect([...driven.accounted.values()].every((times) => times === 1)).toBe(true)
}
