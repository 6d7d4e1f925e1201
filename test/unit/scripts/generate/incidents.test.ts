import { afterAll, describe, expect, it } from 'vitest'
import { generated } from '../../../support/generated'

const all = generated({ seed: 31, scale: 12_000, axes: { incidents: '4' } })
afterAll(() => all.remove())

const ofKind = (kind: string) => all.summary.incidents.filter((incident) => incident.kind === kind)
const eventsOf = (id: string) => all.events.filter(({ incident }) => incident === id)
const recordOf = (event: { file: string; record: number }) => all.records(event.file)[event.record] ?? ''

describe('planted incidents', () => {
  it('read past the services with their own credentials, from another address', () => {
    const sources = new Set<string>()
    for (const incident of ofKind('out-of-band-read')) {
      const events = eventsOf(incident.id)
      expect(events.length).toBeGreaterThanOrEqual(3)
      for (const event of events) {
        sources.add(event.source)
        expect(event.link).toBe('orphan')
        expect(event.verdict).toBe(event.what === 'connect' ? 'not_expected' : 'out_of_band')
        expect(recordOf(event)).toContain(String(incident.address))
      }
    }
    expect(sources).toEqual(new Set(['pgaudit', 'k8s_audit']))
  })

  it('use a key of a pod from elsewhere', () => {
    for (const incident of ofKind('stolen-key')) {
      for (const event of eventsOf(incident.id)) {
        expect(recordOf(event)).toContain(String(incident.credential))
        expect(recordOf(event)).toContain(`"sourceIPAddress":"${String(incident.address)}"`)
      }
      const others = all.events.filter((event) => event.source === 'cloudtrail' && event.incident !== incident.id)
      expect(others.some((event) => recordOf(event).includes(String(incident.credential)))).toBe(true)
    }
  })

  it('go from role to role by issued keys', () => {
    for (const { id, chain } of ofKind('role-chain')) {
      const records = eventsOf(id).map(recordOf)
      for (const step of Array.isArray(chain) ? chain : []) {
        const users = records.filter((record) => record.includes(`"accessKeyId":"${step.issued_key}","sessionContext"`))
        expect(users.length).toBeGreaterThan(0)
        expect(records.some((record) => record.includes(step.event))).toBe(true)
      }
    }
  })

  it('try many passwords until one is right', () => {
    for (const { id, victim } of ofKind('credential-stuffing')) {
      const tries = eventsOf(id).filter(({ source }) => source === 'okta')
      const failed = tries.filter(({ outcome }) => outcome === 'auth_failed')
      expect(failed.length).toBeGreaterThanOrEqual(5)
      const last = tries.filter(({ outcome }) => outcome === undefined)
      expect(last.every((event) => event.person === victim)).toBe(true)
    }
  })

  it('read one object after the other, all of it traced', () => {
    for (const { id } of ofKind('bulk-read')) {
      const requests = eventsOf(id).filter(({ source }) => source === 'http_access')
      expect(requests.length).toBeGreaterThanOrEqual(12)
      expect(requests.every(({ link }) => link === 'pair')).toBe(true)
    }
  })

  it('refuse after a change of policy what was allowed before, and allow it again', () => {
    const byId = new Map(all.events.map((event) => [event.id, event]))
    const sources = new Set<string>()
    let refused = 0
    for (const incident of ofKind('policy-change-denial')) {
      const pivot = byId.get(String(incident.pivot))
      expect(recordOf(pivot ?? { file: '', record: 0 })).toMatch(
        /REVOKE|DeleteRolePolicy|PutBucketPolicy|rolebindings|policy\.rule\.update/,
      )
      sources.add(incident.source)
      for (const event of eventsOf(incident.id)) {
        refused++
        expect(event).toMatchObject({ outcome: 'denied', pivot: incident.pivot, source: incident.source, link: 'pair' })
        expect(event.time_us).toBeGreaterThan(pivot?.time_us ?? Number.NaN)
        expect(recordOf(event)).toMatch(
          /42501|AccessDenied|"decision":"forbid"|"authorization.k8s.io\/decision":"forbid"|DENY/,
        )
      }
    }
    expect(sources).toEqual(new Set(['cloudtrail', 'k8s_audit', 'pgaudit', 'okta']))
    expect(refused).toBeGreaterThan(20)
  })

  it('leave refusals that no change explains, and changes that explain no refusal', () => {
    expect(all.events.filter(({ outcome, pivot }) => outcome === 'denied' && pivot === null).length).toBeGreaterThan(5)
    const pivots = new Set(ofKind('policy-change-denial').flatMap(({ pivot, restored }) => [pivot, restored]))
    const changes = all.events.filter(({ why }) => why === 'admin')
    expect(changes.filter(({ id }) => !pivots.has(id)).length).toBeGreaterThan(5)
  })

  it('show in a trace the failing span and those above it', () => {
    for (const event of all.events.filter(({ pivot, link }) => typeof pivot === 'string' && link === 'pair')) {
      const path = (event.path ?? []).map((id) => all.spans.get(`${event.trace_id}/${id}`))
      expect(path.at(0)?.parentSpanId).toBeUndefined()
      for (const [index, span] of path.slice(1).entries()) expect(span?.parentSpanId).toBe(path[index]?.spanId)
    }
  })
})
