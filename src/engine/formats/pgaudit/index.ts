import type { Format } from '../types'
import { csvLog } from './csvLog'
import { jsonLog } from './jsonLog'
import { plainLog } from './plainLog'

/** Server logs of PostgreSQL, with or without pgAudit. Mapping and rules: docs/formats/pgaudit.md. */
export const pgaudit: Format = {
  id: 'pgaudit',
  title: 'PostgreSQL with pgAudit',
  source: 'pgaudit',
  containers: ['csvlog', 'jsonlog', 'plain log with a log_line_prefix', 'CloudNativePG log', 'Cloud SQL log entries'],
  description: 'Audit records, errors and connections of a PostgreSQL server; other log lines become log records.',
  json: jsonLog,
  csv: csvLog,
  text: plainLog,
}
