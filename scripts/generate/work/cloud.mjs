/** Calls of the cloud by services: one span a call, a CloudTrail record for each attempt. */

import { present } from '../base/random.mjs'
import { cloudCalls } from '../catalogue/cloudCalls.mjs'
import { refusalOf } from '../incidents/refusals.mjs'
import { trailRecord } from '../sources/cloudtrail.mjs'
import { account, region } from '../world.mjs'
import { assumedRole } from './identities.mjs'

/** @typedef {import('./request.mjs').Serving} Serving */

/** The sentence that AWS writes on a refusal. @param {unknown} arn @param {string} permission @param {string} resource @param {string} because */
export function notAuthorized(arn, permission, resource, because) {
  const tail = because.startsWith('with ') ? because : `${because} the ${permission} action`
  return `User: ${String(arn)} is not authorized to perform: ${permission} on resource: "${resource}" ${tail}`
}

/** @param {Serving} serving @param {string} name of the call @param {number} fromUs @returns {{ toUs: number, error?: string }} */
export function callCloud(serving, name, fromUs) {
  const { sim, trace, random, pod, service, person, span: above } = serving
  const call = present(cloudCalls[name])
  const { identity } = identityOf(serving, fromUs)
  const fate = sim.ids.fate()
  const span = trace.open({
    name: `${call.sdk}.${call.action}`,
    kind: 3,
    scope: '@opentelemetry/instrumentation-aws-sdk',
    resource: sim.resources.pod(pod),
    fromUs,
    above,
    attributes: {
      'rpc.system': 'aws-api',
      'rpc.service': call.sdk,
      'rpc.method': call.action,
      'cloud.region': region,
      'server.address': `${call.service}.${region}.amazonaws.com`,
    },
  })
  span.fate = fate
  const target = targetOf(call, serving)
  Object.assign(span.attributes, target.spanAttributes)
  const refusal = refusalOf(sim, [`aws/${service.awsRole}/${call.resource}`])
  const attempts = refusal === undefined && random.chance(sim.options.axes.retries) ? 2 : 1
  const facts = {
    what: 'call',
    service: service.name,
    ...(person === undefined ? {} : { person: person.mail }),
    ...serving.facts,
  }
  let toUs = fromUs
  let requestId = ''
  let error
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const throttled = attempt < attempts
    const doneUs = toUs + random.int(400, 1_500) + (throttled ? 4_000 : random.around(call.typicalUs))
    requestId =
      call.service === 's3' || call.service === 'dynamodb'
        ? random.upper(call.service === 's3' ? 16 : 52)
        : random.uuid()
    const failure = throttled
      ? {
          code: call.service === 's3' ? 'SlowDown' : 'ThrottlingException',
          message: 'Please reduce your request rate.',
        }
      : refusal && {
          code: call.service === 's3' ? 'AccessDenied' : 'AccessDeniedException',
          message: notAuthorized(identity.arn, `${call.service}:${call.action}`, target.arn, refusal.because),
        }
    const outcome = throttled
      ? { outcome: 'throttled' }
      : refusal === undefined
        ? {}
        : { outcome: 'denied', ...refusal.facts() }
    error = throttled ? undefined : failure?.code
    const eventId = random.uuid()
    const render = trailRecord({
      ...call,
      identity,
      from: present(
        sim.world.natAddresses[pod.address.charCodeAt(pod.address.length - 1) % sim.world.natAddresses.length],
      ),
      userAgent: service.userAgent,
      parameters: target.parameters,
      ...(target.resources === undefined ? {} : { resources: target.resources }),
      ...(failure === undefined ? {} : { failure }),
      requestId,
      eventId,
    })
    const attemptFacts = attempts === 1 ? {} : { attempt, attempts }
    if (call.audited) {
      trace.audit(sim.cloudtrail, { timeUs: doneUs, render, id: eventId }, span, {
        ...facts,
        ...outcome,
        ...attemptFacts,
      })
    } else trace.notAudited(span, sim.cloudtrail)
    toUs = doneUs + random.int(200, 900) + (throttled ? random.around(60_000) : 0)
  }
  span.toUs = toUs
  // The SDK shows the id of the last attempt.
  const shown = sim.ids.carried(fate, `aws ${call.service}`, requestId)
  if (shown === undefined) span.fate = 'removed'
  else span.attributes['aws.request_id'] = shown
  span.attributes['http.response.status_code'] = error === undefined ? 200 : 403
  if (error === undefined) return { toUs }
  span.error = error
  return { toUs, error }
}

/** @param {Serving} serving @param {number} nowUs */
function identityOf({ sim, pod, service, person }, nowUs) {
  const { axes } = sim.options
  const named = axes.actors === 'person' && person !== undefined
  const session = named ? person.mail : axes.actors === 'shared' ? 'workload' : pod.name
  const { key, sinceUs } = sim.podSession(
    `${service.awsRole} ${session} ${axes.actors === 'shared' ? '' : pod.name}`,
    nowUs,
  )
  return {
    identity: assumedRole(service.awsRole, session, {
      key,
      sinceUs,
      ...(named ? { sourceIdentity: person.mail } : {}),
    }),
  }
}

/** @param {import('../catalogue/cloudCalls.mjs').CloudCall} call @param {Serving} serving */
function targetOf(call, { random, objectId }) {
  const { resource } = call
  switch (call.shape) {
    case 'object': {
      const key = `2026/${String((objectId % 12) + 1).padStart(2, '0')}/${resource === 'shop-web-assets' ? 'image' : 'document'}-${objectId}.${resource === 'shop-web-assets' ? 'webp' : 'pdf'}`
      const arn = `arn:aws:s3:::${resource}/${key}`
      return {
        arn,
        parameters: { bucketName: resource, Host: `${resource}.s3.${region}.amazonaws.com`, key },
        resources: [
          { type: 'AWS::S3::Object', ARN: arn },
          { type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${resource}` },
        ],
        spanAttributes: { 'aws.s3.bucket': resource, 'aws.s3.key': key },
      }
    }
    case 'table': {
      const arn = `arn:aws:dynamodb:${region}:${account}:table/${resource}`
      return {
        arn,
        parameters: { tableName: resource, key: { id: `s-${random.hex(12)}` } },
        resources: [{ type: 'AWS::DynamoDB::Table', ARN: arn }],
        spanAttributes: { 'aws.dynamodb.table_names': [resource] },
      }
    }
    case 'function': {
      const arn = `arn:aws:lambda:${region}:${account}:function:${resource}`
      return {
        arn,
        parameters: { functionName: arn, invocationType: 'RequestResponse' },
        resources: [{ type: 'AWS::Lambda::Function', ARN: arn }],
        spanAttributes: { 'faas.invoked_name': resource },
      }
    }
    case 'secret': {
      const arn = `arn:aws:secretsmanager:${region}:${account}:secret:${resource}-Kp9cVd`
      return { arn, parameters: { secretId: resource }, spanAttributes: {} }
    }
  }
}
