import type { AccessEventRow } from '../../db/rows'
import { type Fields, field, fieldList, fieldObject, fieldText, topText } from '../azure/fields'
import { addressColumns, locationColumns } from '../azure/place'

type PlaceColumns = Pick<
  AccessEventRow,
  | 'src_ip'
  | 'src_port'
  | 'src_host'
  | 'ip_chain'
  | 'src_country'
  | 'src_city'
  | 'src_lat'
  | 'src_lon'
  | 'src_asn'
  | 'src_is_proxy'
>

/** Where the sign-in came from, as the directory saw it. */
export function placeColumns(fields: Fields): PlaceColumns {
  const seen = fieldText(fields, 'ipaddress', 'calleripaddress')
  const atResource = fieldText(fields, 'ipaddressfromresourceprovider')
  const detailed = fieldObject(fields, 'location', 'locationdetails')
  const country = detailed === undefined ? countryOf(topText(fields, 'location')) : undefined
  const asn = fieldText(fields, 'autonomoussystemnumber')
  return {
    ...addressColumns(seen),
    ip_chain: seen !== undefined && atResource !== undefined && atResource !== seen ? [seen, atResource] : undefined,
    ...locationColumns(detailed, country),
    src_asn: asn === undefined || asn === '0' ? undefined : asn,
    src_is_proxy: hidden(fields) ? true : undefined,
  }
}

/** A country of a table or diagnostic record; `Nizampet, Telangana, IN` of the portal is split by its reader. */
function countryOf(location: string | undefined): string | undefined {
  return location !== undefined && /^[A-Za-z]{2}$/.test(location) ? location.toUpperCase() : undefined
}

/** Risk events that say the address belongs to an anonymising network. */
function hidden(fields: Fields): boolean {
  const single = field(fields, 'riskeventtype', 'risktype')
  return [...fieldList(fields, 'riskeventtypes_v2', 'riskeventtypes'), single].some(
    (name) => typeof name === 'string' && /^anonymi[sz]edIPAddress$/i.test(name),
  )
}
