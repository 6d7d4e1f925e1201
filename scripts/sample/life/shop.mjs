/** Customers in the shop: web-frontend, orders-api, PostgreSQL, and now and then S3 or KMS; every request is traced. */
import { recordCall } from '../formats/cloudTrail.mjs'
import { recordSpan, scopes } from '../formats/otlp.mjs'
import { moments, secondUs } from '../time.mjs'
import { addresses, buckets, dataKey, pods, userAgents } from '../world.mjs'
import { podIdentity } from './awsServices.mjs'
import { routes } from './routes.mjs'
import { addQuery, awsAttributes } from './traced.mjs'

/** @typedef {import('../scene.mjs').Scene} Scene @typedef {import('../random.mjs').Random} Random */

/** @param {Scene} scene */
export function addShop(scene) {
  const random = scene.random('shop')
  for (const timeUs of moments(random, { everyUs: 150 * secondUs })) addRequest(scene, random, timeUs)
  const checks = scene.random('health checks')
  for (const fromUs of moments(checks, { everyUs: 75 * secondUs })) {
    const pod = checks.pick([pods.web1, pods.web2, pods.orders1, pods.orders2])
    recordSpan(scene, checks, {
      pod,
      name: 'GET /healthz',
      kind: 2,
      scope: scopes.http,
      fromUs,
      toUs: fromUs + checks.around(900),
      attributes: {
        'http.request.method': 'GET',
        'url.path': '/healthz',
        'http.route': '/healthz',
        'http.response.status_code': 200,
        'client.address': '10.20.1.200',
        'user_agent.original': 'ELB-HealthChecker/2.0',
      },
    })
  }
}

/** @param {Scene} scene @param {Random} random @param {number} fromUs */
function addRequest(scene, random, fromUs) {
  const { method, route, path, queries, cloud } = random.weighted(routes)
  const web = random.pick([pods.web1, pods.web2])
  const api = random.pick([pods.orders1, pods.orders2])
  const customer = random.int(1, 18_240)
  // A page that shows nothing is an ordinary failure: the order belongs to nobody.
  const missing = route === '/orders/:id' && random.chance(0.12)
  const status = missing ? 404 : method === 'POST' ? 201 : 200
  const traceId = random.hex(32)
  const ids = { front: random.hex(16), call: random.hex(16), back: random.hex(16) }
  const requestId = random.uuid()
  let atUs = fromUs + random.around(2_600)
  const backUs = atUs
  atUs += random.around(700)
  for (const one of missing ? queries.slice(0, 1) : queries) {
    atUs =
      addQuery(scene, random, {
        traceId,
        parent: ids.back,
        pod: api,
        query: { ...one, rows: missing ? 0 : one.rows },
        fromUs: atUs,
      }) + random.around(400)
  }
  if (cloud !== undefined && !missing)
    atUs = addCloudCall(scene, random, { traceId, parent: ids.back, pod: api, cloud, fromUs: atUs })
  const backEndUs = atUs + random.around(600)
  const target = path(random)
  const served = {
    'http.request.method': method,
    'url.path': target.split('?')[0] ?? target,
    'http.route': route,
    'http.response.status_code': status,
  }
  recordSpan(scene, random, {
    pod: api,
    traceId,
    spanId: ids.back,
    parent: ids.call,
    name: `${method} ${route}`,
    kind: 2,
    scope: scopes.http,
    fromUs: backUs,
    toUs: backEndUs,
    attributes: { ...served, 'network.peer.address': web.address, 'enduser.id': `customer-${customer}` },
  })
  recordSpan(scene, random, {
    pod: web,
    traceId,
    spanId: ids.call,
    parent: ids.front,
    name: method,
    kind: 3,
    scope: scopes.http,
    fromUs: backUs - 900,
    toUs: backEndUs + 700,
    attributes: {
      'http.request.method': method,
      'server.address': 'orders-api.shop.svc',
      'server.port': 8080,
      'url.full': `http://orders-api.shop.svc:8080${target}`,
      'http.response.status_code': status,
    },
  })
  recordSpan(scene, random, {
    pod: web,
    traceId,
    parent: ids.front,
    name: 'middleware session',
    kind: 1,
    scope: 'web-frontend',
    fromUs: fromUs + 180,
    toUs: backUs - 1_000,
    attributes: { 'session.store': 'cookie' },
  })
  recordSpan(scene, random, {
    pod: web,
    traceId,
    spanId: ids.front,
    name: `${method} ${route}`,
    kind: 2,
    scope: scopes.http,
    fromUs,
    toUs: backEndUs + random.around(1_900),
    attributes: {
      ...served,
      'client.address': random.chance(0.2) ? `2001:db8:77::${random.hex(3)}` : `198.51.100.${random.int(100, 220)}`,
      'user_agent.original': random.pick([
        userAgents.console,
        'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X)',
        'ShopApp/4.2 Android/14',
      ]),
      'enduser.id': `customer-${customer}`,
      'http.request.header.x-request-id': [requestId],
    },
  })
}

/** @param {Scene} scene @param {Random} random @param {{ traceId: string, parent: string, pod: import('../world.mjs').Pod, cloud: 'invoice' | 'decrypt', fromUs: number }} of */
function addCloudCall(scene, random, { traceId, parent, pod, cloud, fromUs }) {
  const toUs = fromUs + random.around(31_000)
  const shared = {
    timeUs: toUs - 4_000,
    identity: podIdentity('orders-api', toUs),
    from: addresses.nat,
    userAgent: userAgents.sdkNode,
  }
  const key = `2026/03/17/invoice-${random.int(500_000, 599_999)}.pdf`
  const requestId =
    cloud === 'invoice'
      ? recordCall(scene, random, {
          ...shared,
          service: 's3',
          action: 'PutObject',
          data: true,
          write: true,
          parameters: { bucketName: buckets.invoices, key },
          resources: [
            { arn: `arn:aws:s3:::${buckets.invoices}/${key}`, type: 'AWS::S3::Object' },
            { arn: `arn:aws:s3:::${buckets.invoices}`, type: 'AWS::S3::Bucket' },
          ],
          extra: { additionalEventData: { bytesTransferredIn: random.int(18_000, 42_000), bytesTransferredOut: 0 } },
        })
      : recordCall(scene, random, {
          ...shared,
          service: 'kms',
          action: 'Decrypt',
          parameters: { encryptionAlgorithm: 'SYMMETRIC_DEFAULT', encryptionContext: { purpose: 'customer-profile' } },
          resources: [{ arn: dataKey, type: 'AWS::KMS::Key' }],
        })
  recordSpan(scene, random, {
    pod,
    traceId,
    parent,
    name: cloud === 'invoice' ? 'S3.PutObject' : 'KMS.Decrypt',
    kind: 3,
    scope: scopes.aws,
    fromUs,
    toUs,
    attributes: awsAttributes(
      cloud === 'invoice' ? 'S3' : 'KMS',
      cloud === 'invoice' ? 'PutObject' : 'Decrypt',
      requestId,
      200,
    ),
  })
  return toUs
}
