import type { PathStep } from '../../../contract/analyses'

export const stepWords: Readonly<Record<PathStep['kind'], string>> = {
  identity: 'sign-in',
  session: 'identity',
  role: 'role',
  change: 'change before',
  span: 'span',
  denial: 'refusal',
  missing: 'not in this case',
}

export const markWords: ReadonlyMap<string, string> = new Map([
  ['root', 'root'],
  ['first_error', 'first error'],
  ['identity_change', 'other identity'],
  ['failing', 'failing'],
  ['pivot', 'pivot'],
  ['issued_key', 'by the key given out'],
  ['named_key', 'by a key named'],
  ['access_key', 'long-term key'],
])
