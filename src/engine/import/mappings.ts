import { mappingFormats } from '../formats/generic'
import { pgaudit, pgauditWith } from '../formats/pgaudit'
import type { Format } from '../formats/types'
import type { ParseOptions, StoredMapping } from './protocol'

const MAX_CACHED = 100
const cache = new Map<string, readonly Format[]>()

/** The formats that a file is tried with: those of the registry, as the options make them, then those of mappings. */
export function formatsFor(
  { format, pgPrefix, mappings = [] }: Pick<ParseOptions, 'format' | 'pgPrefix' | 'mappings'>,
  all: readonly Format[],
): readonly Format[] {
  const named =
    pgPrefix === undefined ? all : all.map((item) => (item.id === pgaudit.id ? pgauditWith(pgPrefix) : item))
  const known = [...named, ...mappings.flatMap(formatsOf)]
  return format === undefined ? known : known.filter(({ id }) => id === format)
}

/** The formats of a mapping; compiled once a thread, since an import may have thousands of files. */
function formatsOf({ hash, mapping }: StoredMapping): readonly Format[] {
  const known = cache.get(hash)
  if (known !== undefined) return known
  const formats = mappingFormats(mapping)
  if (cache.size >= MAX_CACHED) cache.clear()
  cache.set(hash, formats)
  return formats
}
