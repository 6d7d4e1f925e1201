import type { Format } from '../types'
import { scoreEntry, shipped } from './entry'
import { PairSession } from './session'

/** Audit devices of HashiCorp Vault and OpenBao: see docs/formats/vault-audit.md. */
export const vaultAudit: Format = {
  id: 'vault-audit',
  title: 'HashiCorp Vault audit log',
  source: 'vault',
  containers: ['JSON lines or array', 'message text'],
  description: 'Requests to a Vault server, one row per request and its answer.',
  json: {
    layouts: [],
    match: (value) => shipped.score(value, scoreEntry),
    unwrap: shipped.unwrap,
    open: (options) => new PairSession(options),
  },
}
