import { AppError, throwIfAborted } from '../../common/errors'
import type { Handlers } from '../../contract'
import type { EngineContext } from '../context'
import { type GivenFile, readGivenFile } from './givenFile'
import { runEnrichment } from './run'
import { addressInfo, enrichStatus } from './status'

type EnrichMethod = 'enrich.run' | 'enrich.status' | 'enrich.address'

export function enrichHandlers(context: EngineContext): Pick<Handlers, EnrichMethod> {
  return {
    async 'enrich.run'({ sources, fresh }, { signal, report }) {
      const session = context.session()
      const files: GivenFile[] = []
      for (const [index, { ref, kind }] of sources.entries()) {
        throwIfAborted(signal)
        report({ step: 'reading files', done: index, total: sources.length })
        const path = context.host.resolveSource(ref)
        if (path === undefined)
          throw new AppError('usage', 'A file is not known to the program any more. Choose it again.')
        files.push(await readGivenFile(path, kind))
      }
      await runEnrichment(session, { files, fresh, signal, onStep: report })
      context.changed({ kind: 'events' })
      return enrichStatus(session, signal)
    },
    'enrich.status': async (_, { signal }) => enrichStatus(context.session(), signal),
    'enrich.address': async ({ address }, { signal }) => addressInfo(context.session(), address, signal),
  }
}
