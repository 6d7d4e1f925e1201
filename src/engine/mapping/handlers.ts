import { AppError } from '../../common/errors'
import type { Handlers } from '../../contract'
import type { mappingMethods } from '../../contract/mapping'
import { record } from '../case/open'
import type { CaseSlot } from '../case/slot'
import type { EngineContext } from '../context'
import { genericId } from '../formats/generic'
import { readMappingFile } from './read'
import { readSample } from './sample'
import { findSource } from './source'
import { mappingHash, savedMappings, saveMapping, withMappings } from './store'
import { suggestMapping } from './suggest'
import { tryMapping } from './trial'

type MappingHandlers = Pick<Handlers, keyof typeof mappingMethods>

export function mappingHandlers(context: EngineContext, slot: CaseSlot): MappingHandlers {
  return {
    async 'mapping.read'({ text }) {
      const mapping = readMappingFile(text)
      return { mapping, hash: mappingHash(mapping) }
    },
    async 'mapping.suggest'({ source, records }, { signal }) {
      const { path, name } = await findSource(context, source)
      return suggestMapping(await readSample(path, records, signal), nameFrom(name))
    },
    async 'mapping.test'({ source, mapping, records, rows }, { signal }) {
      const { path } = await findSource(context, source)
      return tryMapping(path, mapping, { records, rows, signal })
    },
    async 'mapping.save'({ mapping }) {
      return saveMapping(context.session(), mapping)
    },
    async 'mapping.list'() {
      return savedMappings(context.session().journal.records())
    },
    async 'mapping.remove'({ name }) {
      const session = context.session()
      if (!savedMappings(session.journal.records()).some(({ mapping }) => mapping.name === name))
        throw new AppError('not-found', `There is no mapping “${name}” in the case.`)
      await record(session, 'mapping.remove', { name })
      return {}
    },
    async 'mapping.import'({ source, mapping }, { signal, report }) {
      const { path } = await findSource(context, source)
      const { mappings } = await withMappings(context.session(), genericId, [mapping])
      try {
        return await slot.importPaths([path], {
          format: genericId,
          mappings: mappings.slice(0, 1),
          copy: context.host.uploads,
          signal,
          onProgress: report,
        })
      } finally {
        context.changed({ kind: 'events' })
        context.changed({ kind: 'links' })
      }
    },
  }
}

/** A name for a new mapping from that of a file: without its endings. */
function nameFrom(fileName: string): string {
  const bare = fileName.replace(/(?:\.[A-Za-z0-9]{1,8}){1,2}$/, '').toWellFormed()
  return (bare === '' ? 'Mapping' : bare).slice(0, 100)
}
