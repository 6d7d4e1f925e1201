/** CloudTrail records and the objects in which the service delivers them (CloudTrail user guide, record contents). */

import { isoSeconds, minuteUs, secondUs } from '../time.mjs'
import { account, monitoringAccount, region, roleArn } from '../world.mjs'

/**
 * @typedef {Record<string, unknown>} Identity value of `userIdentity`
 *
 * @typedef {object} Call
 * @property {number} timeUs completion
 * @property {Identity} identity
 * @property {string} service first label of `eventSource`
 * @property {string} action `eventName`
 * @property {string} from address or service name
 * @property {string} userAgent
 * @property {Record<string, unknown> | null} [parameters]
 * @property {Record<string, unknown> | null} [response]
 * @property {readonly { arn: string, type: string }[]} [resources]
 * @property {string} [errorCode]
 * @property {string} [errorMessage]
 * @property {boolean} [write]
 * @property {boolean} [data] data event of S3
 * @property {string} [requestId]
 * @property {Record<string, unknown>} [extra] further members of the record
 */

/** @param {string} prefix `AIDA`, `AROA` or `ASIA` @param {string} name */
export function exampleId(prefix, name) {
  const body = name
    .toUpperCase()
    .replace(/[^A-Z2-7]/g, '')
    .padEnd(10, 'X')
  return `${prefix}${body.slice(0, prefix === 'ASIA' ? 9 : 10)}EXAMPLE`
}

/** @param {string} name @param {string} key @returns {Identity} */
export function iamUser(name, key) {
  return {
    type: 'IAMUser',
    principalId: exampleId('AIDA', name),
    arn: `arn:aws:iam::${account}:user/${name}`,
    accountId: account,
    accessKeyId: key,
    userName: name,
  }
}

/**
 * @param {string} role
 * @param {string} session
 * @param {{ key: string, sinceUs: number, mfa?: boolean, federatedProvider?: string, ofAccount?: string, path?: string }} options
 * @returns {Identity}
 */
export function assumedRole(
  role,
  session,
  { key, sinceUs, mfa = false, federatedProvider, ofAccount = account, path = '' },
) {
  const principalId = exampleId('AROA', role.replace('AWSReservedSSO_', 'SSO'))
  return {
    type: 'AssumedRole',
    principalId: `${principalId}:${session}`,
    arn: `arn:aws:sts::${ofAccount}:assumed-role/${role}/${session}`,
    accountId: ofAccount,
    accessKeyId: key,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId,
        arn: `arn:aws:iam::${ofAccount}:role/${path}${role}`,
        accountId: ofAccount,
        userName: role,
      },
      ...(federatedProvider === undefined ? {} : { webIdFederationData: { federatedProvider, attributes: {} } }),
      attributes: { creationDate: isoSeconds(sinceUs), mfaAuthenticated: String(mfa) },
    },
  }
}

/** @param {string} name e.g. `autoscaling.amazonaws.com` @returns {Identity} */
export const awsService = (name) => ({ type: 'AWSService', invokedBy: name })

/**
 * @param {import('../scene.mjs').Scene} scene
 * @param {import('../random.mjs').Random} random
 * @param {Call} call
 * @returns {string} the request id, for the span of the same call
 */
export function recordCall(scene, random, call) {
  const requestId = call.requestId ?? (call.service === 's3' ? random.upper(16) : random.uuid())
  const service = typeof call.identity.invokedBy === 'string'
  scene.trail.push({
    timeUs: call.timeUs,
    record: {
      eventVersion: '1.09',
      userIdentity: call.identity,
      eventTime: isoSeconds(call.timeUs),
      eventSource: `${call.service}.amazonaws.com`,
      eventName: call.action,
      awsRegion: call.service === 'iam' ? 'us-east-1' : region,
      sourceIPAddress: call.from,
      userAgent: call.userAgent,
      ...(call.errorCode === undefined ? {} : { errorCode: call.errorCode }),
      ...(call.errorMessage === undefined ? {} : { errorMessage: call.errorMessage }),
      requestParameters: call.parameters ?? null,
      responseElements: call.errorCode === undefined ? (call.response ?? null) : null,
      ...call.extra,
      requestID: requestId,
      eventID: random.uuid(),
      readOnly: call.write !== true,
      ...(call.resources === undefined
        ? {}
        : { resources: call.resources.map(({ arn, type }) => ({ accountId: account, type, ARN: arn })) }),
      eventType: 'AwsApiCall',
      managementEvent: call.data !== true,
      recipientAccountId: account,
      eventCategory: call.data === true ? 'Data' : 'Management',
      ...(service
        ? {}
        : {
            tlsDetails: {
              tlsVersion: 'TLSv1.3',
              cipherSuite: 'TLS_AES_128_GCM_SHA256',
              clientProvidedHostHeader: `${call.service}.${region}.amazonaws.com`,
            },
          }),
    },
  })
  return requestId
}

/**
 * The sentence that AWS writes on a refusal.
 *
 * @param {Identity} identity
 * @param {string} permission
 * @param {string} resource
 * @param {string} [because]
 */
export function notAuthorized(identity, permission, resource, because = 'because no identity-based policy allows') {
  const tail = because.startsWith('with ') ? because : `${because} the ${permission} action`
  return `User: ${identity.arn} is not authorized to perform: ${permission} on resource: ${resource} ${tail}`
}

/** Answer of the `AssumeRole*` calls, without the secret parts. @param {string} role @param {string} session @param {string} key @param {number} timeUs */
export function issuedCredentials(role, session, key, timeUs) {
  return {
    credentials: { accessKeyId: key, expiration: isoSeconds(timeUs + 60 * minuteUs) },
    assumedRoleUser: {
      assumedRoleId: `${exampleId('AROA', role)}:${session}`,
      arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    },
  }
}

/** @param {string} name */
export const roleResource = (name) => [{ arn: roleArn(name), type: 'AWS::IAM::Role' }]

/**
 * Delivered objects: one per half an hour that has calls, written some minutes after its end.
 *
 * @param {import('../scene.mjs').Scene} scene
 * @returns {{ name: string, text: string }[]}
 */
export function trailObjects(scene) {
  const random = scene.random('trail objects')
  const periodUs = 30 * minuteUs
  /** @type {Map<number, Record<string, unknown>[]>} */
  const periods = new Map()
  for (const { timeUs, record } of [...scene.trail].sort((a, b) => a.timeUs - b.timeUs)) {
    const period = Math.floor(timeUs / periodUs)
    const records = periods.get(period)
    if (records === undefined) periods.set(period, [record])
    else records.push(record)
  }
  return [...periods].map(([period, records]) => {
    const stamp = isoSeconds((period + 1) * periodUs + 5 * minuteUs + random.int(0, 59) * secondUs)
    const compact = stamp
      .replaceAll('-', '')
      .replaceAll(':', '')
      .replace(/\d\dZ$/, 'Z')
    const name = `${account}_CloudTrail_${region}_${compact}_${random.upper(16)}.json`
    return { name, text: JSON.stringify({ Records: records }) }
  })
}

/** Monitoring that reads from another account of the organisation. @param {string} key @param {number} sinceUs */
export const monitoringIdentity = (key, sinceUs) =>
  assumedRole('metrics-collector', 'collector', { key, sinceUs, ofAccount: monitoringAccount })
