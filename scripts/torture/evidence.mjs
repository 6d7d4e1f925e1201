/**
 * A folder of exports that takes every way through the import: small files that are committed together, one that is
 * written as it comes, compressed ones, spans with events, equal records in two files, lines that are no records.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

/** @param {number} index */
function call(index) {
  return {
    eventVersion: '1.08',
    eventTime: new Date(Date.UTC(2026, 0, 2, 3, 0, 0) + index * 700).toISOString().replace(/\.\d+Z$/, 'Z'),
    eventSource: 's3.amazonaws.com',
    eventName: ['GetObject', 'PutObject', 'ListObjects', 'DeleteObject'][index % 4],
    awsRegion: 'eu-central-1',
    sourceIPAddress: `192.0.2.${index % 250}`,
    userAgent: `tool/${index % 9}`,
    requestParameters: { bucketName: `bucket-${index % 40}`, key: `path/${index % 1999}.bin` },
    requestID: `REQUEST${String(index).padStart(9, '0')}`,
    eventID: `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
    eventType: 'AwsApiCall',
    recipientAccountId: '111122223333',
    userIdentity: { type: 'IAMUser', arn: `arn:aws:iam::111122223333:user/u${index % 30}`, userName: `u${index % 30}` },
    ...(index % 11 === 0 ? { errorCode: 'AccessDenied', errorMessage: 'no' } : {}),
  }
}

/** @param {number} from @param {number} count */
function calls(from, count) {
  return Array.from({ length: count }, (_, index) => call(from + index))
}

/** @param {object[]} items */
function lines(items) {
  return items.map((item) => `${JSON.stringify(item)}\n`).join('')
}

/** @param {number} index */
function audit(index) {
  return {
    kind: 'Event',
    apiVersion: 'audit.k8s.io/v1',
    level: 'Metadata',
    auditID: `11111111-2222-4333-8444-${String(index).padStart(12, '0')}`,
    stage: 'ResponseComplete',
    requestURI: `/api/v1/namespaces/shop/secrets/s${index % 70}`,
    verb: 'get',
    user: { username: `system:serviceaccount:shop:web${index % 5}`, groups: ['system:authenticated'] },
    sourceIPs: ['192.0.2.9'],
    userAgent: 'kubectl/v1.30.0',
    objectRef: { resource: 'secrets', namespace: 'shop', name: `s${index % 70}`, apiVersion: 'v1' },
    responseStatus: { metadata: {}, code: index % 13 === 0 ? 403 : 200 },
    requestReceivedTimestamp: `2026-01-02T03:${String(index % 60).padStart(2, '0')}:02.123456Z`,
    stageTimestamp: `2026-01-02T03:${String(index % 60).padStart(2, '0')}:02.130000Z`,
  }
}

/** @param {number} index */
function span(index) {
  const start = 1_767_322_800_000_000_000n + BigInt(index) * 700_000_000n
  return {
    traceId: (index + 1).toString(16).padStart(32, '0'),
    spanId: (index + 1).toString(16).padStart(16, '0'),
    name: 'S3.GetObject',
    kind: 3,
    startTimeUnixNano: String(start),
    endTimeUnixNano: String(start + 5_000_000n),
    attributes: [
      { key: 'rpc.system', value: { stringValue: 'aws-api' } },
      { key: 'aws.request_id', value: { stringValue: `REQUEST${String(index).padStart(9, '0')}` } },
    ],
    events: [{ timeUnixNano: String(start + 1_000n), name: 'sent' }],
    status: {},
  }
}

/** @param {number} count */
function trace(count) {
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'web' } }] }
  const spans = Array.from({ length: count }, (_, index) => span(index))
  return JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 't' }, spans }] }] })
}

/**
 * Writes the files to `folder`; `size` 1 is for the long run, a fraction for a short one.
 * @param {string} folder
 * @param {number} size
 */
export function writeEvidence(folder, size) {
  /** @param {number} count */
  const of = (count) => Math.max(5, Math.round(count * size))
  mkdirSync(join(folder, 'trail'), { recursive: true })
  for (let file = 0; file < 8; file++)
    writeFileSync(join(folder, 'trail', `${file}.json`), JSON.stringify({ Records: calls(file * 1_000, of(1_000)) }))
  writeFileSync(join(folder, 'trail', '8.json.gz'), gzipSync(JSON.stringify({ Records: calls(8_000, of(4_000)) })))
  // Overlaps with the first files, and has lines that are no records.
  writeFileSync(
    join(folder, 'lake.jsonl'),
    `${lines(calls(0, of(1_500)))}no record\n{"broken":\n${lines(calls(20_000, 5))}`,
  )
  writeFileSync(join(folder, 'large.jsonl'), lines(calls(100_000, of(50_000))))
  writeFileSync(join(folder, 'cluster.jsonl'), lines(Array.from({ length: of(6_000) }, (_, index) => audit(index))))
  writeFileSync(join(folder, 'otlp.json'), trace(of(4_000)))
  writeFileSync(join(folder, 'readme.txt'), 'this is no export\n')
}
