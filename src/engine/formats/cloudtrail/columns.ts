import { isObject, type JsonObject, type JsonValue } from '../../../common/json'
import { objectIn } from '../shared/embeddedJson'
import { parseStruct } from './structText'

/**
 * Records that come by column: CSV of event history and of query engines, rows with lower-case keys, LookupEvents
 * answers without the event's own text. Names are compared without case and punctuation (`Event name`, `eventname`).
 */
const plain = [
  ...['eventVersion', 'eventTime', 'eventSource', 'eventName', 'awsRegion', 'sourceIPAddress', 'userAgent'],
  ...['errorCode', 'errorMessage', 'requestID', 'eventID', 'eventType', 'apiVersion', 'readOnly', 'managementEvent'],
  ...['recipientAccountId', 'sharedEventID', 'vpcEndpointId', 'eventCategory', 'insightDetails'],
]
const nested = [
  ...['userIdentity', 'requestParameters', 'responseElements', 'additionalEventData', 'serviceEventDetails'],
  ...['resources', 'tlsDetails', 'addendum'],
]
const userIdentityKeys = [
  ...['type', 'principalId', 'arn', 'accountId', 'accessKeyId', 'userName', 'invokedBy', 'identityProvider'],
  ...['sessionContext', 'sessionIssuer', 'attributes', 'mfaAuthenticated', 'creationDate', 'webIdFederationData'],
  ...['federatedProvider', 'sourceIdentity', 'onBehalfOf', 'userId', 'identityStoreArn', 'credentialId'],
]

const plainByName = new Map(plain.map((name) => [bare(name), name]))
const nestedByName = new Map(nested.map((name) => [bare(name), name]))
const identityByName = new Map(userIdentityKeys.map((name) => [bare(name), name]))

function bare(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').toLowerCase()
}

/** How many of the names are columns of a record; and whether the operation and one more anchor are among them. */
export function recordColumns(names: readonly string[]): { readonly known: number; readonly usable: boolean } {
  const found = new Set(names.map(bare))
  const known = [...found].filter((name) => plainByName.has(name) || nestedByName.has(name)).length
  const anchor = found.has('eventsource') || found.has('eventid') || found.has('useridentity')
  return { known, usable: found.has('cloudtrailevent') || (found.has('eventname') && anchor) }
}

/** A record put together from columns; undefined where neither an operation nor an id is among them. */
export function fromColumns(columns: Iterable<readonly [string, JsonValue]>): JsonObject | undefined {
  const record = new Map<string, JsonValue>()
  const user = new Map<string, JsonValue>()
  let resource: { readonly type?: JsonValue; readonly name?: JsonValue } = {}
  for (const [column, value] of columns) {
    if (value === '' || value === null || value === '-' || value === 'null') continue
    const name = bare(column)
    if (name === 'cloudtrailevent') {
      const whole = objectIn(value)
      if (whole !== undefined) return whole
    }
    const plainName = plainByName.get(name)
    const nestedName = nestedByName.get(name)
    if (plainName !== undefined) record.set(plainName, value)
    else if (nestedName !== undefined) record.set(nestedName, nestedValue(nestedName, value))
    else if (name === 'username') user.set('userName', value)
    else if (name === 'awsaccesskey' || name === 'accesskeyid') user.set('accessKeyId', value)
    else if (name === 'resourcetype') resource = { ...resource, type: value }
    else if (name === 'resourcename') resource = { ...resource, name: value }
  }
  if (!record.has('userIdentity') && user.size > 0) record.set('userIdentity', Object.fromEntries(user))
  if (!record.has('resources') && resource.name !== undefined)
    record.set('resources', [
      { resourceName: resource.name, ...(resource.type ? { resourceType: resource.type } : {}) },
    ])
  return record.has('eventName') || record.has('eventID') ? Object.fromEntries(record) : undefined
}

function nestedValue(name: string, value: JsonValue): JsonValue {
  const parsed = typeof value === 'string' ? parseText(value) : value
  return name === 'userIdentity' && isObject(parsed) ? canonicalIdentity(parsed, 0) : parsed
}

function parseText(value: string): JsonValue {
  const object = objectIn(value) ?? parseStruct(value)
  if (object !== undefined) return object
  if (!value.trimStart().startsWith('[')) return value
  try {
    const array: JsonValue = JSON.parse(value)
    return array
  } catch {
    return structsIn(value)
  }
}

/** `[{arn=…, accountid=…}, {…}]` as query engines print a list of structs. */
function structsIn(value: string): JsonValue {
  const inner = value.trim().slice(1, -1)
  const parts = inner.split(/(?<=\}), ?(?=\{)/).map((part) => parseStruct(part))
  return parts.every((part) => part !== undefined) ? parts.flatMap((part) => (part === undefined ? [] : [part])) : value
}

/** Query engines lower the case of struct members; the names of `userIdentity` are known, so it can be undone. */
function canonicalIdentity(value: JsonObject, depth: number): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, item]): [string, JsonValue] => [
      identityByName.get(bare(key)) ?? key,
      isObject(item) && depth < 5 ? canonicalIdentity(item, depth + 1) : item,
    ]),
  )
}
