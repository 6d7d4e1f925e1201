import { mappingFormats } from '../formats/generic'
import type { Format } from '../formats/types'
import type { StoredMapping } from './protocol'

const MAX_CACHED = 100
const cache = new Map<string, readonly Format[]>()

/** The formats of a mapping; compiled once a thread, since an import may have thousands of files. */
export function formatsOf({ hash, mapping }: StoredMapping): readonly Format[] {
  const known = cache.get(hash)
  if (known !== undefined) return known
  const formats = mappingFormats(mapping)
  if (cache.size >= MAX_CACHED) cache.clear()
  cache.set(hash, formats)
  return formats
}
