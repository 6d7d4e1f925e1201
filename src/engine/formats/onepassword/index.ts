import type { JsonObject } from '../../../common/json'
import type { WallClock } from '../../../common/time'
import type { AccessEventRow } from '../../db/rows'
import { recordReader } from '../shared/recordFormat'
import type { Format } from '../types'
import { mapAudit } from './audit'
import { isEvent, kindOf, looksLikeEvent } from './recognise'
import { mapSignIn } from './signIn'
import { mapUsage } from './usage'

/** 1Password Events API: see docs/formats/onepassword.md. */
export const onepassword: Format = {
  id: 'onepassword',
  title: '1Password events',
  source: 'onepassword',
  containers: ['{"items":[…]}', 'JSON lines or array', 'message text', '_raw'],
  description: 'Audit events, item usages and sign-in attempts of a 1Password account.',
  json: recordReader({
    // The same path as lists of other formats have.
    layouts: [{ id: 'event-list', records: ['items', '*'], context: [] }],
    lists: [['items'], ['records']],
    isRecord: isEvent,
    looksLikeRecord: looksLikeEvent,
    score: () => 0.95,
    rows: (event, options) => [{ table: 'access_event', row: mapEvent(event, options.wallClock) }],
    why: 'Not a 1Password event: neither an audit event, an item usage nor a sign-in attempt.',
  }),
}

function mapEvent(event: JsonObject, wallClock: WallClock): AccessEventRow {
  switch (kindOf(event)) {
    case 'usage':
      return mapUsage(event, wallClock)
    case 'signIn':
      return mapSignIn(event, wallClock)
    default:
      return mapAudit(event, wallClock)
  }
}
