import type { AccessEventRow } from '../../db/rows'
import { type Fields, fieldObject, fieldText } from '../azure/fields'
import { realId } from '../azure/ids'
import { textFolded } from '../shared/folded'
import { httpStatus } from '../shared/outcome'

type HttpColumns = Pick<AccessEventRow, 'http_method' | 'http_path' | 'http_status' | 'bytes_in' | 'bytes_out'>

/** The request behind the record, where a resource logs one. */
export function httpColumns(fields: Fields): HttpColumns {
  const request = fieldObject(fields, 'httprequest')
  return {
    http_method: (
      fieldText(fields, 'requestmethod', 'httpmethod', 'csmethod') ?? textFolded(request, 'method')
    )?.toUpperCase(),
    http_path: pathOf(fieldText(fields, 'requesturi', 'uri', 'csuristem') ?? textFolded(request, 'uri')),
    http_status: statusOf(fields),
    bytes_in: count(fieldText(fields, 'requestbodysize', 'csbytes')),
    bytes_out: count(fieldText(fields, 'responsebodysize', 'responsesizebytes', 'scbytes')),
  }
}

/** A status by any of its names; words (`Forbidden`, `OK`) are no status here. */
export function statusOf(fields: Fields): number | undefined {
  for (const name of ['httpstatuscode', 'statuscode', 'responsestatuscode', 'httpstatus', 'scstatus']) {
    const found = httpStatus(fieldText(fields, name)?.replace(/\.0$/, ''))
    if (found !== undefined) return found
  }
  return undefined
}

/** The id of the request where it has a field of its own. */
export function requestOf(fields: Fields): string | undefined {
  return realId(fieldText(fields, 'requestid'))
}

function pathOf(uri: string | undefined): string | undefined {
  if (uri === undefined || uri.length > 8_000) return undefined
  const path =
    /^[a-z][a-z0-9+.-]{0,20}:\/\/[^/?#]*([^?#]*)/i.exec(uri)?.[1] ??
    (uri.startsWith('/') ? uri.split(/[?#]/, 1)[0] : undefined)
  return path === '' ? '/' : path
}

function count(value: string | undefined): bigint | undefined {
  const whole = /^(\d{1,18})(?:\.0)?$/.exec(value ?? '')?.[1]
  return whole === undefined ? undefined : BigInt(whole)
}
