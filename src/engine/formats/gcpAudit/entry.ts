import { isObject, type JsonObject, list, text } from '../../../common/json'
import { atFolded, getFolded, textFolded } from '../shared/folded'

/** A log entry of Cloud Logging with the audit payload that it carries. */
export interface AuditEntry {
  readonly entry: JsonObject
  readonly payload: JsonObject
  /** `access` entries tell what staff of the provider did; all others what a caller asked an API for. */
  readonly kind: 'call' | 'access'
}

/** Names of the payload: as exported, and as a column of a table that a sink writes. */
const payloadKeys = ['protoPayload', 'protopayload_auditlog'] as const

/** The audit entry that a value is, in any case of its names; undefined for other log entries and other values. */
export function auditEntryOf(value: unknown): AuditEntry | undefined {
  if (!isObject(value)) return undefined
  for (const key of payloadKeys) {
    const payload = getFolded(value, key)
    if (!isObject(payload)) continue
    const type = typeOf(payload)
    if (type !== undefined && !type.endsWith('google.cloud.audit.AuditLog')) return undefined
    return { entry: value, payload, kind: 'call' }
  }
  const payload = getFolded(value, 'jsonPayload')
  if (!isObject(payload)) return undefined
  const told = typeOf(payload)?.endsWith('google.cloud.audit.TransparencyLog') ?? logOf(value) === 'access_transparency'
  return told ? { entry: value, payload, kind: 'access' } : undefined
}

/** 0 to 1 for a value that may be an entry itself. */
export function scoreEntry(value: unknown): number {
  const found = auditEntryOf(value)
  if (found === undefined) return 0
  if (typeOf(found.payload) !== undefined) return 1
  if (logOf(found.entry) !== undefined) return 0.97
  const method = textFolded(found.payload, 'methodName')
  if (method !== undefined && textFolded(found.payload, 'serviceName') !== undefined) return 0.9
  // Excerpts keep little: a method, or what was checked.
  return method !== undefined || list(getFolded(found.payload, 'authorizationInfo')).length > 0 ? 0.6 : 0
}

/** Exporters that may not write `@` in a name replace it. */
export function typeOf(value: unknown): string | undefined {
  return textFolded(value, '@type') ?? textFolded(value, 'at_sign_type') ?? textFolded(value, 'at_type')
}

/** Which audit log the entry is of: `activity`, `data_access`, `system_event`, `policy`, `access_transparency`. */
export function logOf(entry: JsonObject): string | undefined {
  const name = text(getFolded(entry, 'logName'))?.slice(-200)
  return name === undefined ? undefined : /cloudaudit\.googleapis\.com(?:%2F|\/)([a-z_]{1,40})$/i.exec(name)?.[1]
}

/** The project, folder or organisation whose log it is. */
export function tenantOf(entry: JsonObject): string | undefined {
  const project = textFolded(entry, 'resource', 'labels', 'project_id')
  if (project !== undefined) return project
  const name = textFolded(entry, 'logName')?.slice(0, 400)
  return name === undefined
    ? undefined
    : /^(?:projects|organizations|folders|billingAccounts)\/([^/]{1,200})\//.exec(name)?.[1]
}

/** `insert` of `v1.compute.instances.insert`. */
export function lastWord(name: string | undefined): string | undefined {
  return name?.slice(name.lastIndexOf('.') + 1)
}

export function methodOf(payload: JsonObject): string | undefined {
  return textFolded(payload, 'methodName')
}

export function labelOf(entry: JsonObject, name: string): string | undefined {
  return textFolded(entry, 'resource', 'labels', name)
}

/** What was checked, one by one. */
export function checksOf(payload: JsonObject): readonly JsonObject[] {
  return list(atFolded(payload, 'authorizationInfo')).filter((item) => isObject(item))
}
