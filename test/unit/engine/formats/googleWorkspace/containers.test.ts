import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../../src/common/json'
import { cloudtrail } from '../../../../../src/engine/formats/cloudtrail'
import { gcpAudit } from '../../../../../src/engine/formats/gcpAudit'
import { googleWorkspace } from '../../../../../src/engine/formats/googleWorkspace'
import { k8sAudit } from '../../../../../src/engine/formats/k8sAudit'
import { anyChange, anyRecord, expectAccounted } from '../../../../support/anyRecord'
import { driveJson, driveJsonText, recordsOf } from '../../../../support/formatDriver'
import { activity, viewed } from './support'

const one = activity([viewed])
const text = JSON.stringify(one)
const score = (value: JsonValue) => googleWorkspace.json?.match(value, undefined)

describe('containers of Google Workspace activities', () => {
  it.each<[string, JsonValue]>([
    ['answers of the reports interface', { kind: 'admin#reports#activities', items: [one], nextPageToken: 't' }],
    ['arrays', [one]],
    ['log shippers', { message: text }],
    ['parsed log shippers', { event: one }],
    ['index exports', { result: { _raw: text } }],
  ])('finds the activity in %s', (_, value) => {
    expect(driveJsonText(googleWorkspace, JSON.stringify(value)).events.map((row) => row.action)).toEqual(['view'])
    expect(score(recordsOf(googleWorkspace, JSON.stringify(value))[0] ?? null)).toBeGreaterThanOrEqual(0.95)
  })

  it('is less sure where the kind is missing', () => {
    const { kind: _, ...rest } = one
    expect(score(rest)).toBe(0.95)
    expect(score({ id: { applicationName: 'login' }, type: 'login', name: 'login_success' })).toBe(0.9)
    expect(score({ id: { applicationName: 'login' }, type: 'login' })).toBe(0.6)
  })

  it('claims neither other formats nor their look-alikes, and rejects them', () => {
    const foreign: JsonValue[] = [
      null,
      [],
      'x',
      {},
      { id: 'x', events: [{ name: 'view' }] },
      { id: { applicationName: 'x' } },
      { kind: 'Event', apiVersion: 'audit.k8s.io/v1', auditID: 'a', verb: 'get' },
      { items: [{ kind: 'Pod' }] },
      { uuid: 'u', eventType: 'user.session.start', actor: { id: '1' } },
      { alertId: 'a', severity: 'high' },
      { message: '{"applicationName":"x"}' },
    ]
    for (const value of foreign) {
      expect(score(value)).toBe(0)
      expect(driveJson(googleWorkspace, [value]).rejects).toHaveLength(1)
    }
    for (const other of [cloudtrail, k8sAudit, gcpAudit]) expect(other.json?.match(one, undefined)).toBe(0)
  })

  it('accounts every value exactly once and never throws', () => {
    const keys = ['kind', 'id', 'actor', 'events', 'parameters', 'name', 'type', 'value', 'multiValue', 'messageValue']
    const more = ['applicationName', 'email', 'profileId', 'resourceDetails', 'networkInfo', 'alertId', 'createTime']
    const words = ['admin#reports#activity', 'login_success', 'doc_id', 'event_info', text, one, viewed]
    const values = anyRecord([...keys, ...more], words)
    const changed = fc.oneof(
      anyChange(one, values),
      anyChange(viewed, values).map((item): JsonValue => ({ ...one, events: [item] })),
    )
    fc.assert(
      fc.property(fc.array(fc.oneof(values, changed), { maxLength: 10 }), (list) => {
        expectAccounted(googleWorkspace, list)
      }),
      { numRuns: 400 },
    )
  })

  it('takes keys of the prototype for what they are', () => {
    const hostile: JsonValue = JSON.parse(
      '{"kind":"admin#reports#activity","id":{"applicationName":"__proto__"},"events":[{"name":"constructor","type":"__proto__","parameters":{"__proto__":{"doc_id":"x"},"doc_id":"toString"}}]}',
    )
    const [row] = driveJson(googleWorkspace, [hostile]).events
    expect([row?.resource_key, row?.class, row?.action]).toEqual(['gworkspace:file/toString', 'other', 'constructor'])
  })
})
