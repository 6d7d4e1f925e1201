import type { Format } from '../types'
import { layouts, score, unwrap } from './envelope'
import { OperationSession } from './session'

/** Audit logs of Google Cloud: see docs/formats/gcp-audit.md. */
export const gcpAudit: Format = {
  id: 'gcp-audit',
  title: 'Google Cloud audit log',
  source: 'gcp_audit',
  containers: ['JSON lines or array', 'entries', 'Pub/Sub messages', 'table rows as JSON', 'message text'],
  description: 'Calls to interfaces of Google Cloud, its Kubernetes and database servers; one row per operation.',
  json: { layouts, match: (value) => score(value), unwrap, open: (options) => new OperationSession(options) },
}
