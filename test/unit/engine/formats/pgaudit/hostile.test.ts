import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../../src/common/json'
import { pgaudit } from '../../../../../src/engine/formats/pgaudit'
import { parseAudit } from '../../../../../src/engine/formats/pgaudit/audit'
import { statementTags } from '../../../../../src/engine/formats/pgaudit/comments'
import { type Driven, driveCsv, driveJson, driveText } from '../../../../support/formatDriver'
import { csvRecords } from './support'

const accountedOnce = (driven: Driven) => {
  expect(driven.accounted.size).toBe(driven.read)
  expect([...driven.accounted.values()].every((times) => times === 1)).toBe(true)
}
const pieces = fc
  .array(
    fc.constantFrom(
      ...[
        'AUDIT: SESSION,1,1,READ,SELECT,,,',
        'AUDIT: SESSION,1,2,MISC,SET,,,',
        '"',
        ',',
        '\n',
        '\n\t',
        ' ',
        '/*',
        '*/',
      ],
      ...["traceparent='00-", "'", '\\', '%', '%41', '%zz', 'set role x', '<previously logged>', 'duration: 1.5 ms'],
      ...[
        'connection received: host=',
        'connection authenticated: identity="',
        'disconnection: session time: 0:00:01.5',
      ],
      ...['statement: ', 'permission denied for table ', '__proto__', '\u0000', '\u{1f600}', '\ud800'],
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(''))
const text = fc.oneof(pieces, fc.string({ unit: 'binary' }))
const severity = fc.constantFrom('LOG', 'ERROR', 'FATAL', 'DETAIL', 'STATEMENT', 'CONTEXT', 'HINT', 'nonsense')

describe('any input', () => {
  it('through the plain log is accounted exactly once', () => {
    const line = fc
      .tuple(fc.constantFrom('7', '8', ''), severity, text)
      .map(([pid, level, rest]) => `2026-01-02 03:04:05.678 UTC [${pid}] app@shop ${level}:  ${rest}`)
    fc.assert(
      fc.property(fc.array(fc.oneof(line, text), { maxLength: 12 }), (lines) => {
        accountedOnce(driveText(pgaudit, lines.join('\n')))
      }),
      { numRuns: 500 },
    )
  })

  it('through syslog, a container runtime or a client is accounted exactly once', () => {
    const frame = fc.constantFrom(
      ...[
        'Nov 24 08:15:54 db1 postgres[7]: [3-1] ',
        'Nov 24 08:15:54 db1 postgres[7]: [3-2] #011',
        '<134>1 - a b - - - ',
      ],
      ...['2026-11-24T08:15:55Z stderr F ', '2026-11-24T08:15:55Z stderr P ', 'Nov 24 08:15:54 db1 cron: ', ''],
    )
    const prefix = fc.constantFrom('2026-01-02 03:04:05.678 UTC [7] app@shop ', 'user=app,db=shop ', '\t', '')
    const line = fc.tuple(frame, prefix, severity, text).map(([a, b, level, rest]) => `${a}${b}${level}:  ${rest}`)
    fc.assert(
      fc.property(fc.array(fc.oneof(line, text), { maxLength: 12 }), (lines) => {
        accountedOnce(driveText(pgaudit, lines.join('\n')))
      }),
      { numRuns: 500 },
    )
  })

  it('through envelopes is accounted exactly once, whatever stands in their fields', () => {
    const line = fc
      .tuple(severity, text)
      .map(([level, rest]) => `2026-01-02 03:04:05.678 UTC [7] app@shop ${level}:  ${rest}`)
    const keys = ['log', 'message', '_raw', 'time', 'timestamp', 'kubernetes', 'textPayload', 'resource', 'logName']
    const more = [
      'resourceId',
      'category',
      'properties',
      'events',
      'records',
      'logEvents',
      '__proto__',
      'record',
      'ts',
      'level',
    ]
    const value = fc.dictionary(fc.constantFrom(...keys, ...more), fc.oneof(line, text, fc.jsonValue({ maxDepth: 2 })))
    const azure = fc.record({
      resourceId: fc.constant('/providers/microsoft.dbforpostgresql/flexibleservers/a'),
      category: fc.constant('PostgreSQLLogs'),
      properties: fc.dictionary(
        fc.constantFrom('message', 'timestamp', 'prefix', 'errorLevel'),
        fc.oneof(line, fc.jsonValue()),
      ),
    })
    fc.assert(
      fc.property(fc.array(fc.oneof(value, azure), { maxLength: 6 }), (values) => {
        const records: JsonValue[] = JSON.parse(JSON.stringify(values))
        for (const record of records) {
          pgaudit.json?.match(record, undefined)
          pgaudit.json?.continues?.(record)
        }
        accountedOnce(driveJson(pgaudit, records))
      }),
      { numRuns: 500 },
    )
  })

  it('through csvlog is accounted exactly once', () => {
    const entry = fc.record({
      error_severity: severity,
      message: text,
      query: text,
      context: text,
      log_time: fc.oneof(fc.constant('2026-01-02 03:04:05.678 UTC'), fc.constant('2026-13-02 03:04:05 UTC'), text),
      connection_from: fc.oneof(fc.constant('[local]'), text),
      session_id: fc.constantFrom('a.1', 'a.2', ''),
      process_id: fc.constantFrom('1', '2', ''),
      command_tag: fc.constantFrom('idle', 'SELECT', ''),
    })
    const foreign = fc.array(text, { maxLength: 27 })
    const records = fc.array(
      fc.oneof(
        entry.map((value) => csvRecords(value)[0] ?? []),
        foreign,
      ),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(records, (fields) => {
        accountedOnce(driveCsv(pgaudit, undefined, fields))
      }),
      { numRuns: 500 },
    )
  })

  it('through the JSON reader is accounted exactly once', () => {
    const scalar = fc.oneof(text, fc.integer(), fc.constant(null), fc.constant({ a: [] }))
    const entry = fc.record(
      {
        ...{ timestamp: fc.oneof(fc.constant('2026-01-02 03:04:05.678 UTC'), scalar), error_severity: severity },
        ...{ pid: scalar, message: scalar, statement: scalar, session_id: scalar, line_num: scalar, ps: scalar },
        ...{ record: scalar, textPayload: scalar, logging_pod: scalar, msg: scalar, ts: scalar, level: scalar },
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(entry, fc.jsonValue()), { maxLength: 12 }), (values) => {
        accountedOnce(
          driveJson(
            pgaudit,
            values.map((value): JsonValue => JSON.parse(JSON.stringify(value))),
          ),
        )
      }),
      { numRuns: 500 },
    )
  })

  it('never upsets the parsers of audit records and comments', () => {
    fc.assert(
      fc.property(text, (value) => {
        parseAudit(`AUDIT: ${value}`)
        statementTags(value)
        statementTags(`/*${value}*/`)
      }),
      { numRuns: 5_000 },
    )
  })

  it('of great length takes time in proportion', () => {
    for (const unit of ["a='", '/*', "a='b',", ',', '=', '%', '"', '""', "\\'"]) {
      const long = unit.repeat(Math.ceil(300_000 / unit.length))
      const started = performance.now()
      statementTags(`select 1 /*${long}*/`)
      parseAudit(`AUDIT: SESSION,1,1,READ,SELECT,,,"${long}`)
      driveText(pgaudit, `2026-01-02 03:04:05.678 UTC [7] ERROR:  ${long}`)
      driveText(pgaudit, `2026-01-02 03:04:05.678 UTC [7] ${long}`)
      expect(performance.now() - started, unit).toBeLessThan(3_000)
    }
  }, 60_000)
})
