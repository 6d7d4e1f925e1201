/** With a forged session the export of the support portal is called page after page: a bulk read that traces do show. */
import { recordCall } from '../formats/cloudTrail.mjs'
import { exception, recordSpan, scopes } from '../formats/otlp.mjs'
import { podIdentity } from '../life/awsServices.mjs'
import { portalAttributes } from '../life/support.mjs'
import { addQuery, awsAttributes } from '../life/traced.mjs'
import { clock, secondUs } from '../time.mjs'
import { addresses, buckets, people, pods, userAgents } from '../world.mjs'

/** @typedef {import('../scene.mjs').Scene} Scene @typedef {import('../random.mjs').Random} Random */

export const pages = 26
const pageRows = 500
const slowPage = 11
const failedPage = 18
const statementTimeoutUs = 30 * secondUs

/** @param {Scene} scene */
export function addExportIncident(scene) {
  const random = scene.random('export')
  let fromUs = clock('11:08:23.517204')
  for (let page = 1; page <= pages; page++) {
    const endUs = addPage(scene, random, page, fromUs)
    fromUs = endUs + random.int(11, 34) * secondUs + random.int(0, 999_999)
  }
}

/** @param {Scene} scene @param {Random} random @param {number} page @param {number} fromUs @returns {number} its end */
function addPage(scene, random, page, fromUs) {
  const pod = pods.support
  const traceId = random.hex(32)
  const spanId = random.hex(16)
  const failed = page === failedPage
  const requestId = random.uuid()
  const queryEndUs = addQuery(scene, random, {
    traceId,
    parent: spanId,
    pod,
    role: 'support_app',
    query: {
      text: 'select id, name, email, phone, address from customer where id > $1 order by id limit 500',
      table: 'public.customer',
      command: 'SELECT',
      class: 'READ',
      typicalUs: 380_000,
      rows: pageRows,
    },
    fromUs: fromUs + random.around(2_000),
    ...(page === slowPage ? { lastsUs: 9_842_511 } : {}),
    ...(failed
      ? {
          lastsUs: statementTimeoutUs,
          failure: { state: '57014', message: 'canceling statement due to statement timeout' },
        }
      : {}),
  })
  const writtenUs = failed
    ? queryEndUs
    : addUpload(scene, random, { traceId, parent: spanId, page, fromUs: queryEndUs + random.around(9_000) })
  const endUs = writtenUs + random.around(4_000)
  recordSpan(scene, random, {
    pod,
    traceId,
    spanId,
    name: 'POST /customers/export',
    kind: 2,
    scope: scopes.http,
    fromUs,
    toUs: endUs,
    attributes: {
      ...portalAttributes({
        method: 'POST',
        route: '/customers/export',
        status: failed ? 504 : 200,
        agent: people.forged,
        from: addresses.intruder,
        userAgent: 'python-requests/2.31.0',
        requestId,
      }),
      'export.page': page,
      'export.rows': failed ? 0 : pageRows,
    },
    ...(failed
      ? {
          error: 'The export timed out.',
          events: [exception('canceling statement due to statement timeout', queryEndUs, 'QueryCanceled')],
        }
      : {}),
  })
  return endUs
}

/** @param {Scene} scene @param {Random} random @param {{ traceId: string, parent: string, page: number, fromUs: number }} of */
function addUpload(scene, random, { traceId, parent, page, fromUs }) {
  const toUs = fromUs + random.around(64_000)
  const key = `2026/03/17/export-${String(page).padStart(3, '0')}.csv`
  const bytes = random.int(61_000, 68_000)
  const requestId = recordCall(scene, random, {
    timeUs: toUs - 6_000,
    identity: podIdentity('support-portal', toUs),
    service: 's3',
    action: 'PutObject',
    data: true,
    write: true,
    from: addresses.nat,
    userAgent: userAgents.sdkNode,
    parameters: { bucketName: buckets.exports, key },
    resources: [
      { arn: `arn:aws:s3:::${buckets.exports}/${key}`, type: 'AWS::S3::Object' },
      { arn: `arn:aws:s3:::${buckets.exports}`, type: 'AWS::S3::Bucket' },
    ],
    extra: { additionalEventData: { bytesTransferredIn: bytes, bytesTransferredOut: 0 } },
  })
  recordSpan(scene, random, {
    pod: pods.support,
    traceId,
    parent,
    name: 'S3.PutObject',
    kind: 3,
    scope: scopes.aws,
    fromUs,
    toUs,
    attributes: awsAttributes('S3', 'PutObject', requestId, 200),
  })
  return toUs
}
