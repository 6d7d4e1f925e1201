/**
 * A small export of three sources: six CloudTrail calls, one a minute from 09:00, of which the fourth is denied and has
 * a span with its request id; one pgAudit statement with the trace context of the same trace; three spans.
 */
import type { DroppedFile } from './window'

export const trace = {
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  rootSpan: '00f067aa0ba902b7',
  callSpan: '00f067aa0ba902b8',
  querySpan: '00f067aa0ba902b9',
} as const
export const deniedRequestId = 'D3N13D0000000004'

export interface CloudTrailText {
  readonly userName?: string
  readonly eventName?: string
  readonly bucketName?: string
  readonly userAgent?: string
}

export function cloudTrailCall(index: number, text: CloudTrailText = {}): Record<string, unknown> {
  const denied = index === 3
  const userName = text.userName ?? 'alice'
  return {
    eventVersion: '1.09',
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLE',
      arn: `arn:aws:iam::111122223333:user/${userName}`,
      accountId: '111122223333',
      userName,
    },
    eventTime: `2026-01-02T09:0${index}:00Z`,
    eventSource: 's3.amazonaws.com',
    eventName: text.eventName ?? 'GetObject',
    awsRegion: 'eu-central-1',
    sourceIPAddress: '192.0.2.10',
    userAgent: text.userAgent ?? 'aws-sdk-js',
    requestParameters: { bucketName: text.bucketName ?? 'ledger', key: `page-${index}.csv` },
    ...(denied ? { errorCode: 'AccessDenied', errorMessage: 'Access Denied' } : {}),
    requestID: denied ? deniedRequestId : `ALL0WED00000000${index}`,
    eventID: `00000000-0000-4000-8000-00000000000${index}`,
    readOnly: true,
    eventType: 'AwsApiCall',
    recipientAccountId: '111122223333',
    eventCategory: 'Data',
  }
}

export const bundle: readonly DroppedFile[] = [
  { name: 'cloudtrail.json', text: JSON.stringify({ Records: [0, 1, 2, 3, 4, 5].map((at) => cloudTrailCall(at)) }) },
  { name: 'postgresql.csv', text: postgresLine() },
  { name: 'traces.otlp.json', text: `${JSON.stringify(exportedSpans())}\n` },
]

function postgresLine(): string {
  const at = '2026-01-02 09:03:00.400 UTC'
  const statement = `select total from ledger /*traceparent='00-${trace.traceId}-${trace.querySpan}-01'*/`
  const audit = `AUDIT: SESSION,1,1,READ,SELECT,TABLE,public.ledger,""${statement}"",<not logged>,1`
  return `${at},"ledger_app","shop",4105,"10.0.0.5:45397",69b8fc31.1009,3,"SELECT",${at},58/3,0,LOG,00000,"${audit}",,,,,,,,,"ledger-api","client backend",,0\n`
}

function exportedSpans(): Record<string, unknown> {
  const startNs = BigInt(Date.parse('2026-01-02T09:03:00Z')) * 1_000_000n
  const span = (id: string, name: string, fromMs: number, toMs: number, more: Record<string, unknown>) => ({
    traceId: trace.traceId,
    spanId: id,
    name,
    startTimeUnixNano: String(startNs + BigInt(fromMs) * 1_000_000n),
    endTimeUnixNano: String(startNs + BigInt(toMs) * 1_000_000n),
    ...more,
  })
  const failed = { code: 2, message: 'AccessDenied' }
  const requestId = { key: 'aws.request_id', value: { stringValue: deniedRequestId } }
  return {
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'ledger-api' } }] },
        scopeSpans: [
          {
            spans: [
              span(trace.rootSpan, 'GET /ledger', 0, 900, { kind: 2, status: failed }),
              span(trace.callSpan, 'S3.GetObject', 20, 300, {
                kind: 3,
                parentSpanId: trace.rootSpan,
                attributes: [requestId],
                status: failed,
              }),
              span(trace.querySpan, 'SELECT ledger', 350, 450, { kind: 3, parentSpanId: trace.rootSpan }),
            ],
          },
        ],
      },
    ],
  }
}
