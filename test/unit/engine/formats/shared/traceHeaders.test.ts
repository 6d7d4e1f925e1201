import { describe, expect, it } from 'vitest'
import { anyTraceHeader, plainTrace } from '../../../../../src/engine/formats/shared/traceHeaders'

const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
const span = '00f067aa0ba902b7'

describe('trace headers', () => {
  it.each([
    [`00-${trace}-${span}-01`, { traceId: trace, spanId: span, from: 'traceparent' }],
    [`00-${trace.toUpperCase()}-${span}-01`, { traceId: trace, spanId: span, from: 'traceparent' }],
    [`cc-${trace}-${span}-01-more`, { traceId: trace, spanId: span, from: 'traceparent' }],
    ['Root=1-4bf92f35-77b34da6a3ce929d0e0e4736', { traceId: trace, from: 'x-amzn-trace-id' }],
    [
      `Self=1-00000001-000000000000000000000002;Root=1-4bf92f35-77b34da6a3ce929d0e0e4736;Parent=${span};Sampled=0`,
      { traceId: trace, spanId: span, from: 'x-amzn-trace-id' },
    ],
    [`${trace}-${span}-1-${span}`, { traceId: trace, spanId: span, from: 'b3' }],
    [`a3ce929d0e0e4736-${span}`, { traceId: `${'0'.repeat(16)}a3ce929d0e0e4736`, spanId: span, from: 'b3' }],
    [`${trace}:67aa0ba902b7:0:1`, { traceId: trace, spanId: '000067aa0ba902b7', from: 'uber-trace-id' }],
    [`${trace}%3A67aa0ba902b7%3A0%3A1`, { traceId: trace, spanId: '000067aa0ba902b7', from: 'uber-trace-id' }],
  ])('reads %s', (value, expected) => {
    expect(anyTraceHeader(value)).toEqual(expected)
  })

  it.each([
    `ff-${trace}-${span}-01`,
    `00-${trace}-${span}-01-more`,
    `00-${'0'.repeat(32)}-${span}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `00-${trace}-${span}`,
    'Root=1-00000000-000000000000000000000000',
    'Root=2-4bf92f35-77b34da6a3ce929d0e0e4736',
    '0',
    '',
  ])('makes nothing of %s', (value) => {
    expect(anyTraceHeader(value)).toBeUndefined()
  })

  it('takes ids of their own fields, and no other texts', () => {
    expect(plainTrace(trace, span, 'trace_id')).toEqual({ traceId: trace, spanId: span, from: 'trace_id' })
    expect(plainTrace('4bf92f35-77b3-4da6-a3ce-929d0e0e4736', 'x', 'trace_id')).toEqual({
      traceId: trace,
      from: 'trace_id',
    })
    expect(plainTrace('1234567890123456789', undefined, 'trace_id')).toBeUndefined()
  })
})
