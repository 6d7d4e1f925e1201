/** Metrics for tests. */
import type { JsonValue } from '../../../../../../src/common/json'
import { otlpMetrics } from '../../../../../../src/engine/formats/otlp'
import { type DrivenMember, driveMember } from '../../../../../support/memberDriver'

export const timeNs = '1767323045123456789'
export const startNs = '1767320000000000000'
export const traceId = '5b8efff798038103d269b633813fc60c'
export const spanId = 'eee19b7ec3c1b174'
export const attributes = [{ key: 'route', value: { stringValue: '/pay' } }]
export const point = { attributes, startTimeUnixNano: startNs, timeUnixNano: timeNs }
export const exemplar = {
  timeUnixNano: '1767323045000000001',
  asDouble: 0.25,
  traceId: traceId.toUpperCase(),
  spanId,
  filteredAttributes: [{ key: 'user.id', value: { stringValue: 'u-7' } }],
}
export const resource = { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] }

/** Metrics in JSON or protobuf through detection and framing. */
export const drive = (content: string | Uint8Array): Promise<DrivenMember> => driveMember([otlpMetrics], content)
export const request = (...metrics: readonly JsonValue[]): string =>
  JSON.stringify({
    resourceMetrics: [{ resource, scopeMetrics: [{ scope: { name: 'lib', version: '1.0' }, metrics }] }],
  })
