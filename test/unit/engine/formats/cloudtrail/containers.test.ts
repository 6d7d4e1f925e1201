import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/common/json'
import { cloudtrail } from '../../../../../src/engine/formats/cloudtrail'
import { recordColumns } from '../../../../../src/engine/formats/cloudtrail/columns'
import { parseStruct } from '../../../../../src/engine/formats/cloudtrail/structText'
import { driveCsv, driveJson, driveJsonText } from '../../../../support/formatDriver'

const event: JsonObject = {
  eventVersion: '1.08',
  eventID: 'E-1',
  eventTime: '2026-01-02T03:04:05Z',
  eventSource: 's3.amazonaws.com',
  eventName: 'GetObject',
  userIdentity: { type: 'Root', arn: 'arn:aws:iam::1:root' },
}
const text = JSON.stringify(event)
const ids = (value: JsonValue) =>
  driveJsonText(cloudtrail, JSON.stringify(value)).events.map((row) => row.source_event_id)

describe('containers of CloudTrail', () => {
  it.each<[string, JsonValue]>([
    ['delivered objects', { Records: [event, event] }],
    ['bare arrays', [event, event]],
    ['LookupEvents answers', { Events: [{ EventId: 'E-1', CloudTrailEvent: text }, { CloudTrailEvent: text }] }],
    ['CloudWatch subscription messages', { logGroup: 'g', logEvents: [{ id: '1', message: text }, { message: text }] }],
    ['filtered log events', { events: [{ message: text }, { message: text }] }],
    ['event bus envelopes', [{ 'detail-type': 'x', detail: event }, { detail: event }]],
    ['index exports', [{ _raw: text }, { preview: false, result: { _raw: text } }]],
    ['documents of log shippers', [{ message: text }, { event: { original: text } }]],
  ])('finds the records in %s', (_, value) => {
    expect(ids(value)).toEqual(['E-1', 'E-1'])
    const first = Array.isArray(value) ? value[0] : undefined
    if (first !== undefined) expect(cloudtrail.json?.match(first, undefined)).toBeGreaterThan(0.9)
  })

  it('reads JSON lines', () => {
    expect(driveJsonText(cloudtrail, `${text}\n${text}\n`).events).toHaveLength(2)
  })

  it('takes the time of an envelope where the event has none', () => {
    const { eventTime: _, ...timeless } = event
    const driven = driveJson(cloudtrail, [{ time: '2026-01-02T03:04:06Z', detail: timeless }])
    expect(driven.events[0]?.ts).toBe(BigInt(Date.UTC(2026, 0, 2, 3, 4, 6)) * 1000n)
  })

  it('skips a digest and says why', () => {
    const digest = { awsAccountId: '1', digestStartTime: '2026-01-02T03:04:05Z', digestS3Object: 'x', logFiles: [] }
    const driven = driveJson(cloudtrail, [digest])
    expect([driven.kept, driven.skips.length, driven.rejects]).toEqual([[], 1, []])
    expect(cloudtrail.json?.match(digest, undefined)).toBeGreaterThan(0.9)
  })

  it('keeps an insight as an event of its own kind', () => {
    const insight = {
      eventVersion: '1.07',
      eventTime: '2026-01-02T03:04:05Z',
      eventType: 'AwsCloudTrailInsight',
      eventCategory: 'Insight',
      insightDetails: { state: 'Start', eventSource: 'iam.amazonaws.com', eventName: 'AttachUserPolicy' },
    }
    expect(driveJson(cloudtrail, [insight]).events[0]).toMatchObject({
      class: 'other',
      activity: 'other',
      outcome: 'unknown',
      action: 'AttachUserPolicy',
      service: 'iam.amazonaws.com',
    })
  })

  it('reads a record of the first version without an id', () => {
    const { eventID: _, eventVersion: __, ...old } = event
    const driven = driveJson(cloudtrail, [{ ...old, eventVersion: '1.0' }])
    expect(driven.events[0]?.source_event_id).toBeUndefined()
    expect(driven.rows[0]).not.toHaveProperty('alternate')
  })

  it('rejects what is no record, and does not claim it', () => {
    const foreign: JsonValue[] = [
      null,
      5,
      'x',
      [],
      {},
      { kind: 'Event', auditID: 'a', stage: 'Panic' },
      { Records: [{ eventVersion: '2.1', eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', userIdentity: {} }] },
      { detail: { eventName: 5 } },
      { message: 'plain text' },
      { message: '{"eventName":' },
    ]
    for (const value of foreign) {
      expect(cloudtrail.json?.match(value, undefined)).toBe(0)
      const driven = driveJson(cloudtrail, [value])
      expect([driven.kept.length, driven.rejects.length]).toEqual([0, driven.read])
    }
  })

  it('gives the same alternate for a whole record and its poorer rendering', () => {
    const whole = driveJson(cloudtrail, [event]).rows[0]
    const poor = driveCsv(
      cloudtrail,
      ['Event name', 'Event ID', 'Event source'],
      [['GetObject', 'e-1', 's3.amazonaws.com']],
    ).rows[0]
    expect(whole).toMatchObject({ alternate: 'cloudtrail:e-1' })
    expect(whole).not.toHaveProperty('identity')
    expect(poor).toMatchObject({ alternate: 'cloudtrail:e-1', identity: null })
  })

  it('accounts every value exactly once and never throws', () => {
    const keys = fc.constantFrom(
      ...['eventName', 'eventSource', 'eventVersion', 'userIdentity', 'type', 'arn', 'detail', 'Records', 'message'],
      ...['_raw', 'requestParameters', 'tags', 'resources', 'sessionContext', 'eventTime', 'errorCode', '__proto__'],
      ...['sourceIPAddress', 'logEvents', 'insightDetails', 'responseElements', 'ConsoleLogin', 'additionalEventData'],
    )
    const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        fc.constantFrom<JsonValue>(null, true, '', 'AssumedRole', 'IAMUser', text, 'a.amazonaws.com', -1, 1e300),
        fc.string(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc
          .array(fc.tuple(keys, tie('value')), { maxLength: 8 })
          .map((entries): JsonValue => JSON.parse(JSON.stringify(Object.fromEntries(entries)))),
      ),
    }))
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            value,
            fc.jsonValue().map((item): JsonValue => JSON.parse(JSON.stringify(item))),
          ),
          { maxLength: 5 },
        ),
        (values) => {
          for (const item of values) {
            const score = cloudtrail.json?.match(item, undefined) ?? -1
            expect(score >= 0 && score <= 1).toBe(true)
          }
          const driven = driveJson(cloudtrail, values)
          expect([...driven.accounted.values()].every((times) => times === 1)).toBe(true)
          expect(driven.accounted.size).toBe(driven.read)
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('CloudTrail by column', () => {
  it('reads an event history export by its column names, in any order', () => {
    const driven = driveCsv(
      cloudtrail,
      [
        'Event name',
        'Event time',
        'User name',
        'Event source',
        'Resource type',
        'Resource name',
        'Event ID',
        'AWS access key',
        'Read-only',
        'Source IP address',
        'Error code',
        'AWS region',
      ],
      [
        [
          'DeleteBucket',
          '2026-01-02T03:04:05Z',
          'ana',
          's3.amazonaws.com',
          'AWS::S3::Bucket',
          'logs',
          'E-2',
          'AKIAX',
          'false',
          '203.0.113.9',
          'AccessDenied',
          'eu-west-1',
        ],
      ],
    )
    expect(driven.events[0]).toMatchObject({
      action: 'DeleteBucket',
      source_event_id: 'E-2',
      actor_name: 'ana',
      credential_id: 'AKIAX',
      read_only: false,
      src_ip: '203.0.113.9',
      outcome: 'denied',
      resource_key: 'aws:-:eu-west-1:s3:bucket/logs',
      ts_precision: 's',
    })
  })

  it('reads JSON and printed structs in columns', () => {
    const header = ['eventname', 'eventid', 'eventsource', 'eventtime', 'useridentity', 'requestparameters']
    const struct =
      '{type=AssumedRole, principalid=AROAX:ana, arn=arn:aws:sts::1:assumed-role/R/ana, sessioncontext={attributes={mfaauthenticated=true}, sessionissuer={type=Role, arn=arn:aws:iam::1:role/R, username=R}}}'
    const driven = driveCsv(cloudtrail, header, [
      ['GetObject', 'a', 's3.amazonaws.com', '2026-01-02 03:04:05.000', struct, '{"bucketName":"logs"}'],
      [
        'GetObject',
        'b',
        's3.amazonaws.com',
        '2026-01-02T03:04:05Z',
        '{"type":"Root","arn":"arn:aws:iam::1:root"}',
        'null',
      ],
    ])
    expect(driven.events.map((row) => [row.actor_type, row.effective_name, row.mfa, row.resource_name])).toEqual([
      ['role', 'R', true, 'logs'],
      ['root', undefined, undefined, undefined],
    ])
    expect(driven.events[0]?.ts_precision).toBe('s')
  })

  it('takes a whole event from a column that holds it', () => {
    const driven = driveCsv(cloudtrail, ['EventId', 'CloudTrailEvent'], [['E-1', text]])
    expect(driven.events[0]).toMatchObject({ source_event_id: 'E-1', actor_type: 'root' })
  })

  it('reads rows with lower-case keys', () => {
    const driven = driveJson(cloudtrail, [{ eventname: 'GetObject', eventsource: 's3.amazonaws.com', eventid: 'x' }])
    expect(driven.events[0]).toMatchObject({ action: 'GetObject', source_event_id: 'x' })
    const lookup = { EventId: 'E-1', EventName: 'GetObject', EventSource: 's3.amazonaws.com', EventTime: 1_767_323_045 }
    expect(cloudtrail.json?.match(lookup, undefined)).toBe(0.6)
    expect(driveJson(cloudtrail, [lookup]).events[0]).toMatchObject({
      source_event_id: 'E-1',
      ts: 1_767_323_045_000_000n,
    })
  })

  it('recognises its own header and no other', () => {
    expect(recordColumns(['Event name', 'Event source', 'Event time']).usable).toBe(true)
    expect(recordColumns(['event', 'name', 'source']).usable).toBe(false)
    expect(cloudtrail.csv?.match(['name', 'time'], undefined).score).toBe(0)
  })

  it('rejects a record without operation and id, and any without a header', () => {
    expect(driveCsv(cloudtrail, ['Event name', 'Event ID'], [['', '']]).rejects).toHaveLength(1)
    expect(driveCsv(cloudtrail, undefined, [['a']]).rejects).toHaveLength(1)
  })

  it('parses printed structs and refuses what is none', () => {
    expect(parseStruct('{a=1, b=x, y and z, c={d=null}, e={}, f=[1, 2]}')).toEqual({
      a: '1',
      b: 'x, y and z',
      c: { d: null },
      e: {},
      f: '[1, 2]',
    })
    const parts = fc.constantFrom('{', '}', '[', ']', ',', ', ', '=', 'a=', 'b', ' ', '"', 'null')
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), (input) => {
        expect(['undefined', 'object']).toContain(typeof parseStruct(`{a=${input.join('')}}`))
      }),
    )
    expect(['', '{}', '{a}', '{a=1', 'a=1}', '{a=1} x'].map(parseStruct)).toEqual(
      Array.from({ length: 6 }, () => undefined),
    )
  })
})
