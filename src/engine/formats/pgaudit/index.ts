import type { Format } from '../types'
import { csvLog } from './csvLog'
import { jsonLog } from './jsonLog'
import { plainLog } from './plainLog'
import { templateSet } from './templates'

/** Server logs of PostgreSQL, with or without pgAudit. Mapping and rules: docs/formats/pgaudit.md. */
export const pgaudit: Format = pgauditWith(undefined)

/** The same, for a server whose `log_line_prefix` the analyst named: it is tried before the known ones. */
export function pgauditWith(prefix: string | undefined): Format {
  const set = templateSet(prefix)
  return {
    id: 'pgaudit',
    title: 'PostgreSQL with pgAudit',
    source: 'pgaudit',
    containers: [
      'csvlog',
      'jsonlog',
      'plain log with a log_line_prefix',
      'syslog',
      'container log',
      'CloudNativePG log',
      'Cloud SQL, Amazon RDS and Azure log entries',
    ],
    description: 'Audit records, errors and connections of a PostgreSQL server; other log lines become log records.',
    json: jsonLog(set),
    csv: csvLog,
    text: plainLog(set),
  }
}
