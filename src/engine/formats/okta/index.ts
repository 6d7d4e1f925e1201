import { recordReader } from '../shared/recordFormat'
import type { Format } from '../types'
import { mapEvent } from './event'
import { isEvent, looksLikeEvent, score } from './recognise'

/** Okta System Log: see docs/formats/okta.md. */
export const okta: Format = {
  id: 'okta',
  title: 'Okta System Log',
  source: 'okta',
  containers: ['JSON lines or array', 'event hook', 'EventBridge detail', 'message text', '_raw'],
  description: 'Sign-ins, sessions, changes of users, groups, applications and policies of an Okta organisation.',
  json: recordReader({
    layouts: [],
    lists: [['data', 'events'], ['events'], ['items'], ['records']],
    isRecord: isEvent,
    looksLikeRecord: looksLikeEvent,
    score,
    rows: (event, options) => [{ table: 'access_event', row: mapEvent(event, options.wallClock) }],
    why: 'Not an Okta event: it has no event type with an actor.',
  }),
}
