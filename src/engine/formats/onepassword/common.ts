import { get, type JsonObject, type JsonValue, text, textAt } from '../../../common/json'
import type { WallClock } from '../../../common/time'
import type { AccessEventRow } from '../../db/rows'
import { actorKey, mailOf } from '../shared/actorKey'
import { instantOf } from '../shared/epoch'
import { numberIn, placeOf, timeColumns } from '../shared/rowParts'

/** What all three kinds state in the same way. */
export function commonColumns(event: JsonObject, wallClock: WallClock): Partial<AccessEventRow> {
  return {
    source_event_id: text(get(event, 'uuid')),
    ...timeColumns(instantOf(get(event, 'timestamp'), wallClock), 'logged'),
    actor_tenant: text(get(event, 'account_uuid')),
  }
}

/** A person by id, name and mail address. */
export function personColumns(person: JsonValue | undefined, id = textAt(person, 'uuid')): Partial<AccessEventRow> {
  const email = mailOf(textAt(person, 'email'))
  const service = textAt(person, 'type') === 'service_account' || textAt(person, 'user_type') === 'service_account'
  return {
    actor_key: actorKey({ mail: [email], namespace: 'onepassword', id, source: 'onepassword' }),
    actor_id: id,
    actor_name: textAt(person, 'name') ?? email,
    actor_email: email,
    actor_type: service ? 'service_account' : id === undefined && email === undefined ? 'unknown' : 'user',
  }
}

/** Address and place of the client. Events state the app by name and version, and no user agent. */
export function clientColumns(event: JsonObject, address: string | undefined): Partial<AccessEventRow> {
  const location = get(event, 'location')
  return {
    ...placeOf(address),
    src_country: textAt(location, 'country') ?? text(get(event, 'country')),
    src_city: textAt(location, 'city'),
    src_lat: numberIn(get(location, 'latitude'), -90, 90),
    src_lon: numberIn(get(location, 'longitude'), -180, 180),
    ua_family: textAt(event, 'client', 'app_name'),
  }
}
