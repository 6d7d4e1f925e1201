import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { xray } from '../../../../../src/engine/formats/xray'
import { driveMember } from '../../../../support/memberDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'

describe.skipIf(!hasSharedData)(`a segment that a program wrote${sharedDataNotice}`, () => {
  it('gives all its subsegments, with the request ids of the calls and what failed', async () => {
    const text = readFileSync(sharedData('traces', 'xray', 'otel-contrib', 'ddbSample.txt'), 'utf8')
    const { read, spans, rejects } = await driveMember([xray], text)
    expect([read, spans.length, rejects]).toEqual([1, text.match(/"start_time"/g)?.length, []])
    expect(new Set(spans.map((span) => span.trace_id))).toEqual(new Set(['5f29ab21d4ebf299219a65bd5c31d6da']))
    expect(spans.flatMap((span) => span.aws_request_id ?? [])).toEqual([
      '29P5V7QSAKHS4LNL56ECAJFF3BVV4KQNSO5AEMVJF66Q9ASUAAJG',
      'TJUJNR0JV84CFHJL93D3GIA0LBVV4KQNSO5AEMVJF66Q9ASUAAJG',
    ])
    expect(spans.filter((span) => span.status === 'error')).toHaveLength(text.match(/"fault": true/g)?.length ?? 0)
    const ids = new Set(spans.map((span) => span.span_id))
    expect(spans.filter((span) => span.parent_span_id === undefined)).toHaveLength(1)
    expect(spans.every((span) => span.parent_span_id === undefined || ids.has(span.parent_span_id))).toBe(true)
  })
})
