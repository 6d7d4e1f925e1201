import { AppError } from '../../common/errors'
import type { Handlers } from '../../contract'
import type { CaseSlot } from '../case/slot'
import type { EngineContext } from '../context'
import { requireExpected } from '../custody/expected'
import { findOriginal } from '../evidence/original'
import { readMember } from '../evidence/readMember'
import { offerRejects } from '../evidence/rejectsFile'
import { formats } from '../formats/registry'
import { savedMappings, withMappings } from '../mapping/store'
import { parseZone } from '../zone/zone'
import { listAccounts, listRejects, requireSource } from './accounts'
import { earlierAnswers } from './preflight/earlierAnswers'
import { zoneQuestions } from './preflight/zoneQuestions'

type ImportHandlers = Pick<
  Handlers,
  | 'import.start'
  | 'import.sources'
  | 'import.rejects'
  | 'import.exportRejects'
  | 'import.bytes'
  | 'import.formats'
  | 'import.zones'
  | 'import.timeIn'
>

export function importHandlers(context: EngineContext, slot: CaseSlot): ImportHandlers {
  return {
    async 'import.start'(
      { sources, copy, format, timeZone, zoneNames, formatZones, pgPrefix, mappings, expected },
      { signal, report },
    ) {
      const paths = pathsOf(context, sources)
      if (expected !== undefined) await requireExpected(context.session(), expected, paths, signal)
      try {
        return await slot.importPaths(paths, {
          copy: copy || context.host.uploads,
          ...(format === undefined ? {} : { format }),
          ...(timeZone === undefined ? {} : { timeZone }),
          ...(Object.keys(zoneNames).length === 0 ? {} : { zoneNames }),
          ...(Object.keys(formatZones).length === 0 ? {} : { formatZones }),
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
    async 'import.zones'({ sources, format }, { signal, report }) {
      const records = context.session().journal.records()
      return zoneQuestions({
        paths: pathsOf(context, sources),
        earlier: earlierAnswers(records),
        mappings: savedMappings(records),
        ...(format === undefined ? {} : { format }),
        signal,
        onProgress: report,
      })
    },
    async 'import.timeIn'({ zone, localUs }) {
      const found = parseZone(zone.trim())
      if ('problem' in found) return { us: null, ambiguous: false, problem: found.problem }
      const instant = found.toUtc(BigInt(localUs))
      return {
        us: instant === undefined ? null : Number(instant.us),
        ambiguous: instant?.ambiguous ?? false,
        problem: null,
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

/** Errors: `usage` for a handle of another time. */
function pathsOf(context: EngineContext, sources: readonly string[]): string[] {
  return sources.map((ref) => {
    const path = context.host.resolveSource(ref)
    if (path === undefined) throw new AppError('usage', 'A file is not known to the program any more. Choose it again.')
    return path
  })
}
