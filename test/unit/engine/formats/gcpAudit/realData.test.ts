import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { list, textAt } from '../../../../../src/common/json'
import { gcpAudit } from '../../../../../src/engine/formats/gcpAudit'
import { driveJsonText } from '../../../../support/formatDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'

const read = (...path: string[]) => readFileSync(sharedData(...path), 'utf8')

/** Coarse outcome, as other schemas state it. */
function group(outcome: string | undefined): string {
  if (outcome === 'success') return 'success'
  return outcome === 'unknown' || outcome === 'interrupted' ? 'unknown' : 'failure'
}

describe.skipIf(!hasSharedData)(`Google Cloud exports of other parties${sharedDataNotice}`, () => {
  it('agrees with another reader about every entry', () => {
    const driven = driveJsonText(gcpAudit, read('gcp-audit', 'elastic', 'test-audit.log'))
    expect([driven.read, driven.events.length, driven.rejects.length]).toEqual([18, 18, 0])
    const expected = list(JSON.parse(read('gcp-audit', 'elastic', 'test-audit.log-expected.json')).expected)
    const differences: string[] = []
    const byId = new Map<string, (typeof driven.events)[number][]>()
    for (const event of driven.events) {
      const id = event.source_event_id?.split('/')[0] ?? ''
      byId.set(id, [...(byId.get(id) ?? []), event])
    }
    let compared = 0
    for (const item of expected) {
      const id = textAt(item, 'event', 'id') ?? ''
      const event = byId.get(id)?.shift()
      const pairs: readonly (readonly [string, string | undefined, string | undefined])[] = [
        ['outcome', textAt(item, 'event', 'outcome'), group(event?.outcome)],
        ['action', textAt(item, 'event', 'action'), event?.action],
        ['actor', textAt(item, 'client', 'user', 'email'), event?.actor_email ?? event?.actor_name],
        ['actor id', textAt(item, 'client', 'user', 'id'), event?.actor_id],
        ['address', textAt(item, 'source', 'ip'), event?.src_ip],
        ['service', textAt(item, 'service', 'name'), event?.service],
        ['agent', textAt(item, 'user_agent', 'original'), event?.user_agent],
        ['kind', kindOf(item), kindOf(item) === undefined ? undefined : event?.resource_type?.split('/')[0]],
        ['name', textAt(item, 'orchestrator', 'resource', 'name'), event?.resource_name],
        ['namespace', textAt(item, 'orchestrator', 'namespace'), event?.resource_ns],
      ]
      for (const [what, theirs, ours] of pairs) {
        if (theirs === undefined) continue
        compared++
        if (theirs !== ours) differences.push(`${id} ${what}: ${theirs} / ${ours}`)
      }
    }
    expect(compared).toBeGreaterThan(100)
    expect(differences).toEqual([
      // The end of an operation, without a status: no error is success, since the status is only written for errors.
      '-c7ctxmd2zab outcome: unknown / success',
    ])
  })

  it('keeps the entries of rule samples, and leaves alone what has no payload', () => {
    const audit = driveJsonText(gcpAudit, read('panther-tests', 'gcp_audit.jsonl'))
    expect([audit.read, audit.events.length, audit.rejects.length]).toEqual([102, 98, 4])
    expect(audit.events.filter((event) => event.outcome_code !== undefined).map((event) => event.outcome)).toEqual([
      'denied',
      'failed',
      'denied',
      'failed',
      'denied',
    ])
    expect(new Set(audit.events.flatMap((event) => event.actor_name ?? [])).size).toBe(26)
    const kubernetes = driveJsonText(gcpAudit, read('panther-tests', 'gcp_k8s.jsonl'))
    expect([kubernetes.read, kubernetes.events.length, kubernetes.rejects.length]).toEqual([17, 17, 0])
  })
})

/** The other schema names the last part of a path, also where it is no resource. */
function kindOf(item: unknown): string | undefined {
  const type = textAt(item, 'orchestrator', 'resource', 'type')
  return type === 'readyz' ? undefined : type
}
