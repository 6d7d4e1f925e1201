import type { AccessEventRow } from '../../db/rows'
import { type Fields, fieldText } from '../azure/fields'
import { addressColumns } from '../azure/place'
import { canonicalIp } from '../shared/address'
import { valuesIn } from './properties'

type PlaceColumns = Pick<AccessEventRow, 'src_ip' | 'src_port' | 'src_host' | 'ip_chain'>

/**
 * The client: mailbox records have it in `ClientIPAddress`, and in `ClientIP` what stood in between. All addresses are
 * kept in that order where they differ. A value that is no address is used only where none is.
 */
export function placeColumns(fields: Fields): PlaceColumns {
  const written = ['clientipaddress', 'clientip', 'client_ipaddress', 'actoripaddress', 'senderip'].flatMap(
    (name) => plain(fieldText(fields, name)) ?? [],
  )
  const read = written.map(addressColumns)
  const best = read.find((columns) => columns.src_ip !== undefined) ?? read[0]
  if (best === undefined) return {}
  const chain = [...new Set(read.flatMap(({ src_ip }) => src_ip ?? []))]
  return { ...best, ip_chain: chain.length > 1 ? chain : undefined }
}

/** `[SERVER (10.90.0.1)]` names a host and its address; where that is none, the host is left. */
function plain(value: string | undefined): string | undefined {
  const written = value?.trim()
  if (written === undefined || written === '' || /^(?:<null>|null|unknown)$/i.test(written)) return undefined
  const named = /^\[?\s*([A-Za-z][\w.-]{0,200})\s+\(([0-9A-Fa-f.:]{2,100})\)\s*\]?$/.exec(written)
  if (named === null) return written
  return named[2] !== undefined && canonicalIp(named[2]) !== undefined ? named[2] : named[1]
}

/** The agent by any of its fields; mailbox records put the kind of client before it. */
export function agentOf(fields: Fields): string | undefined {
  const own = fieldText(fields, 'useragent') ?? valuesIn(fields, 'extendedproperties').get('useragent')
  if (own !== undefined) return own
  const info = fieldText(fields, 'clientinfostring')
  const browser = /Mozilla\/.*$/s.exec(info?.slice(0, 4_000) ?? '')?.[0]
  return browser ?? info
}
