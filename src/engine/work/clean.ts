/** What comes in, made fit for the journal: whole text, current ids of techniques. */
import { findTechnique } from '../../common/attack/techniques'
import { AppError } from '../../common/errors'

/** Lone surrogates have no canonical form; they become the replacement character, wherever they are. */
export function wellFormed(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed()
  if (Array.isArray(value)) return value.map(wellFormed)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, wellFormed(item)]))
  return value
}

/** Each once, old ids as what took their place. Errors: `usage` for what is no technique. */
export function currentTechniques(ids: readonly string[]): string[] {
  const current = ids.map((id) => {
    const technique = findTechnique(id)
    if (technique === undefined) throw new AppError('usage', `“${id}” is no technique of ATT&CK for Enterprise.`)
    return technique.id
  })
  return [...new Set(current)]
}
