import { recordReader } from '../shared/recordFormat'
import type { Format } from '../types'
import { csvReader } from './csv'
import { emitted } from './emit'
import { isEntry, looksLikeEntry, score } from './recognise'
import { textReader } from './serverLog'

/** GitHub audit log, cloud and server: see docs/formats/github-audit.md. */
export const githubAudit: Format = {
  id: 'github-audit',
  title: 'GitHub audit log',
  source: 'github',
  containers: ['JSON lines or array', 'CSV', 'server log lines', 'message text', '_raw'],
  description: 'Changes, Git access, API requests and sign-ins of a GitHub organisation, enterprise or server.',
  json: recordReader({
    layouts: [],
    lists: [['items'], ['records'], ['entries']],
    isRecord: isEntry,
    looksLikeRecord: looksLikeEntry,
    score,
    rows: (entry, options) => [emitted(entry, options, 'whole')],
    why: 'Not a GitHub audit entry: it has no dotted action with an actor, an organisation or a repository.',
  }),
  csv: csvReader,
  text: textReader,
}
