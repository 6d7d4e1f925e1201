/** Puts what a rule found into its column, by the kind of the column. What does not fit is left out and told. */

import { columnKinds, type MappedColumn } from '../../../contract/mappingFile'
import { outcomes } from '../../../contract/shared'
import type { AccessEventRow, Activity, ActorType, EventClass } from '../../db/rows'
import { canonicalIp, splitHostPort } from '../shared/address'
import { httpStatus } from '../shared/outcome'
import { type EpochUnit, parseEpoch } from './epoch'
import { plainText } from './place'
import type { Found } from './rule'

export type TextColumn = {
  [K in MappedColumn]: (typeof columnKinds)[K] extends 'text' ? K : never
}[MappedColumn]

const classes: readonly EventClass[] = [
  ...(['authn', 'session', 'api', 'data', 'query', 'iam', 'policy', 'config', 'network', 'other'] as const),
]
const activities: readonly Activity[] = [
  ...(['create', 'read', 'list', 'update', 'delete', 'execute', 'login', 'logout'] as const),
  ...(['assume', 'grant', 'revoke', 'connect', 'other'] as const),
]
const actorTypes: readonly ActorType[] = [
  ...(['user', 'service_account', 'role', 'root', 'app', 'bot', 'db_user', 'system', 'anonymous', 'unknown'] as const),
]
const policyEffects = ['allow', 'explicit_deny', 'implicit_deny', 'quota'] as const

export function isTextColumn(name: MappedColumn): name is TextColumn {
  return columnKinds[name] === 'text'
}

function oneOf<T extends string>(words: readonly T[], text: string): T | undefined {
  const lower = text.toLowerCase()
  return words.find((word) => word === lower)
}

const yes = new Set(['true', 'yes', 'y', '1', 'on'])
const no = new Set(['false', 'no', 'n', '0', 'off'])

function booleanOf(text: string): boolean | undefined {
  const lower = text.toLowerCase()
  return yes.has(lower) ? true : no.has(lower) ? false : undefined
}

function wholeNumber(text: string): bigint | undefined {
  return /^\d{1,18}(?:\.0+)?$/.test(text) ? BigInt(text.replace(/\..*$/, '')) : undefined
}

/**
 * Sets the column. False where the text does not fit it; the column is then as before. `ts_end` is not set here: it
 * needs the mapping's time format.
 */
export function setColumn(
  row: AccessEventRow,
  name: MappedColumn,
  found: Found,
  text: string,
  unit: EpochUnit,
): boolean {
  if (isTextColumn(name)) {
    row[name] = text
    return true
  }
  switch (name) {
    case 'outcome':
      return given(oneOf(outcomes, text), (value) => {
        row.outcome = value
      })
    case 'class':
      return given(oneOf(classes, text), (value) => {
        row.class = value
      })
    case 'activity':
      return given(oneOf(activities, text), (value) => {
        row.activity = value
      })
    case 'actor_type':
      return given(oneOf(actorTypes, text), (value) => {
        row.actor_type = value
      })
    case 'policy_effect':
      return given(oneOf(policyEffects, text), (value) => {
        row.policy_effect = value
      })
    case 'read_only':
    case 'src_is_proxy':
    case 'mfa':
      return given(booleanOf(text), (value) => {
        row[name] = value
      })
    case 'src_ip':
      return setAddress(row, text)
    case 'src_port':
      return given(/^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined, (value) => {
        row.src_port = value
      })
    case 'http_status':
      return given(httpStatus(text), (value) => {
        row.http_status = value
      })
    case 'db_rows':
    case 'bytes_in':
    case 'bytes_out':
      return given(wholeNumber(text), (value) => {
        row[name] = value
      })
    case 'duration_us':
      return given(parseEpoch(text, unit), ({ us }) => {
        if (us >= 0n) row.duration_us = us
      })
    case 'trace_id':
      return given(hexId(text, 32), (value) => {
        row.trace_id = value
      })
    case 'span_id':
      return given(hexId(text, 16), (value) => {
        row.span_id = value
      })
    case 'ip_chain':
    case 'ticket_ids':
      row[name] = textsOf(found, text)
      return true
    case 'ts_end':
      return false
  }
}

function given<T>(value: T | undefined, set: (value: T) => void): boolean {
  if (value === undefined) return false
  set(value)
  return true
}

/** An address, also with a port; anything else is the name of a host. */
function setAddress(row: AccessEventRow, text: string): boolean {
  const whole = canonicalIp(text)
  if (whole !== undefined) {
    row.src_ip = whole
    return true
  }
  const { host, port } = splitHostPort(text)
  const ip = canonicalIp(host)
  if (ip !== undefined) row.src_ip = ip
  else row.src_host ??= host
  if (port !== undefined) row.src_port ??= port
  return true
}

/** Ids of traces and spans: hex digits, also with the dashes of a UUID; all zeros is none. */
function hexId(text: string, length: number): string | undefined {
  const bare = text.replaceAll('-', '').toLowerCase()
  return bare.length === length && /^[0-9a-f]+$/.test(bare) && !/^0+$/.test(bare) ? bare : undefined
}

const MAX_ITEMS = 100

/** The elements of an array, or the parts of a text between commas. */
function textsOf(found: Found, text: string): string[] {
  const items = found.list === undefined ? text.split(',') : found.list.map((item) => plainText(item) ?? '')
  return [...new Set(items.map((item) => item.trim()).filter((item) => item !== ''))].slice(0, MAX_ITEMS)
}
