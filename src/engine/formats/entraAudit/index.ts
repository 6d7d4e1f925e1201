import { azureCsv, azureJson } from '../azure/reader'
import type { Format } from '../types'
import { auditPortal } from './portalCsv'

const kinds = new Set(['audit', 'provisioning'] as const)

/** Microsoft Entra directory audit and provisioning: see docs/formats/entra-audit.md. */
export const entraAudit: Format = {
  id: 'entra-audit',
  title: 'Microsoft Entra audit log',
  source: 'entra_audit',
  containers: ['Graph value[]', 'diagnostic records[]', 'JSON lines or array', 'query tables[]', 'CSV', '_raw'],
  description:
    'Changes of a directory: users, groups, roles, applications, policies; and provisioning to other systems.',
  json: azureJson(kinds),
  csv: azureCsv(kinds, auditPortal),
}
