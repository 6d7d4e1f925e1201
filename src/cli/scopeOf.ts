/** `--where FILTER`, or `--where @NAME` for a view that was saved in the case. */
import { AppError } from '../common/errors'
import type { Client } from '../contract'
import type { Scope } from '../contract/shared'

export async function scopeOf(client: Client, where: string | undefined): Promise<Scope> {
  const filter = where ?? ''
  if (!filter.startsWith('@')) return { filter }
  const name = filter.slice(1).trim()
  const saved = (await client.call('views.list', {})).find((one) => one.name === name)
  if (saved !== undefined) return { filter: saved.filter, ...(saved.window === null ? {} : { window: saved.window }) }
  // `@timestamp:…` is a field of some logs.
  if (filter.includes(':')) return { filter }
  throw new AppError('not-found', `There is no saved view “${name}” in this case.`)
}
