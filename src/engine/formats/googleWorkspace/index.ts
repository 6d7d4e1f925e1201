import { recordReader } from '../shared/recordFormat'
import type { Format } from '../types'
import { isRecord, layouts, looksLikeRecord, scoreRecord } from './activity'
import { isAlert, mapAlert } from './alert'
import { mapActivity } from './record'

/** Activity reports and alerts of Google Workspace: see docs/formats/google-workspace.md. */
export const googleWorkspace: Format = {
  id: 'google-workspace',
  title: 'Google Workspace activity',
  source: 'gworkspace',
  containers: ['{"items":[…]}', 'JSON lines or array', '{"alerts":[…]}', 'flattened exports', 'message text'],
  description: 'Sign-ins, admin changes, files, tokens and rules of Google Workspace; one row per event.',
  json: recordReader({
    layouts,
    lists: [['items'], ['alerts']],
    isRecord,
    looksLikeRecord,
    score: scoreRecord,
    rows: (record, options) => {
      const rows = isAlert(record) ? [mapAlert(record, options.wallClock)] : mapActivity(record, options.wallClock)
      return rows.map((row) => ({ table: 'access_event', row }))
    },
    why: 'Not an activity of Google Workspace: it has no application with an event, and is no alert.',
  }),
}
