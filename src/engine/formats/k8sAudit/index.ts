import type { Format } from '../types'
import { layouts, score, unwrap } from './envelope'
import { StageSession } from './session'

/** Kubernetes API server audit log: see docs/formats/k8s-audit.md. */
export const k8sAudit: Format = {
  id: 'k8s-audit',
  title: 'Kubernetes audit log',
  source: 'k8s_audit',
  containers: ['JSON lines or array', 'EventList', 'CloudWatch logEvents', 'diagnostic records', 'message text'],
  description: 'Requests to a Kubernetes API server, one row per request.',
  json: { layouts, match: (value) => score(value), unwrap, open: (options) => new StageSession(options) },
}
