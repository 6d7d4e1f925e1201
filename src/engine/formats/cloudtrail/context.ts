import { at, get, isObject, type JsonObject, list, text, textAt } from '../../../common/json'
import type { AccessEventRow } from '../../db/rows'
import { reasonKeyKind, ticketsIn } from '../shared/tickets'
import { objectField, parameters } from './parameters'

const MAX_IDS = 100

/** Ids that lead to other records. `requestID` is not unique: both accounts of a call, and services, share it. */
export function idColumns(record: JsonObject): Pick<AccessEventRow, 'request_id' | 'correlation_ids'> {
  const ids: { kind: string; value: string }[] = []
  const add = (kind: string, value: unknown) => {
    const id = text(value)
    if (id !== undefined && ids.length < MAX_IDS) ids.push({ kind, value: id })
  }
  add('aws_shared_event', get(record, 'sharedEventID'))
  add('aws_extended', get(objectField(record, 'additionalEventData'), 'x-amz-id-2'))
  add('vpc_endpoint', get(record, 'vpcEndpointId'))
  add('addendum_request', at(record, 'addendum', 'originalRequestID'))
  add('addendum_event', at(record, 'addendum', 'originalEventID'))
  // Only the id: the pair is what ties a role session to the call that made it.
  const issued = at(objectField(record, 'responseElements'), 'credentials', 'accessKeyId')
  if (text(get(record, 'errorCode')) === undefined) add('aws_issued_key', issued)
  for (const [key, value] of Object.entries(objectField(record, 'serviceEventDetails') ?? {}))
    if (!isObject(value) && !Array.isArray(value)) add(`aws_service_event.${key.slice(0, 100)}`, value)
  return { request_id: text(get(record, 'requestID')), correlation_ids: ids.length === 0 ? undefined : ids }
}

/** Why it was done, as far as anybody said so: a stated reason, a comment, a session tag; and ticket ids. */
export function reasonColumns(record: JsonObject): Pick<AccessEventRow, 'reason' | 'reason_field' | 'ticket_ids'> {
  const params = parameters(record)
  const tickets: string[] = []
  let reason: { readonly text: string; readonly field: string } | undefined
  for (const field of ['reason', 'comment']) {
    const value = textAt(params, field)
    if (value === undefined) continue
    reason ??= { text: value, field: `requestParameters.${field}` }
    tickets.push(...ticketsIn(value))
  }
  for (const tag of list(get(params, 'tags'))) {
    const key = textAt(tag, 'key') ?? textAt(tag, 'Key')
    const value = textAt(tag, 'value') ?? textAt(tag, 'Value')
    const kind = key === undefined ? undefined : reasonKeyKind(key)
    if (key === undefined || value === undefined || kind === undefined) continue
    reason ??= { text: value, field: `requestParameters.tags.${key}` }
    if (kind === 'ticket') tickets.push(value)
    else tickets.push(...ticketsIn(value))
  }
  return {
    reason: reason?.text,
    reason_field: reason?.field,
    ticket_ids: tickets.length === 0 ? undefined : [...new Set(tickets)],
  }
}

/** Bytes that S3 says it moved. */
export function byteColumns(record: JsonObject): Pick<AccessEventRow, 'bytes_in' | 'bytes_out'> {
  const data = objectField(record, 'additionalEventData')
  return {
    bytes_in: count(get(data, 'bytesTransferredIn')),
    bytes_out: count(get(data, 'bytesTransferredOut')),
  }
}

function count(value: unknown): bigint | undefined {
  const number = typeof value === 'string' ? Number(value) : value
  return typeof number === 'number' && Number.isSafeInteger(Math.trunc(number)) && number >= 0
    ? BigInt(Math.trunc(number))
    : undefined
}
