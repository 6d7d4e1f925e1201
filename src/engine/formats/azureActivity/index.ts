import { azureCsv, azureJson } from '../azure/reader'
import type { Format } from '../types'
import { activityPortal } from './portalCsv'

const kinds = new Set(['activity', 'logLine'] as const)

/** Azure activity log and diagnostic logs of resources: see docs/formats/azure-activity.md. */
export const azureActivity: Format = {
  id: 'azure-activity',
  title: 'Azure activity and resource logs',
  source: 'azure_activity',
  containers: ['value[]', 'diagnostic records[]', 'JSON lines or array', 'query tables[]', 'CSV', '_raw'],
  description:
    'Calls to manage Azure resources, and what resources log of calls to them: storage, key vaults, interfaces.',
  json: azureJson(kinds),
  csv: azureCsv(kinds, activityPortal),
}
