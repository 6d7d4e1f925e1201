import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isObject, type JsonObject, type JsonValue } from '../../../../../src/common/json'
import { azureActivity } from '../../../../../src/engine/formats/azureActivity'
import { entraAudit } from '../../../../../src/engine/formats/entraAudit'
import { entraSignin } from '../../../../../src/engine/formats/entraSignin'
import { driveCsv, driveJson } from '../../../../support/formatDriver'
import {
  activityDiagnostic,
  activityObject,
  activityRow,
  auditDiagnostic,
  auditObject,
  auditRow,
  signInDiagnostic,
  signInObject,
  signInRow,
} from './samples'

const samples = [
  signInDiagnostic,
  signInObject,
  signInRow,
  auditDiagnostic,
  auditObject,
  auditRow,
  activityDiagnostic,
  activityObject,
  activityRow,
]
const formats = [entraSignin, entraAudit, azureActivity]

const anyJson: fc.Arbitrary<JsonValue> = fc
  .jsonValue({ maxDepth: 3 })
  .map((value): JsonValue => JSON.parse(JSON.stringify(value)))
const nasty = fc.oneof(
  anyJson,
  fc.constantFrom<JsonValue>(
    '',
    '{',
    '[',
    '{"a":',
    '\u0000',
    '__proto__',
    'constructor',
    '9'.repeat(400),
    'a'.repeat(5_000),
    -1,
    1e308,
    [],
    {},
    [null],
    { errorCode: { a: 1 } },
    JSON.parse('{"__proto__":{"polluted":true}}'),
  ),
)

/** The sample with the value of some of its fields, or of fields inside it, replaced. */
const broken = fc
  .record({ sample: fc.constantFrom(...samples), changes: fc.array(fc.tuple(fc.nat(), nasty), { maxLength: 6 }) })
  .map(({ sample, changes }) => changes.reduce((value, [at, replacement]) => replace(value, at, replacement), sample))

function replace(value: JsonObject, at: number, replacement: JsonValue): JsonObject {
  const keys = Object.keys(value)
  const key = keys[at % keys.length]
  if (key === undefined) return value
  const inner = value[key]
  const next = isObject(inner) && at % 3 !== 0 ? replace(inner, Math.floor(at / 3), replacement) : replacement
  return { ...value, [key]: next }
}

describe('hostile records of the Azure family', () => {
  it('are accounted once each and never throw, whatever stands in their fields', () => {
    fc.assert(
      fc.property(broken, (value) => {
        for (const format of formats) {
          const score = format.json?.match(value, undefined) ?? 0
          expect(score >= 0 && score <= 1).toBe(true)
          const driven = driveJson(format, [value])
          expect([...driven.accounted.values()]).toEqual(Array.from({ length: driven.read }, () => 1))
          for (const row of driven.events) expect(row.outcome).toEqual(expect.any(String))
        }
      }),
      { numRuns: 400 },
    )
  })

  it('may be any JSON at all', () => {
    fc.assert(
      fc.property(nasty, (value) => {
        for (const format of formats) {
          format.json?.match(value, undefined)
          const driven = driveJson(format, [value])
          expect([...driven.accounted.values()]).toEqual(Array.from({ length: driven.read }, () => 1))
        }
      }),
    )
  })

  it('pollute nothing by the names of their keys', () => {
    const value: JsonObject = JSON.parse(
      `{"__proto__":{"category":"SignInLogs"},"constructor":{"prototype":{"x":1}},"time":"2026-03-04T05:06:07Z","category":"SignInLogs","properties":{"__proto__":{"id":"evil"},"id":"a"}}`,
    )
    const driven = driveJson(entraSignin, [value])
    expect(driven.events[0]?.source_event_id).toBe('a')
    expect(['category', 'x'].filter((name) => name in {})).toEqual([])
  })

  it('keep the text of their fields as it is', () => {
    const text = '=cmd()|"<script>\u202Ealice\u001b[31m\'; DROP TABLE x--'
    const row = driveJson(entraSignin, [{ ...signInObject, userDisplayName: text, appDisplayName: text }]).events[0]
    expect([row?.actor_name, row?.service]).toEqual([text, text])
  })

  it('with thousands of keys are left alone', () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, index) => [`key${index}`, index]))
    for (const format of formats) expect(format.json?.match({ ...signInDiagnostic, ...many }, undefined)).toBe(0)
  })

  it('may be CSV with any cells', () => {
    const header = Object.keys(activityRow)
    fc.assert(
      fc.property(fc.array(fc.array(fc.string(), { maxLength: 20 }), { maxLength: 5 }), (records) => {
        for (const format of formats) {
          format.csv?.match(header, records[0])
          const driven = driveCsv(format, header, records)
          expect(driven.accounted.size).toBe(records.length)
        }
      }),
    )
  })
})
