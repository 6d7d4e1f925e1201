/** Keys of the prototype, in every place of every format: data like any other, and nothing is changed by them. */
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../src/common/json'
import { formats } from '../../../../src/engine/formats/registry'
import { anyRecord, expectAccounted } from '../../../support/anyRecord'
import { driveCsv, driveText } from '../../../support/formatDriver'
import { wordsOf } from '../../../support/formatWords'
import { driveMember } from '../../../support/memberDriver'
import { keyValue, message, resourceSpans, span, str, sub, tracesData } from './otlp/wireSupport'

const poison = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'toJSON',
  'hasOwnProperty',
  'valueOf',
  'then',
  'length',
]

const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype, Map.prototype]
const stateOf = () => prototypes.map((prototype) => Object.entries(Object.getOwnPropertyDescriptors(prototype)))
const before = stateOf()
afterEach(() => {
  expect(stateOf()).toEqual(before)
})

/** An object of these entries, as a text would give it: `__proto__` is a key of its own. */
const objectOf = (entries: readonly (readonly [string, JsonValue])[]): JsonValue =>
  JSON.parse(`{${entries.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`)

const poisoned = objectOf(
  poison.map((key) => [
    key,
    objectOf([
      ['polluted', true],
      ['constructor', { prototype: { polluted: true } }],
    ]),
  ]),
)
const poisonedWords = objectOf(poison.map((key) => [key, key]))

/** The format made from mappings reads nothing by itself. */
const reading = formats.filter(({ json, csv, text, binary }) =>
  [json, csv, text, binary].some((reader) => reader !== undefined),
)

describe.each(reading.map((format) => [format.id, format] as const))('%s', (_, format) => {
  const keys = wordsOf(format)

  if (format.json !== undefined)
    it('accounts for records with such keys and values in any place', () => {
      expect(keys.length).toBeGreaterThan(20)
      const inner: readonly JsonValue[] = [poisoned, poisonedWords, [poisoned], JSON.stringify(poisoned), ...poison]
      const records = inner.map((value) => objectOf([...keys, ...poison].map((key) => [key, value])))
      expectAccounted(format, [poisoned, poisonedWords, ...records])
      // One key at a time, so that what the others would refuse is reached as well.
      for (const key of keys) expectAccounted(format, [objectOf([[key, poisoned]]), objectOf([[key, [poisonedWords]]])])
      fc.assert(
        fc.property(
          fc.array(anyRecord(keys, [...poison, ...keys, '2026-01-02T03:04:05Z', 1767323045000]), { maxLength: 4 }),
          (values) => {
            expectAccounted(format, values)
          },
        ),
        { numRuns: 200 },
      )
    })

  if (format.json !== undefined)
    it('reads texts with such keys through all layouts and envelopes', async () => {
      for (const { records } of format.json?.layouts ?? []) {
        const leaf = [poisoned, poisonedWords, objectOf(keys.map((key) => [key, poisonedWords]))]
        const document = records
          .slice(0, -1)
          .reduceRight<JsonValue>(
            (value, step) =>
              step === '*' ? [value] : objectOf([...poison.map((key) => [key, poisoned] as const), [step, value]]),
            leaf,
          )
        const { read, kept, skips, rejects } = await driveMember([format], JSON.stringify(document))
        expect(kept + skips.length + rejects.length).toBeGreaterThanOrEqual(read)
      }
    })

  if (format.csv !== undefined)
    it('takes such words as names of columns and as values', () => {
      const header = [...poison, ...keys.slice(0, 200)]
      expect(() => format.csv?.match(header, poison)).not.toThrow()
      for (const head of [poison, header, undefined]) {
        const rows = [poison, header.map(() => JSON.stringify(poisoned)), header, []]
        const driven = driveCsv(format, head, rows)
        expect([driven.read, driven.accounted.size]).toEqual([rows.length, rows.length])
      }
    })

  if (format.text !== undefined)
    it('takes such words in plain lines', () => {
      const words = fc.constantFrom(
        ...poison,
        '2026-01-02 03:04:05.000 UTC [1] ',
        'LOG:  ',
        '{',
        '}',
        '=',
        '"',
        ' ',
        '1',
        '\t',
        '[',
        ']',
        ':',
        '#',
      )
      const text = fc.array(
        fc.array(words, { maxLength: 12 }).map((parts) => parts.join('')),
        { minLength: 1, maxLength: 8 },
      )
      fc.assert(
        fc.property(text, (lines) => {
          format.text?.match(lines)
          const driven = driveText(format, lines.join('\n'))
          expect(driven.accounted.size).toBe(driven.read)
        }),
        { numRuns: 100 },
      )
    })
})

describe('attributes of spans', () => {
  it('keep such keys in protobuf', async () => {
    const list = message(...poison.map((key) => keyValue(1, key, str(1, 'v'))))
    const attributes = poison.map((key) => keyValue(9, key, sub(6, list)))
    const { spans } = await driveMember(formats, tracesData(resourceSpans(span(...attributes), span(...attributes))))
    expect(spans).toHaveLength(2)
    for (const { attributes: text } of spans) for (const key of poison) expect(text).toContain(`"${key}":`)
  })

  it('keep such keys in JSON', async () => {
    const list = poison.map((key) => ({ key, value: { stringValue: 'v' } }))
    const attributes = poison.map((key) => ({ key, value: { kvlistValue: { values: list } } }))
    const one = {
      traceId: '5b8efff798038103d269b633813fc60c',
      spanId: 'eee19b7ec3c1b174',
      name: 'work',
      startTimeUnixNano: '1544712660000000000',
      endTimeUnixNano: '1544712660000001000',
      attributes,
    }
    const document = { resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: [one] }] }] }
    const { spans } = await driveMember(formats, JSON.stringify(document))
    expect(spans).toHaveLength(1)
    for (const key of poison) expect(spans[0]?.attributes).toContain(`"${key}":`)
  })
})
