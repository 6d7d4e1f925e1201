import { recordReader } from '../shared/recordFormat'
import type { Format } from '../types'
import { mapEntry } from './entry'
import { isEntry, looksLikeEntry, score } from './recognise'

/** Slack audit logs: see docs/formats/slack-audit.md. */
export const slackAudit: Format = {
  id: 'slack-audit',
  title: 'Slack audit logs',
  source: 'slack',
  containers: ['{"entries":[…]}', 'JSON lines or array', 'message text', '_raw'],
  description: 'Sign-ins, files, channels, apps, members and settings of a Slack enterprise or workspace.',
  json: recordReader({
    // Answers hold up to 9,999 entries, and exports join them: too much for one record.
    layouts: [{ id: 'entries', records: ['entries', '*'], context: [] }],
    lists: [['entries'], ['items'], ['records']],
    isRecord: isEntry,
    looksLikeRecord: looksLikeEntry,
    score,
    rows: (entry, options) => [{ table: 'access_event', row: mapEntry(entry, options.wallClock) }],
    why: 'Not a Slack audit entry: it has no action with an actor and a context of Slack.',
  }),
}
