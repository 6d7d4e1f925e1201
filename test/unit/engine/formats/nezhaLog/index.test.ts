import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { nezhaLog } from '../../../../../src/engine/formats/nezhaLog'
import { driveMember } from '../../../../support/memberDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'

const header = 'Timestamp,TimeUnixNano,Node,PodName,Container,TraceID,SpanID,Log'
const drive = (...lines: readonly string[]) => driveMember([nezhaLog], [header, ...lines].join('\n'))

describe('a line of a Nezha log', () => {
  it('gives a log record with its trace', async () => {
    const log =
      '"{""log"":""16:48:42.424 WARN  t.Service#5 slow\\n"",""stream"":""stdout"",""time"":""2023-01-29T08:48:42Z""}"'
    const { logs, formats } = await drive(
      `2023-01-29T08:48:42.425293566Z,1674982122425293566,192.0.2.7,shop-web-64469b5b48-25zj6,server,49a51828322183eb20bfe4ace3060000,083e5d40259e7999,${log}`,
    )
    expect(formats).toEqual(['nezha-log'])
    expect(logs).toEqual([
      {
        source: 'nezha_log',
        ts: 1_674_982_122_425_293n,
        ts_precision: 'us',
        time_ns: 1_674_982_122_425_293_566n,
        service: 'shop-web',
        severity: 'WARN',
        body: '16:48:42.424 WARN  t.Service#5 slow',
        trace_id: '49a51828322183eb20bfe4ace3060000',
        span_id: '083e5d40259e7999',
        attributes: '{"log.iostream":"stdout"}',
        resource:
          '{"service.name":"shop-web","k8s.pod.name":"shop-web-64469b5b48-25zj6","k8s.container.name":"server","k8s.node.name":"192.0.2.7"}',
      },
    ])
  })

  it('keeps a line that is no JSON, and ids that are none beside it', async () => {
    const { logs, rejects } = await drive('x,,n,p,c,T1,S1,plain ERROR text', 'x,soon,n,p,c,,,y', 'x,1')
    expect(logs).toMatchObject([{ body: 'plain ERROR text', ts: undefined, severity: undefined, trace_id: undefined }])
    expect(logs[0]?.attributes).toBe('{"otel.malformed_trace_id":"T1","otel.malformed_span_id":"S1"}')
    expect(rejects.map(({ reason }) => reason)).toEqual([
      'The time is not a whole number of nanoseconds.',
      'The line has 2 columns where the header names 8.',
    ])
  })

  it.skipIf(!hasSharedData)(`is read 2489 times from a recorded file${sharedDataNotice}`, async () => {
    const { logs, rejects } = await driveMember(
      [nezhaLog],
      readFileSync(sharedData('traces', 'nezha', '08_50_log.csv')),
    )
    expect([logs.length, rejects]).toEqual([2489, []])
    expect(new Set(logs.map((row) => row.trace_id)).size).toBe(71)
    expect(logs.filter((row) => row.severity === 'ERROR')).toHaveLength(27)
  })
})
