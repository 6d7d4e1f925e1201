import { describe, expect, it } from 'vitest'
import { k8sAudit } from '../../../../src/engine/formats/k8sAudit'
import { driveMember } from '../../../support/memberDriver'

const line = (index: number) =>
  JSON.stringify({
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'Metadata',
    auditID: `a-${index}`,
    stage: 'ResponseComplete',
    requestURI: '/api/v1/pods',
    verb: 'list',
    user: { username: 'runner' },
    objectRef: { resource: 'pods' },
    responseStatus: { code: 200 },
    requestReceivedTimestamp: '2026-01-02T03:04:05.000000Z',
    stageTimestamp: '2026-01-02T03:04:05.000000Z',
  })
const log = (broken: number, whole: number) =>
  [
    ...Array.from({ length: broken }, (_, index) => `{"kind":"Event","cut":"${index} never closed`),
    ...Array.from({ length: whole }, (_, index) => line(index)),
    '',
  ].join('\n')

describe('a log of one JSON object a line', () => {
  it.each([1, 4, 5, 8, 9, 20])('that begins with %i broken lines loses these only', async (broken) => {
    const { kept, rejects } = await driveMember([k8sAudit], log(broken, 30))
    expect({ kept, rejected: rejects.length }).toEqual({ kept: 30, rejected: broken })
    expect(rejects.map((reject) => reject.line)).toEqual(Array.from({ length: broken }, (_, index) => index + 1))
  })

  it('is told from objects that are printed over several lines', async () => {
    const printed = [0, 1, 2].map((index) => JSON.stringify(JSON.parse(line(index)), null, 2)).join('\n')
    const { kept, rejects } = await driveMember([k8sAudit], printed)
    expect({ kept, rejects }).toEqual({ kept: 3, rejects: [] })
  })
})
