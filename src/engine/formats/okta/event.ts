import { type JsonObject, type JsonValue, list, text } from '../../../common/json'
import type { WallClock } from '../../../common/time'
import type { AccessEventRow } from '../../db/rows'
import { readOnlyOfActivity } from '../shared/activity'
import { canonicalIp } from '../shared/address'
import { instantOf } from '../shared/epoch'
import { atFolded, getFolded, textFolded } from '../shared/folded'
import { agentColumns, idPairs, numberIn, timeColumns, truth } from '../shared/rowParts'
import { activityOf, classOf } from './classify'
import { identityColumns } from './identity'
import { outcomeColumns } from './outcome'
import { policyColumns, targetColumns } from './target'
import { known } from './words'

/** One event as one row. Every field may be missing, of the wrong type or hostile. */
export function mapEvent(event: JsonObject, wallClock: WallClock): AccessEventRow {
  const action = text(getFolded(event, 'eventType'))
  const debug = atFolded(event, 'debugContext', 'debugData')
  const eventClass = classOf(action ?? '')
  const activity = activityOf(action ?? '')
  const outcome = outcomeColumns(event, action ?? '', eventClass)
  return {
    source: 'okta',
    source_event_id: text(getFolded(event, 'uuid')),
    ...timeColumns(instantOf(getFolded(event, 'published'), wallClock), 'logged'),
    class: eventClass,
    activity,
    action,
    read_only: readOnlyOfActivity(activity),
    ...outcome,
    ...policyColumns(event, eventClass),
    ...identityColumns(event, action ?? '', outcome.outcome),
    ...placeColumns(event),
    ...agentColumns(userAgent(event)),
    ...targetColumns(event, action ?? ''),
    request_id: textFolded(debug, 'requestId') ?? textFolded(event, 'transaction', 'id'),
    correlation_ids: correlationIds(event, debug),
    http_path: textFolded(debug, 'requestUri'),
  }
}

function correlationIds(event: JsonObject, debug: JsonValue | undefined): AccessEventRow['correlation_ids'] {
  return idPairs([
    ['okta_transaction', textFolded(event, 'transaction', 'id')],
    ['okta_authn_request', textFolded(debug, 'authnRequestId')],
    ['okta_trace', textFolded(debug, 'traceId')],
    ['okta_dt_hash', textFolded(debug, 'dtHash')],
    ['okta_device_fingerprint', textFolded(debug, 'deviceFingerprint')],
    ['okta_device', textFolded(event, 'device', 'id')],
  ])
}

function userAgent(event: JsonObject): string | undefined {
  return known(textFolded(event, 'client', 'userAgent', 'rawUserAgent'))
}

/** The chain begins with the client; the address of the client itself may be missing or the word `null`. */
function placeColumns(event: JsonObject): Partial<AccessEventRow> {
  const chain = list(atFolded(event, 'request', 'ipChain')).flatMap((hop) => textFolded(hop, 'ip') ?? [])
  const security = getFolded(event, 'securityContext')
  const client = getFolded(event, 'client')
  const stated = textFolded(client, 'ipAddress')
  const ip = (stated === undefined ? undefined : canonicalIp(stated)) ?? canonicalIp(chain[0] ?? '')
  const place =
    getFolded(client, 'geographicalContext') ?? atFolded(event, 'request', 'ipChain', '0', 'geographicalContext')
  return {
    src_ip: ip,
    src_host: known(textFolded(security, 'domain')),
    ip_chain: chain.length === 0 ? undefined : chain.map((hop) => canonicalIp(hop) ?? hop),
    src_country: textFolded(place, 'country'),
    src_city: textFolded(place, 'city'),
    src_lat: numberIn(atFolded(place, 'geolocation', 'lat'), -90, 90),
    src_lon: numberIn(atFolded(place, 'geolocation', 'lon'), -180, 180),
    src_asn: textFolded(security, 'asNumber'),
    src_as_org: known(textFolded(security, 'asOrg') ?? textFolded(security, 'isp')),
    src_is_proxy: truth(getFolded(security, 'isProxy')),
  }
}
