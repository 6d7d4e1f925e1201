/** Lines of the gateway's access log: NGINX's JSON, or the combined format, which has no place for an id. */
import { commonLogTime, isoTime, secondUs } from '../base/time.mjs'

/**
 * @typedef {object} Access
 * @property {string} address
 * @property {string} user empty where nobody is named
 * @property {string} method
 * @property {string} uri
 * @property {number} status
 * @property {number} bytes
 * @property {number} durationUs
 * @property {string} userAgent
 * @property {string} referer
 * @property {string} [requestId]
 * @property {string} upstream
 */

/** @param {Access} access @param {'json' | 'combined'} format @param {import('../base/clock.mjs').Clock} clock @returns {(shownUs: number) => string} */
export function accessLine(access, format, clock) {
  const request = `${access.method} ${access.uri} HTTP/1.1`
  if (format === 'combined') {
    const user = access.user === '' ? '-' : access.user
    return (shownUs) =>
      `${access.address} - ${user} [${commonLogTime(shownUs)}] "${request}" ${access.status} ${access.bytes} "${access.referer}" "${access.userAgent}"`
  }
  return (shownUs) =>
    JSON.stringify({
      time_iso8601: `${isoTime(shownUs, clock.precision)}+00:00`,
      remote_addr: access.address,
      remote_user: access.user,
      request,
      request_method: access.method,
      status: String(access.status),
      body_bytes_sent: String(access.bytes),
      request_time: (access.durationUs / secondUs).toFixed(3),
      http_referer: access.referer,
      http_user_agent: access.userAgent,
      host: 'shop.example.com',
      ...(access.requestId === undefined ? {} : { request_id: access.requestId }),
      upstream_addr: access.upstream,
      upstream_response_time: ((access.durationUs * 0.97) / secondUs).toFixed(3),
    })
}
