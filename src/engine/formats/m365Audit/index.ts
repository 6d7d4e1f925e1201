import type { Format } from '../types'
import { m365Csv } from './csv'
import { m365Json } from './json'

/** Microsoft 365 unified audit log: see docs/formats/m365-audit.md. */
export const m365Audit: Format = {
  id: 'm365-audit',
  title: 'Microsoft 365 unified audit log',
  source: 'm365',
  containers: ['JSON lines or array', 'AuditData of a search', 'Graph value[]', 'query tables[]', 'CSV', '_raw'],
  description: 'What people and services did in Exchange, SharePoint, OneDrive, Teams and Entra ID.',
  json: m365Json,
  csv: m365Csv,
}
