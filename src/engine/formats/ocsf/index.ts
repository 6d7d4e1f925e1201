import { recordReader } from '../shared/recordFormat'
import type { Format } from '../types'
import { classes } from './classes'
import { mapEvent } from './event'
import { classUid, isEvent, looksLikeEvent, score } from './recognise'

/** Open Cybersecurity Schema Framework: see docs/formats/ocsf.md. */
export const ocsf: Format = {
  id: 'ocsf',
  title: 'OCSF events',
  source: 'ocsf',
  containers: ['JSON lines or array', 'EventBridge detail', 'message text', '_raw'],
  description: 'Sign-ins, API calls, changes of accounts and groups, data store and web access in the OCSF schema.',
  json: recordReader({
    layouts: [],
    lists: [['events'], ['records'], ['items']],
    isRecord: isEvent,
    looksLikeRecord: looksLikeEvent,
    score,
    rows(event, options) {
      const uid = classUid(event)
      const known = uid === undefined ? undefined : classes.get(uid)
      if (known === undefined) return `OCSF class ${uid ?? 'unknown'} describes no use of a right.`
      return [{ table: 'access_event', row: mapEvent(event, known, options.wallClock) }]
    },
    why: 'Not an OCSF event: it has no class with metadata.',
  }),
}
