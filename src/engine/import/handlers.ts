import { AppError } from '../../common/errors'
import type { Handlers } from '../../contract'
import type { CaseSlot } from '../case/slot'
import type { EngineContext } from '../context'
import { requireExpected } from '../custody/expected'
import { findOriginal } from '../evidence/original'
import { readMember } from '../evidence/readMember'
import { offerRejects } from '../evidence/rejectsFile'
import { formats } from '../formats/registry'
import { withMappings } from '../mapping/store'
import { listAccounts, listRejects, requireSource } from './accounts'

type ImportHandlers = Pick<
  Handlers,
  'import.start' | 'import.sources' | 'import.rejects' | 'import.exportRejects' | 'import.bytes' | 'import.formats'
>

export function importHandlers(context: EngineContext, slot: CaseSlot): ImportHandlers {
  return {
    async 'import.start'(
      { sources, copy, format, timeZone, zoneNames, pgPrefix, mappings, expected },
      { signal, report },
    ) {
      const paths = sources.map((ref) => {
        const path = context.host.resolveSource(ref)
        if (path === undefined)
          throw new AppError('usage', 'A file is not known to the program any more. Choose it again.')
        return path
      })
      if (expected !== undefined) await requireExpected(context.session(), expected, paths, signal)
      try {
        return await slot.importPaths(paths, {
          copy: copy || context.host.uploads,
          ...(format === undefined ? {} : { format }),
          ...(timeZone === undefined ? {} : { timeZone }),
          ...(Object.keys(zoneNames).length === 0 ? {} : { zoneNames }),
          ...(pgPrefix === undefined ? {} : { pgPrefix }),
          ...(await withMappings(context.session(), format, mappings)),
          signal,
          onProgress: report,
        })
      } finally {
        // Also after a cancel: finished files stay.
        context.changed({ kind: 'events' })
        context.changed({ kind: 'links' })
      }
    },
    async 'import.sources'() {
      const accounts = await listAccounts(context.session().db)
      return accounts.map(({ importId: _, ...account }) => account)
    },
    async 'import.rejects'({ sha256, offset, limit }) {
      return listRejects(context.session().db, { offset, limit, ...(sha256 === undefined ? {} : { sha256 }) })
    },
    'import.exportRejects': ({ sha256, format }, { signal }) => offerRejects(context, sha256, format, signal),
    async 'import.bytes'({ sha256, member, offset, length }, { signal }) {
      const session = context.session()
      await requireSource(session.db, sha256)
      const { path, kind } = await findOriginal(session.folder, sha256)
      const { bytes, ...rest } = await readMember(path, { member, offset, length }, signal)
      return { from: kind, base64: bytes.toString('base64'), ...rest }
    },
    async 'import.formats'() {
      return formats.map(({ id, title, source, containers, description }) => ({
        id,
        title,
        source,
        containers: [...containers],
        description,
      }))
    },
  }
}
