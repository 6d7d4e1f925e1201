/** CloudTrail objects: gzip, `{"Records":[…]}`, one for each five minutes that have calls, records in no strict order. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { compactMinute, isoZulu, minuteUs, secondUs } from '../base/time.mjs'
import { account, region } from '../world.mjs'
import { auditSource } from './auditSource.mjs'

/**
 * @typedef {object} Call
 * @property {Record<string, unknown>} identity
 * @property {string} service first label of the event source
 * @property {string} action
 * @property {string} from address, or name of a service
 * @property {string} userAgent
 * @property {Record<string, unknown> | null} [parameters]
 * @property {Record<string, unknown> | null} [response]
 * @property {readonly { type: string, ARN: string }[]} [resources]
 * @property {{ code: string, message: string }} [failure]
 * @property {boolean} [write]
 * @property {boolean} [data]
 * @property {string} requestId
 * @property {string} eventId
 */

const periodUs = 5 * minuteUs
const maxRecords = 4_000

/** @param {import('../simulation.mjs').Simulation} sim @param {import('../base/clock.mjs').Clock} clock */
export function cloudtrailSource(sim, clock) {
  const random = sim.random('trail objects')
  /** @type {{ order: number, text: string, id: string | undefined, facts: import('./auditSource.mjs').Facts }[]} */
  let batch = []
  let period = 0
  const deliver = () => {
    if (batch.length === 0) return
    const stamp = compactMinute((period + 1) * periodUs + random.int(1, 8) * minuteUs)
    const day = `${stamp.slice(0, 4)}/${stamp.slice(4, 6)}/${stamp.slice(6, 8)}`
    const object = `${account}_CloudTrail_${region}_${stamp}_${random.mixed(16)}.json.gz`
    const file = `cloudtrail/AWSLogs/${account}/CloudTrail/${region}/${day}/${object}`
    batch.sort((a, b) => a.order - b.order)
    mkdirSync(dirname(join(sim.out, file)), { recursive: true })
    writeFileSync(join(sim.out, file), gzipSync(`{"Records":[${batch.map(({ text }) => text).join(',')}]}`))
    for (const [index, { id, facts }] of batch.entries())
      sim.truth.event('cloudtrail', id, { file, record: index }, facts)
    sim.truth.file(file, batch.length)
    batch = []
  }
  return auditSource({
    name: 'cloudtrail',
    clock,
    sim,
    passed: (shownUs) => {
      const next = Math.floor(shownUs / periodUs)
      if (next !== period || batch.length >= maxRecords) deliver()
      period = next
    },
    // Delivery mixes what came within half a minute.
    write: (text, shownUs, { id, facts }) => {
      batch.push({ order: shownUs + random.next() * 30 * secondUs, text, id, facts })
    },
    close: deliver,
  })
}

/** @param {Call} call @returns {(shownUs: number) => string} */
export function trailRecord(call) {
  const byService = call.identity.type === 'AWSService'
  return (shownUs) =>
    JSON.stringify({
      eventVersion: '1.11',
      userIdentity: call.identity,
      eventTime: isoZulu(shownUs, 's'),
      eventSource: `${call.service}.amazonaws.com`,
      eventName: call.action,
      awsRegion: call.service === 'iam' ? 'us-east-1' : region,
      sourceIPAddress: call.from,
      userAgent: call.userAgent,
      ...(call.failure === undefined ? {} : { errorCode: call.failure.code, errorMessage: call.failure.message }),
      requestParameters: call.parameters ?? null,
      responseElements: call.failure === undefined ? (call.response ?? null) : null,
      ...(call.data === true
        ? { additionalEventData: { SignatureVersion: 'SigV4', CipherSuite: 'TLS_AES_128_GCM_SHA256' } }
        : {}),
      requestID: call.requestId,
      eventID: call.eventId,
      readOnly: call.write !== true,
      ...(call.resources === undefined
        ? {}
        : { resources: call.resources.map((item) => ({ accountId: account, ...item })) }),
      eventType: 'AwsApiCall',
      managementEvent: call.data !== true,
      recipientAccountId: account,
      eventCategory: call.data === true ? 'Data' : 'Management',
      ...(byService
        ? {}
        : {
            tlsDetails: {
              tlsVersion: 'TLSv1.3',
              cipherSuite: 'TLS_AES_128_GCM_SHA256',
              clientProvidedHostHeader: `${call.service}.${region}.amazonaws.com`,
            },
          }),
    })
}
