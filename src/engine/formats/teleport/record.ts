import { get, type JsonObject, textAt } from '../../../common/json'
import type { WallClock } from '../../../common/time'
import type { AccessEventRow } from '../../db/rows'
import { canonicalIp, splitHostPort } from '../shared/address'
import { instantOf } from '../shared/epoch'
import { durationUs, onlyClockFlags } from '../shared/eventTime'
import { agentColumns, idPairs, numberIn } from '../shared/rowParts'
import { sqlColumns } from '../shared/sqlStatement'
import { reasonColumns, type Stated } from '../shared/statedReason'
import { classColumns } from './classify'
import { firstText, nameOf, queryOf, speaksSql, texts } from './event'
import { identityColumns } from './identity'
import { outcomeColumns } from './outcome'
import { resourceColumns } from './resource'

/** One event as one row. Every field may be missing, of the wrong type or hostile. */
export function mapEvent(event: JsonObject, wallClock: WallClock): AccessEventRow {
  const time = instantOf(textAt(event, 'time'), wallClock)
  const started = instantOf(textAt(event, 'session_start'), wallClock)
  const stopped = instantOf(textAt(event, 'session_stop'), wallClock)
  const reason = statedColumns(event)
  return {
    source: 'teleport',
    source_event_id: textAt(event, 'uid'),
    ts: time?.us,
    ts_precision: time?.precision,
    ts_kind: time === undefined ? undefined : nameOf(event).endsWith('.end') ? 'end' : 'logged',
    duration_us: durationUs(started, stopped),
    ...classColumns(event),
    ...outcomeColumns(event),
    ...identityColumns(event),
    ...placeColumns(event),
    ...agentColumns(textAt(event, 'user_agent') ?? headerAgent(event)),
    ...resourceColumns(event),
    ...requestColumns(event),
    ...databaseColumns(event),
    ...(reason.reason === undefined && reason.ticket_ids === undefined ? {} : reason),
    correlation_ids: idPairs([
      ...requestIds(event).map((id) => ['teleport_access', id] as const),
      ['teleport_session_chunk', textAt(event, 'session_chunk_id')],
      ['aws_ssm_command', textAt(event, 'command_id')],
    ]),
    bytes_in: bytes(event, 'rx'),
    bytes_out: bytes(event, 'tx'),
    flags: onlyClockFlags(time),
  }
}

/** Events of desktops write the desktop's own address there. */
function placeColumns(event: JsonObject): Pick<AccessEventRow, 'src_ip' | 'src_host' | 'src_port'> {
  const written = textAt(event, 'addr.remote')
  if (written === undefined || written === textAt(event, 'desktop_addr')) return {}
  const { host, port } = splitHostPort(written)
  const ip = canonicalIp(host)
  return { src_ip: ip, src_host: ip === undefined ? host : undefined, src_port: port }
}

function headerAgent(event: JsonObject): string | undefined {
  return texts(get(get(event, 'headers'), 'User-Agent'))[0]
}

/** A `path` is one of a file where no method stands beside it. */
function requestColumns(event: JsonObject): Pick<AccessEventRow, 'http_method' | 'http_path'> {
  const method = firstText(event, 'verb', 'method')?.toUpperCase()
  if (method === undefined || !nameOf(event).endsWith('.request')) return {}
  return { http_method: method, http_path: firstText(event, 'request_path', 'path')?.split('?', 1)[0] }
}

function databaseColumns(event: JsonObject): Partial<AccessEventRow> {
  const statement = queryOf(event)
  const rows = numberIn(get(event, 'affected_records') ?? get(event, 'rows_count'), 0, 1e15)
  return {
    ...(statement === undefined ? {} : speaksSql(event) ? sqlColumns(statement) : { db_statement: statement }),
    db_name: textAt(event, 'db_name'),
    db_rows: rows === undefined ? undefined : BigInt(Math.trunc(rows)),
  }
}

/** Ids of requests for access: of the request that the event is about, and of those that gave the rights used. */
function requestIds(event: JsonObject): readonly string[] {
  const own = nameOf(event).startsWith('access_request.') ? textAt(event, 'id') : undefined
  return [
    ...(own === undefined ? [] : [own]),
    ...texts(get(event, 'access_requests')),
    ...texts(get(get(event, 'identity'), 'access_requests')),
  ]
}

function statedColumns(event: JsonObject): Pick<AccessEventRow, 'reason' | 'reason_field' | 'ticket_ids'> {
  const stated: Stated[] = []
  for (const field of ['reason', 'request_reason', 'resolve_reason'])
    stated.push({ field, value: get(event, field), kind: 'reason' })
  for (const id of requestIds(event)) stated.push({ field: 'access_requests', value: id, kind: 'ticket' })
  return reasonColumns(stated)
}

function bytes(event: JsonObject, field: string): bigint | undefined {
  const count = nameOf(event) === 'session.data' ? numberIn(get(event, field), 0, 2 ** 53) : undefined
  return count === undefined ? undefined : BigInt(Math.trunc(count))
}
