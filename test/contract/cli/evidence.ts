/** Small exports of our own: audit events of two sources and one trace, with texts that bite. */

/** A control character, an escape of terminals, a direction mark, a formula. */
export const nastyAgent = '=HYPERLINK("http://192.0.2.1")\u001b[31m\u0007 \u202e!'

export function call(index: number, more: Readonly<Record<string, unknown>> = {}) {
  const at = new Date(Date.UTC(2026, 0, 2, 3, 0, index)).toISOString().replace('.000', '')
  return {
    eventVersion: '1.08',
    eventTime: at,
    eventSource: 's3.amazonaws.com',
    eventName: index % 2 === 0 ? 'GetObject' : 'PutObject',
    awsRegion: 'eu-central-1',
    sourceIPAddress: '192.0.2.7',
    userAgent: 'tests',
    eventID: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    requestID: `REQUEST${String(index).padStart(9, '0')}`,
    eventType: 'AwsApiCall',
    recipientAccountId: '111122223333',
    userIdentity: {
      type: 'IAMUser',
      principalId: `AIDA${index % 3}`,
      arn: `arn:aws:iam::111122223333:user/u${index % 3}`,
      accountId: '111122223333',
      userName: `u${index % 3}`,
    },
    ...more,
  }
}

export function calls(count: number, from = 0): string {
  return Array.from({ length: count }, (_, index) => `${JSON.stringify(call(from + index))}\n`).join('')
}

/** Six calls, one denied, one with a nasty user agent; and a line that is no record. */
export const trail = [
  JSON.stringify(call(0)),
  JSON.stringify(call(1, { errorCode: 'AccessDenied', errorMessage: 'no' })),
  JSON.stringify(call(2, { userAgent: nastyAgent })),
  'this line is no record',
  JSON.stringify(call(3)),
  JSON.stringify(call(4)),
  JSON.stringify(call(5)),
  '',
].join('\n')

/** Times with microseconds. */
export const clusterLog = `${JSON.stringify({
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  level: 'Metadata',
  auditID: '11111111-2222-4333-8444-555555555555',
  stage: 'ResponseComplete',
  requestURI: '/api/v1/namespaces/shop/secrets/db',
  verb: 'get',
  user: { username: 'system:serviceaccount:shop:web', groups: ['system:authenticated'] },
  sourceIPs: ['192.0.2.9'],
  userAgent: 'kubectl/v1.30.0',
  objectRef: { resource: 'secrets', namespace: 'shop', name: 'db', apiVersion: 'v1' },
  responseStatus: { metadata: {}, code: 200 },
  requestReceivedTimestamp: '2026-01-02T03:00:02.123456Z',
  stageTimestamp: '2026-01-02T03:00:02.130000Z',
})}\n`

export const traceId = '0af7651916cd43dd8448eb211c80319c'

/** A request and, below it, the call of second 1 by its request id. */
export const trace = JSON.stringify({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'web' } }] },
      scopeSpans: [
        {
          scope: { name: 'tests' },
          spans: [
            {
              traceId,
              spanId: '00f067aa0ba902b7',
              name: 'POST /upload',
              kind: 2,
              startTimeUnixNano: '1767322800900000001',
              endTimeUnixNano: '1767322801900000002',
              status: {},
            },
            {
              traceId,
              spanId: '53995c3f42cd8ad8',
              parentSpanId: '00f067aa0ba902b7',
              name: 'S3.PutObject',
              kind: 3,
              startTimeUnixNano: '1767322801000000003',
              endTimeUnixNano: '1767322801500000004',
              attributes: [
                { key: 'rpc.system', value: { stringValue: 'aws-api' } },
                { key: 'rpc.service', value: { stringValue: 'S3' } },
                { key: 'rpc.method', value: { stringValue: 'PutObject' } },
                { key: 'aws.request_id', value: { stringValue: 'REQUEST000000001' } },
              ],
              status: { code: 2, message: 'AccessDenied' },
            },
          ],
        },
      ],
    },
  ],
})
