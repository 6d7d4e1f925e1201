/** Events of Okta's system log. */
import { isoZulu } from '../base/time.mjs'

/**
 * @typedef {object} OktaEvent
 * @property {string} uuid
 * @property {string} eventType
 * @property {string} message
 * @property {{ id: string, mail: string, name: string, type?: string }} actor
 * @property {{ address: string, userAgent: string }} client
 * @property {{ result: string, reason?: string }} outcome
 * @property {string} requestId
 * @property {string} requestUri
 * @property {string} [session]
 * @property {string} [credential]
 * @property {readonly { id: string, type: string, alternateId: string, displayName: string }[]} [target]
 * @property {'INFO' | 'WARN'} [severity]
 */

/** @param {OktaEvent} event @param {import('../base/clock.mjs').Clock} clock @returns {(shownUs: number) => string} */
export function oktaEvent(event, clock) {
  const { actor, client, outcome } = event
  return (shownUs) =>
    JSON.stringify({
      actor: {
        id: actor.id,
        type: actor.type ?? 'User',
        alternateId: actor.mail,
        displayName: actor.name,
        detailEntry: null,
      },
      client: {
        userAgent: { rawUserAgent: client.userAgent, os: 'Unknown', browser: 'UNKNOWN' },
        zone: 'null',
        device: 'Computer',
        id: null,
        ipAddress: client.address,
        geographicalContext: null,
      },
      device: null,
      authenticationContext: {
        authenticationProvider: null,
        credentialProvider: event.credential === undefined ? null : 'OKTA_CREDENTIAL_PROVIDER',
        credentialType: event.credential ?? null,
        issuer: null,
        interface: null,
        authenticationStep: 0,
        externalSessionId: event.session ?? 'unknown',
      },
      displayMessage: event.message,
      eventType: event.eventType,
      outcome: { result: outcome.result, reason: outcome.reason ?? null },
      published: isoZulu(shownUs, clock.precision),
      securityContext: { asNumber: null, asOrg: null, isp: null, domain: null, isProxy: false },
      severity: event.severity ?? 'INFO',
      debugContext: {
        debugData: {
          requestId: event.requestId,
          requestUri: event.requestUri,
          threatSuspected: 'false',
          url: `${event.requestUri}?`,
        },
      },
      legacyEventType: null,
      transaction: { type: 'WEB', id: event.requestId, detail: {} },
      uuid: event.uuid,
      version: '0',
      request: {
        ipChain: [
          {
            ip: client.address,
            geographicalContext: null,
            version: client.address.includes(':') ? 'V6' : 'V4',
            source: null,
          },
        ],
      },
      target: event.target?.map((item) => ({ ...item, detailEntry: null })) ?? null,
    })
}
