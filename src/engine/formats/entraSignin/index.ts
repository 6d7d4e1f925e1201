import { azureCsv, azureJson } from '../azure/reader'
import type { Format } from '../types'
import { signInPortal } from './portalCsv'

const kinds = new Set(['signIn', 'risk'] as const)

/** Microsoft Entra sign-ins and identity risk: see docs/formats/entra-signin.md. */
export const entraSignin: Format = {
  id: 'entra-signin',
  title: 'Microsoft Entra sign-ins',
  source: 'entra_signin',
  containers: ['Graph value[]', 'diagnostic records[]', 'JSON lines or array', 'query tables[]', 'CSV', '_raw'],
  description: 'Sign-ins of people, applications and managed identities, and risk that was detected in them.',
  json: azureJson(kinds),
  csv: azureCsv(kinds, signInPortal),
}
