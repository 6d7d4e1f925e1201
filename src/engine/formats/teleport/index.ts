import { recordReader } from '../shared/recordFormat'
import type { Format } from '../types'
import { isEvent, looksLikeEvent, scoreEvent } from './event'
import { mapEvent } from './record'

/** Audit events of Teleport: see docs/formats/teleport.md. */
export const teleport: Format = {
  id: 'teleport',
  title: 'Teleport audit log',
  source: 'teleport',
  containers: ['JSON lines or array', 'message text', '_raw'],
  description: 'Sign-ins, sessions, queries, requests for access and changes of a Teleport cluster.',
  json: recordReader({
    layouts: [],
    lists: [['events'], ['items'], ['records']],
    isRecord: isEvent,
    looksLikeRecord: looksLikeEvent,
    score: scoreEvent,
    rows: (event, options) => [{ table: 'access_event', row: mapEvent(event, options.wallClock) }],
    why: 'Not an audit event of Teleport: it has no event name with a code such as T1000I.',
  }),
}
