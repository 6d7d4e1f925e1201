import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { prometheus } from '../../../../../src/engine/formats/prometheus'
import { driveMember } from '../../../../support/memberDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'

describe.skipIf(!hasSharedData)(`scrapes of other parties${sharedDataNotice}`, () => {
  it.each([
    ['1histogram.om.txt', 42, 3, 0, 0],
    ['alltypes.237mfs.prom.txt', 1857, 291, 12, 0],
    ['alltypes.5mfs.om.txt', 53, 13, 0, 0],
    ['kube-controller-manager-1.14.prom', 1911, 476, 156, 0],
    // The last family has metadata and no sample.
    ['kube-state-metrics-v2.0.0.prom', 1133, 119, 0, 1],
  ])('gives every sample of %s', async (name, samples, names, notFinite, withoutSample) => {
    const driven = await driveMember([prometheus], readFileSync(sharedData('metrics', 'prometheus', name)))
    expect(driven.rejects).toEqual([])
    expect([driven.kept, driven.metrics.length, driven.skips.length]).toEqual([samples, samples, withoutSample])
    expect(new Set(driven.metrics.map(({ series }) => series.name)).size).toBe(names)
    expect(driven.metrics.filter(({ row }) => !Number.isFinite(row.value))).toHaveLength(notFinite)
    expect(driven.metrics.filter(({ row }) => row.ts !== undefined)).toEqual([])
  })

  it('knows the family of almost every sample', async () => {
    const driven = await driveMember(
      [prometheus],
      readFileSync(sharedData('metrics', 'prometheus', 'alltypes.5mfs.om.txt')),
    )
    const unknown = driven.metrics.filter(({ series }) => series.kind === 'unknown').map(({ series }) => series.name)
    expect(unknown.every((name) => name.endsWith('_created'))).toBe(true)
    expect(driven.metrics.filter(({ row }) => row.details?.includes('exemplars'))).toHaveLength(6)
  })
})
