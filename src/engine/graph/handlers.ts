import type { Handlers } from '../../contract'
import type { EngineContext } from '../context'
import { accessGraph } from './access'

export function graphHandlers(context: EngineContext): Pick<Handlers, 'graph.access'> {
  return {
    'graph.access': async (params, { signal }) =>
      accessGraph({ db: context.session().db, now: context.host.now(), signal }, params),
  }
}
