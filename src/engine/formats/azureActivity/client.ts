import type { AccessEventRow } from '../../db/rows'
import { type Fields, fieldObject, fieldText } from '../azure/fields'
import { addressColumns } from '../azure/place'
import { textFolded } from '../shared/folded'
import { uaFamily } from '../shared/userAgent'

type ClientColumns = Pick<AccessEventRow, 'src_ip' | 'src_port' | 'src_host' | 'user_agent' | 'ua_family'>

/** Resources write the client under many names; `0.0.0.0` is written where there was none. */
export function clientColumns(fields: Fields): ClientColumns {
  const address =
    fieldText(fields, 'calleripaddress', 'clientip', 'clientipaddress', 'ipaddress', 'sourceip', 'cip') ??
    textFolded(fieldObject(fields, 'httprequest'), 'clientIpAddress') ??
    textFolded(fieldObject(fields, 'claims'), 'ipaddr') ??
    textFolded(fieldObject(fields, 'identity'), 'claims', 'ipaddr')
  const agent = fieldText(fields, 'useragentheader', 'useragent', 'clientinfo')
  return {
    ...addressColumns(address === '0.0.0.0' ? undefined : address),
    user_agent: agent,
    ua_family: uaFamily(agent),
  }
}
