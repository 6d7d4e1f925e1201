/** Log records for tests, in JSON and in protobuf. */
import type { JsonValue } from '../../../../../../src/common/json'
import { otlpLogs } from '../../../../../../src/engine/formats/otlp'
import { type DrivenMember, driveMember } from '../../../../../support/memberDriver'

export const timeNs = '1767323045123456789'
export const timeUs = 1_767_323_045_123_456n

/** `{a: 1}` as the list of key and value that OTLP writes. */
export function attributes(values: Readonly<Record<string, string | number | boolean>>): JsonValue[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: anyValue(value) }))
}

function anyValue(value: string | number | boolean): JsonValue {
  if (typeof value === 'string') return { stringValue: value }
  if (typeof value === 'boolean') return { boolValue: value }
  return Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value }
}

export const resource = { attributes: attributes({ 'service.name': 'shop', 'service.version': '2.1' }) }

export function request(...records: readonly JsonValue[]): string {
  return JSON.stringify({
    resourceLogs: [{ resource, scopeLogs: [{ scope: { name: 'lib', version: '1.0' }, logRecords: records }] }],
  })
}

export function drive(content: string | Uint8Array): Promise<DrivenMember> {
  return driveMember([otlpLogs], content)
}

/** What a record with these attributes gives. */
export function driveAttributes(
  values: Readonly<Record<string, string | number | boolean>>,
  more: Readonly<Record<string, JsonValue>> = {},
): Promise<DrivenMember> {
  return drive(request({ timeUnixNano: timeNs, attributes: attributes(values), ...more }))
}
