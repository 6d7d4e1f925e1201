import type { JsonObject } from '../../../common/json'
import type { AccessEventRow } from '../../db/rows'
import { textFolded } from '../shared/folded'
import { httpStatus } from '../shared/outcome'
import { agentColumns, idPairs, placeOf } from '../shared/rowParts'
import { reasonColumns } from '../shared/statedReason'
import { isKubernetes } from './kubernetes'
import { perimeterViolation } from './outcome'

type PlaceColumns = Pick<AccessEventRow, 'src_ip' | 'src_host' | 'user_agent' | 'ua_family'>

/** Where the call came from. Addresses inside the provider are given as words (`private`, `gce-internal-ip`). */
export function placeColumns(payload: JsonObject): PlaceColumns {
  const written = textFolded(payload, 'requestMetadata', 'callerIp')
  return Object.assign(
    placeOf(written ?? textFolded(payload, 'requestMetadata', 'callerNetwork')),
    agentColumns(textFolded(payload, 'requestMetadata', 'callerSuppliedUserAgent')),
  )
}

type IdColumns = Pick<
  AccessEventRow,
  'request_id' | 'correlation_ids' | 'trace_id' | 'span_id' | 'trace_source' | 'http_method' | 'http_path'
> &
  Pick<AccessEventRow, 'http_status'>

export function idColumns(entry: JsonObject, payload: JsonObject): IdColumns {
  const trace = traceId(textFolded(entry, 'trace'))
  return {
    request_id: textFolded(entry, 'operation', 'id'),
    correlation_ids: idPairs([
      ['k8s_audit_id', isKubernetes(payload) ? auditId(entry) : undefined],
      ['gcp_root_trigger', textFolded(entry, 'labels', 'compute.googleapis.com/root_trigger_id')],
      ['gcp_perimeter_violation', perimeterViolation(payload)],
      ['gcp_bigquery_job', textFolded(payload, 'metadata', 'jobInsertion', 'job', 'jobName')],
    ]),
    trace_id: trace,
    span_id: trace === undefined ? undefined : spanId(textFolded(entry, 'spanId')),
    trace_source: trace === undefined ? undefined : 'log_entry',
    http_method: textFolded(entry, 'httpRequest', 'requestMethod'),
    http_path: pathOf(
      textFolded(entry, 'httpRequest', 'requestUrl') ??
        textFolded(payload, 'requestMetadata', 'requestAttributes', 'path'),
    ),
    http_status: httpStatus(Number(textFolded(entry, 'httpRequest', 'status') ?? Number.NaN)),
  }
}

/** Entries of an API server take over the id that its audit event has, which its spans carry too. */
function auditId(entry: JsonObject): string | undefined {
  const id = textFolded(entry, 'insertId')
  return id !== undefined && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) ? id : undefined
}

/** `projects/<project>/traces/<32 hex>`. */
function traceId(value: string | undefined): string | undefined {
  const id = /(?:^|\/)([0-9a-f]{32})$/i.exec(value?.slice(-200) ?? '')?.[1]?.toLowerCase()
  return id === undefined || /^0+$/.test(id) ? undefined : id
}

/** 16 hex digits, or an unsigned number of 64 bits in older entries. */
function spanId(value: string | undefined): string | undefined {
  if (value === undefined || /^0+$/.test(value)) return undefined
  if (/^[0-9a-f]{16}$/i.test(value)) return value.toLowerCase()
  if (!/^\d{1,20}$/.test(value)) return undefined
  const number = BigInt(value)
  return number < 1n << 64n ? number.toString(16).padStart(16, '0') : undefined
}

/** The path of an address or of a request's target, without its query. */
function pathOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined
  const path = value.replace(/^[a-z][a-z0-9+.-]{0,20}:\/\/[^/]*/i, '').split(/[?#]/, 1)[0]
  return path === '' ? undefined : path
}

/** The reason that a caller gave with the request, written in Base64; what is no text inside is none. */
export function statedReasonColumns(
  payload: JsonObject,
): Pick<AccessEventRow, 'reason' | 'reason_field' | 'ticket_ids'> {
  const written = textFolded(payload, 'requestMetadata', 'requestAttributes', 'reason')
  return reasonColumns([
    {
      field: 'protoPayload.requestMetadata.requestAttributes.reason',
      value: written === undefined ? undefined : reasonText(written),
      kind: 'reason',
    },
  ])
}

function reasonText(written: string): string | undefined {
  if (written.length > 8_192) return undefined
  if (!/^[A-Za-z0-9+/_-]+={0,2}$/.test(written)) return isPrintable(written) ? written : undefined
  const bytes = Buffer.from(written, 'base64')
  const decoded = bytes.toString('utf8')
  return bytes.length > 0 && Buffer.from(decoded, 'utf8').equals(bytes) && isPrintable(decoded) ? decoded : undefined
}

function isPrintable(words: string): boolean {
  return !/[\p{Cc}\p{Cn}\p{Co}\p{Cs}\uFFFD]/u.test(words.replace(/[\t\r\n]/g, ' '))
}
