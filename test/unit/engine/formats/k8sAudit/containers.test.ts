import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../../src/common/json'
import { utcClock } from '../../../../../src/common/time'
import { k8sAudit } from '../../../../../src/engine/formats/k8sAudit'
import { type Driven, driveJson, driveJsonText, position, recordsOf } from '../../../../support/formatDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'

function event(auditID: string, stage = 'ResponseComplete', change: JsonObject = {}): JsonObject {
  return {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    auditID,
    stage,
    verb: 'get',
    user: { username: 'ana' },
    ...change,
  }
}

const ids = (driven: Driven) => driven.events.map((row) => row.source_event_id)

describe('containers of Kubernetes events', () => {
  const one = event('a')
  const text = JSON.stringify(one)

  it.each<[string, JsonValue]>([
    ['event lists', { kind: 'EventList', apiVersion: 'audit.k8s.io/v1', items: [one] }],
    ['arrays', [one]],
    ['log shippers', { message: text }],
    ['parsed log shippers', { message: one }],
    ['diagnostic exports', { category: 'kube-audit', properties: { log: `${text}\n` } }],
    ['lists of diagnostic exports', { records: [{ properties: { log: text } }] }],
    ['CloudWatch subscription messages', { logGroup: '/aws/eks/prod/cluster', logEvents: [{ message: text }] }],
    ['index exports', { _raw: text }],
  ])('finds the event in %s', (_, value) => {
    expect(ids(driveJsonText(k8sAudit, JSON.stringify(value)))).toEqual(['a'])
    expect(k8sAudit.json?.match(recordsOf(k8sAudit, JSON.stringify(value))[0] ?? null, undefined)).toBeGreaterThan(0.9)
  })

  it('names the cluster by the log group around the events', () => {
    const driven = driveJson(k8sAudit, [one], { context: { logGroup: '/aws/eks/prod/cluster' } })
    expect(driven.events[0]?.actor_tenant).toBe('prod')
  })

  it.each(['audit.k8s.io/v1', 'audit.k8s.io/v1beta1', 'audit.k8s.io/v1alpha1'])('reads version %s', (apiVersion) => {
    expect(ids(driveJson(k8sAudit, [event('a', 'ResponseComplete', { apiVersion })]))).toEqual(['a'])
  })

  it('recognises an event without its group by audit id and stage or verb', () => {
    expect(k8sAudit.json?.match({ kind: 'Event', auditID: 'a', stage: 'Panic' }, undefined)).toBe(0.9)
    expect(k8sAudit.json?.match({ auditID: 'a', verb: 'get' }, undefined)).toBe(0.9)
  })

  it('recognises an excerpt by its kind with a verb and what it was used on, with less certainty', () => {
    const excerpt = { kind: 'Event', verb: 'create', objectRef: { resource: 'pods' } }
    expect(k8sAudit.json?.match(excerpt, undefined)).toBe(0.7)
    expect(k8sAudit.json?.match({ ...excerpt, objectRef: null }, undefined)).toBe(0)
    const { auditID: _, ...whole } = one
    const exported = { category: 'kube-audit', properties: { log: JSON.stringify(whole) } }
    expect(driveJson(k8sAudit, [excerpt, exported]).events.map((row) => row.action)).toEqual(['create', 'get'])
  })

  it('rejects what is no audit event, and does not claim it', () => {
    const foreign: JsonValue[] = [
      null,
      1,
      'x',
      [],
      {},
      { kind: 0 },
      { kind: 'Event', apiVersion: 'v1', reason: 'Pulled' },
      { items: [{ kind: 'Pod' }] },
      { auditID: 'a' },
      { message: 'audit.k8s.io' },
    ]
    for (const value of foreign) {
      expect(k8sAudit.json?.match(value, undefined)).toBe(0)
      const driven = driveJson(k8sAudit, [value])
      expect([driven.kept.length, driven.rejects.length]).toEqual([0, 1])
    }
  })

  it('accounts every value exactly once and never throws', () => {
    const keys = fc.constantFrom(
      ...['kind', 'apiVersion', 'auditID', 'stage', 'verb', 'user', 'extra', 'groups', 'objectRef', 'responseStatus'],
      ...[
        'annotations',
        'sourceIPs',
        'items',
        'message',
        'properties',
        'log',
        'requestObject',
        'metadata',
        '__proto__',
      ],
    )
    const words = fc.constantFrom<JsonValue>(
      ...['Event', 'audit.k8s.io/v1', 'a', 'b', 'RequestReceived', 'ResponseStarted', 'ResponseComplete', 'Panic'],
      ...[text, null, 403, true],
    )
    const { value } = fc.letrec<{ value: JsonValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small', withCrossShrink: true },
        words,
        fc.string(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc
          .array(fc.tuple(keys, tie('value')), { maxLength: 8 })
          .map((entries): JsonValue => JSON.parse(JSON.stringify(Object.fromEntries(entries)))),
      ),
    }))
    const staged = fc
      .tuple(
        fc.constantFrom('a', 'b', 'c'),
        fc.constantFrom('RequestReceived', 'ResponseStarted', 'ResponseComplete', 'Panic', 'x'),
      )
      .map(([id, stage]): JsonValue => event(id, stage))
    const any = fc.jsonValue().map((item): JsonValue => JSON.parse(JSON.stringify(item)))
    fc.assert(
      fc.property(fc.array(fc.oneof(value, staged, any), { maxLength: 12 }), (values) => {
        for (const item of values) {
          const score = k8sAudit.json?.match(item, undefined) ?? -1
          expect(score >= 0 && score <= 1).toBe(true)
        }
        const driven = driveJson(k8sAudit, values)
        expect([...driven.accounted.values()].every((times) => times === 1)).toBe(true)
        expect(driven.accounted.size).toBe(driven.read)
      }),
      { numRuns: 500 },
    )
  })
})

describe('stages of one request', () => {
  it('keeps the last stage and skips the earlier ones', () => {
    const driven = driveJson(k8sAudit, [
      event('a', 'RequestReceived'),
      event('b', 'RequestReceived'),
      event('a', 'ResponseStarted'),
      event('a'),
      event('b', 'Panic'),
    ])
    expect(driven.kept).toEqual([3, 4])
    expect(driven.skips.map((skip) => skip.recordNo).sort()).toEqual([0, 1, 2])
    expect(driven.skips[0]?.reason).toBe('earlier stage of the same request')
  })

  it('gives out the highest stage that came when the file ends', () => {
    const driven = driveJson(k8sAudit, [
      event('a', 'RequestReceived'),
      event('a', 'ResponseStarted', { responseStatus: { code: 200 } }),
      event('b', 'RequestReceived'),
    ])
    expect(driven.kept).toEqual([1, 2])
    expect(driven.events.map((row) => row.outcome)).toEqual(['success', 'unknown'])
  })

  it('skips a straggler of an earlier stage', () => {
    const driven = driveJson(k8sAudit, [event('a'), event('a', 'RequestReceived')])
    expect([driven.kept, driven.skips.map((skip) => skip.recordNo)]).toEqual([[0], [1]])
  })

  it('keeps both where two servers finished a request of the same id', () => {
    expect(driveJson(k8sAudit, [event('a'), event('a', 'ResponseComplete', { verb: 'list' })]).kept).toEqual([0, 1])
  })

  it('holds a bounded number of requests and gives the oldest out first', () => {
    const values = Array.from({ length: 50_001 }, (_, index) => event(`r-${index}`, 'RequestReceived'))
    const driven = driveJson(k8sAudit, [...values, event('r-0'), event('r-1')])
    // r-0 was given out when the bound was passed, so its final stage is a row beside it, for reconciling.
    expect(driven.kept.slice(0, 3)).toEqual([0, 50_001, 50_002])
    expect(driven.skips).toEqual([{ recordNo: 1, reason: 'earlier stage of the same request' }])
    expect(driven.accounted.size).toBe(driven.read)
  })
})

describe('large events', () => {
  it('are held up to a total size', () => {
    const order: number[] = []
    const session = k8sAudit.json?.open({
      wallClock: utcClock,
      memberName: 'test',
      sink: { emit: (at) => order.push(at.recordNo), skip: () => {}, reject: () => {} },
    })
    for (let index = 0; index < 6; index++)
      session?.record(event(`r-${index}`, 'RequestReceived'), {}, { ...position(index), length: 15 * 2 ** 20 })
    expect(order).toEqual([0, 1])
    session?.end()
    expect(order).toEqual([0, 1, 2, 3, 4, 5])
  })
})

describe.skipIf(!hasSharedData)(`Kubernetes exports of other parties${sharedDataNotice}`, () => {
  it('keeps every event of the rule samples and rejects the broken one', () => {
    const names = readdirSync(sharedData('kubernetes-audit', 'falco')).sort()
    const driven = names.map((name) =>
      driveJsonText(k8sAudit, readFileSync(sharedData('kubernetes-audit', 'falco', name), 'utf8')),
    )
    expect(driven.reduce((sum, one) => sum + one.read, 0)).toBe(32)
    const events = driven.flatMap((one) => one.events)
    expect(events).toHaveLength(31)
    expect(driven.flatMap((one) => one.rejects)).toHaveLength(1)
    expect(new Set(events.map((row) => row.source_event_id)).size).toBe(29)
    expect(events.filter((row) => row.action === 'create')).toHaveLength(23)
    expect(events.filter((row) => row.action === 'delete')).toHaveLength(6)
    expect(events.every((row) => row.ts !== undefined && row.outcome === 'success')).toBe(true)
  })

  it('reads an event of a managed cluster, and not its rendering in another schema', () => {
    const read = (name: string) => readFileSync(sharedData('kubernetes-audit', 'ocsf-eks', name), 'utf8')
    expect(driveJsonText(k8sAudit, read('eks.json')).events[0]).toMatchObject({
      action: 'create',
      resource_type: 'nodes',
      actor_type: 'system',
      credential_id: 'EXAMPLEUIDTEST',
      outcome: 'success',
      duration_us: 140_174n,
      policy_effect: 'allow',
    })
    expect(k8sAudit.json?.match(JSON.parse(read('ocsf_eks.json')), undefined)).toBe(0)
  })
})
