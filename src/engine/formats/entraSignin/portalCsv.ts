import type { JsonObject } from '../../../common/json'
import type { Portal } from '../azure/reader'

/** Columns of the portal's download under the names of the interface. */
const names: readonly (readonly [string, string])[] = [
  ['dateutc', 'createdDateTime'],
  ['requestid', 'id'],
  ['correlationid', 'correlationId'],
  ['useragent', 'userAgent'],
  ['userid', 'userId'],
  ['user', 'userDisplayName'],
  ['username', 'userPrincipalName'],
  ['signinidentifier', 'signInIdentifier'],
  ['serviceprincipalid', 'servicePrincipalId'],
  ['serviceprincipalname', 'servicePrincipalName'],
  ['serviceprincipalcredentialkeyid', 'servicePrincipalCredentialKeyId'],
  ['credentialkeyid', 'servicePrincipalCredentialKeyId'],
  ['clientcredentialtype', 'clientCredentialType'],
  ['incomingtokentype', 'incomingTokenType'],
  ['uniquetokenidentifier', 'uniqueTokenIdentifier'],
  ['application', 'appDisplayName'],
  ['applicationid', 'appId'],
  ['appownertenantid', 'appOwnerTenantId'],
  ['resource', 'resourceDisplayName'],
  ['resourceid', 'resourceId'],
  ['resourcetenantid', 'resourceTenantId'],
  ['hometenantid', 'homeTenantId'],
  ['ipaddress', 'ipAddress'],
  ['ipaddressseenbyresource', 'ipAddressFromResourceProvider'],
  ['autonomoussystemnumber', 'autonomousSystemNumber'],
  ['status', 'resultWord'],
  ['signinerrorcode', 'resultType'],
  ['failurereason', 'resultDescription'],
  ['deviceid', 'deviceId'],
  ['authenticationrequirement', 'authenticationRequirement'],
  ['sessionid', 'sessionId'],
  ['latency', 'processingTimeInMilliseconds'],
  ['conditionalaccess', 'conditionalAccessStatus'],
  ['federatedtokenid', 'federatedTokenId'],
]

/** The download of the sign-in pages: people, applications, managed identities. */
export const signInPortal: Portal = {
  kind: 'signIn',
  isHeader: (header) =>
    header.has('dateutc') &&
    header.has('requestid') &&
    (header.has('signinerrorcode') || header.has('ipaddress')) &&
    ['username', 'user', 'serviceprincipalid', 'serviceprincipalname'].some((name) => header.has(name)),
  record(cell) {
    const entries: [string, string | JsonObject][] = []
    for (const [column, name] of names) {
      const value = cell(column)
      if (value !== undefined) entries.push([name, name === 'conditionalAccessStatus' ? value.toLowerCase() : value])
    }
    const location = placeOf(cell('location'))
    if (location !== undefined) entries.push(['location', location])
    return Object.fromEntries(entries)
  },
}

/** `Nizampet, Telangana, IN`: city, state and country; the country is what stands last. */
function placeOf(location: string | undefined): JsonObject | undefined {
  if (location === undefined) return undefined
  const parts = location.split(',').map((part) => part.trim())
  const country = parts.at(-1)
  const city = parts.length > 1 ? parts[0] : undefined
  return {
    ...(country === undefined || country === '' ? {} : { countryOrRegion: country }),
    ...(city === undefined || city === '' ? {} : { city }),
  }
}
