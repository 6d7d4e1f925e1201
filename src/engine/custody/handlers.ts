import { AppError } from '../../common/errors'
import type { Handlers } from '../../contract'
import type { EngineContext } from '../context'
import { listAcquisitions, noteAcquisition } from './acquisitions'
import { verifyReport } from './reports'
import { sealCase } from './seal'

type CustodyMethod = 'custody.seal' | 'custody.verifyReport' | 'custody.acquired' | 'custody.acquisitions'

export function custodyHandlers(context: EngineContext): Pick<Handlers, CustodyMethod> {
  return {
    'custody.seal': async ({ key }) => sealCase(context.session(), key),
    async 'custody.verifyReport'({ ref }) {
      const path = context.host.resolveSource(ref)
      if (path === undefined) throw new AppError('usage', 'This file is not known to the program any more.')
      return verifyReport(context.session().journal.records(), path)
    },
    'custody.acquired': async ({ files, acquisition }) => noteAcquisition(context.session(), files, acquisition),
    'custody.acquisitions': async () => listAcquisitions(context.session().journal.records()),
  }
}
