import type { Handlers } from '../../contract'
import type { EngineContext } from '../context'
import { listOutOfBand } from './list'

export function outOfBandHandlers(context: EngineContext): Pick<Handlers, 'outOfBand.list'> {
  return {
    'outOfBand.list': async (params, { signal }) =>
      listOutOfBand({ db: context.session().db, now: context.host.now(), signal }, params),
  }
}
