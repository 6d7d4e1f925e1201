import { isObject, type JsonValue } from '../../../common/json'
import type { AccessEventRow } from '../../db/rows'
import { canonicalIp, splitHostPort } from '../shared/address'
import { atFolded, textFolded } from '../shared/folded'

type AddressColumns = Pick<AccessEventRow, 'src_ip' | 'src_port' | 'src_host'>

/** `1.2.3.4`, `1.2.3.4:443`, `[2001:db8::1]:443`; what is no address is kept as the host it names. */
export function addressColumns(value: string | undefined): AddressColumns {
  const written = value?.trim()
  if (written === undefined || written === '' || written.length > 300) return {}
  const whole = canonicalIp(written)
  if (whole !== undefined) return { src_ip: whole }
  const { host, port } = splitHostPort(written)
  if (host === '') return {}
  const ip = canonicalIp(host)
  return {
    ...(ip === undefined ? { src_host: host } : { src_ip: ip }),
    ...(port === undefined ? {} : { src_port: port }),
  }
}

type LocationColumns = Pick<AccessEventRow, 'src_country' | 'src_city' | 'src_lat' | 'src_lon'>

/** A location object; the country alone where the shape has only that. Zero degrees without a place mean unknown. */
export function locationColumns(location: JsonValue | undefined, country: string | undefined): LocationColumns {
  if (!isObject(location)) return country === undefined ? {} : { src_country: country }
  const stated = textFolded(location, 'countryOrRegion') ?? country
  const city = textFolded(location, 'city')
  const lat = degrees(atFolded(location, 'geoCoordinates', 'latitude'), 90)
  const lon = degrees(atFolded(location, 'geoCoordinates', 'longitude'), 180)
  const known =
    lat !== undefined && lon !== undefined && (stated !== undefined || city !== undefined || lat !== 0 || lon !== 0)
  return {
    src_country: stated,
    src_city: city,
    ...(known ? { src_lat: lat, src_lon: lon } : {}),
  }
}

function degrees(value: unknown, most: number): number | undefined {
  const number = typeof value === 'string' && /^-?\d{1,3}(?:\.\d{1,20})?$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) && Math.abs(number) <= most ? number : undefined
}
