import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { cloudtrail } from '../../../../../src/engine/formats/cloudtrail'
import { type Driven, driveJson, recordsOf } from '../../../../support/formatDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'

function driveFolder(folder: string, accept: (name: string) => boolean = () => true): Driven {
  const names = readdirSync(sharedData('aws-cloudtrail', folder)).filter(accept).sort()
  const values = names.flatMap((name) =>
    recordsOf(cloudtrail, readFileSync(sharedData('aws-cloudtrail', folder, name), 'utf8')),
  )
  return driveJson(cloudtrail, values)
}

function distinct(driven: Driven, pick: (event: Driven['events'][number]) => unknown): Set<unknown> {
  return new Set(driven.events.map(pick))
}

describe.skipIf(!hasSharedData)(`CloudTrail exports of other parties${sharedDataNotice}`, () => {
  it('keeps every record of an attack simulation with its actors, addresses and refusals', () => {
    const driven = driveFolder('invictus-aws-dataset')
    expect(driven.read).toBe(2274)
    expect(driven.events).toHaveLength(2274)
    expect(distinct(driven, (event) => event.source_event_id).size).toBe(2274)
    expect(distinct(driven, (event) => event.actor_id).size).toBe(18)
    expect(distinct(driven, (event) => event.src_ip ?? event.src_host).size).toBe(16)
    expect(driven.events.filter((event) => event.outcome === 'denied')).toHaveLength(52)
    expect(driven.events.filter((event) => event.outcome_code === 'ThrottlingException')).toHaveLength(76)
    expect(
      driven.events.filter((event) => event.outcome_code !== undefined && event.outcome_code !== 'Failure'),
    ).toHaveLength(241)
    const times = driven.events
      .flatMap((event) => (event.ts === undefined ? [] : [event.ts]))
      .sort((a, b) => (a < b ? -1 : 1))
    expect([times[0], times.at(-1)]).toEqual([
      BigInt(Date.parse('2023-07-10T11:42:18Z')) * 1000n,
      BigInt(Date.parse('2023-07-10T12:34:46Z')) * 1000n,
    ])
  })

  it('keeps every record of the detonated techniques', () => {
    const driven = driveFolder('stratus-red-team')
    expect(driven.events).toHaveLength(202)
    expect(driven.events.filter((event) => event.outcome === 'denied')).toHaveLength(34)
    expect(distinct(driven, (event) => event.actor_id).size).toBe(29)
    expect(distinct(driven, (event) => event.src_ip ?? event.src_host).size).toBe(24)
  })

  it('keeps test samples of all kinds and skips the digest among them', () => {
    const driven = driveFolder('elastic', (name) => !name.includes('expected'))
    expect(driven.read).toBe(40)
    expect(driven.events).toHaveLength(39)
    expect(driven.skips).toHaveLength(1)
    expect(driven.rejects).toEqual([])
    expect(driven.events.filter((event) => event.class === 'other' && event.outcome === 'unknown')).toHaveLength(1)
  })

  it('reads events from JSON text in an index export', () => {
    const driven = driveFolder('cribl')
    expect(driven.events).toHaveLength(44)
    expect(distinct(driven, (event) => event.actor_id).size).toBe(9)
    expect(distinct(driven, (event) => event.src_ip ?? event.src_host).size).toBe(9)
  })

  it('reads events from event bus envelopes', () => {
    const driven = driveFolder('eventbridge-cloud-custodian')
    expect(driven.events).toHaveLength(12)
    expect(driven.events.filter((event) => event.ts === undefined)).toHaveLength(1)
  })
})
