import { recordReader } from '../shared/recordFormat'
import type { Format } from '../types'
import { mapSession } from './record'
import { isSession, looksLikeSession, scoreSession } from './sessionRecord'

/** Sessions of a hoop.dev gateway: see docs/formats/hoop.md. */
export const hoop: Format = {
  id: 'hoop',
  title: 'hoop.dev sessions',
  source: 'hoop',
  containers: ['{"data":[…]} or {"items":[…]}', 'JSON lines or array', 'message text'],
  description: 'Commands and interactive sessions through a hoop.dev gateway, with their reviews.',
  json: recordReader({
    // The same path as lists of other formats have; `data` is no layout, since traces have a list of that name.
    layouts: [{ id: 'event-list', records: ['items', '*'], context: [] }],
    lists: [['data'], ['items'], ['sessions']],
    isRecord: isSession,
    looksLikeRecord: looksLikeSession,
    score: scoreSession,
    rows: (session, options) => [{ table: 'access_event', row: mapSession(session, options.wallClock) }],
    why: 'Not a session of hoop.dev: it has no verb exec or connect with a connection and a start.',
  }),
}
