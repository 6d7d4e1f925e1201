import { existsSync } from 'node:fs'
import { resolve } from 'node:path'

/** Third-party exports that may stand beside the checkout. Tests that need them skip, saying so, where they are absent. */
const root = resolve(import.meta.dirname, '../../../shared/data')

export const hasSharedData = existsSync(root)
export const sharedDataNotice = hasSharedData ? '' : ' (skipped: ../shared/data is not here)'

export function sharedData(...path: string[]): string {
  return resolve(root, ...path)
}
