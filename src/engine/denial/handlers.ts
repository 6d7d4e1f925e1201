import type { Handlers } from '../../contract'
import type { EngineContext } from '../context'
import { listDenials } from './list'
import { denialPath } from './path'

export function denialHandlers(context: EngineContext): Pick<Handlers, 'denial.path' | 'denial.list'> {
  const asking = (signal: AbortSignal) => ({ db: context.session().db, now: context.host.now(), signal })
  return {
    'denial.path': async ({ eventId }, { signal }) => denialPath(asking(signal), eventId),
    'denial.list': async (params, { signal }) => listDenials(asking(signal), params),
  }
}
