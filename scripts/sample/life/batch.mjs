/** The report job, every quarter of an hour: a query, a file from S3. Between two changes it is refused both. */
import { notAuthorized, recordCall } from '../formats/cloudTrail.mjs'
import { exception, recordSpan, scopes } from '../formats/otlp.mjs'
import { clock, minuteUs, moments } from '../time.mjs'
import { addresses, buckets, pods, userAgents } from '../world.mjs'
import { podIdentity } from './awsServices.mjs'
import { addQuery, awsAttributes } from './traced.mjs'

/** @typedef {import('../scene.mjs').Scene} Scene @typedef {import('../random.mjs').Random} Random */

/** @param {Scene} scene */
export function addReports(scene) {
  const random = scene.random('report job')
  for (const fromUs of moments(random, { everyUs: 15 * minuteUs })) addReport(scene, random, fromUs)
}

/** @param {Scene} scene @param {Random} random @param {number} fromUs */
function addReport(scene, random, fromUs) {
  const pod = pods.batch
  const traceId = random.hex(32)
  const spanId = random.hex(16)
  const queryRefused = fromUs > clock('08:52:11') && fromUs < clock('09:35:00')
  const fileRefused = fromUs > clock('08:40:30') && fromUs < clock('09:32:30')
  const ordersEndUs = addQuery(scene, random, {
    traceId,
    parent: spanId,
    pod,
    query: {
      text: 'select region, sum(total) from orders group by region',
      table: 'public.orders',
      command: 'SELECT',
      class: 'READ',
      typicalUs: 260_000,
      rows: 14,
    },
    fromUs: fromUs + random.around(40_000),
    role: 'report_ro',
    comment: '',
  })
  const queryEndUs = addQuery(scene, random, {
    traceId,
    parent: spanId,
    pod,
    query: {
      text: 'select region, count(*) from customer group by region',
      table: 'public.customer',
      command: 'SELECT',
      class: 'READ',
      typicalUs: queryRefused ? 3_000 : 210_000,
      rows: 14,
    },
    fromUs: ordersEndUs + random.around(2_000),
    role: 'report_ro',
    ...(queryRefused ? { failure: { state: '42501', message: 'permission denied for table customer' } } : {}),
  })
  const fileFromUs = queryEndUs + random.around(3_000)
  const fileEndUs = addTemplate(scene, random, { traceId, parent: spanId, fromUs: fileFromUs, refused: fileRefused })
  const failed = queryRefused || fileRefused
  recordSpan(scene, random, {
    pod,
    traceId,
    spanId,
    name: 'job regional-report',
    kind: 1,
    scope: scopes.jobs,
    fromUs,
    toUs: fileEndUs + random.around(5_000),
    attributes: { 'job.name': 'regional-report', 'job.attempt': 1 },
    ...(failed ? { error: 'The report could not be built.' } : {}),
  })
}

/** @param {Scene} scene @param {Random} random @param {{ traceId: string, parent: string, fromUs: number, refused: boolean }} of */
function addTemplate(scene, random, { traceId, parent, fromUs, refused }) {
  const toUs = fromUs + random.around(38_000)
  const identity = podIdentity('batch-runner', toUs)
  const key = 'templates/regional-report.xlsx'
  const arn = `arn:aws:s3:::${buckets.reports}/${key}`
  const message = notAuthorized(identity, 's3:GetObject', arn)
  const requestId = recordCall(scene, random, {
    timeUs: toUs - 5_000,
    identity,
    service: 's3',
    action: 'GetObject',
    data: true,
    from: addresses.nat,
    userAgent: userAgents.sdkNode,
    parameters: { bucketName: buckets.reports, key },
    resources: [
      { arn, type: 'AWS::S3::Object' },
      { arn: `arn:aws:s3:::${buckets.reports}`, type: 'AWS::S3::Bucket' },
    ],
    ...(refused ? { errorCode: 'AccessDenied', errorMessage: message } : {}),
  })
  recordSpan(scene, random, {
    pod: pods.batch,
    traceId,
    parent,
    name: 'S3.GetObject',
    kind: 3,
    scope: scopes.aws,
    fromUs,
    toUs,
    attributes: awsAttributes('S3', 'GetObject', requestId, refused ? 403 : 200),
    ...(refused ? { error: 'AccessDenied', events: [exception(message, toUs - 1_000, 'AccessDenied')] } : {}),
  })
  return toUs
}
