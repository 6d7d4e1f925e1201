import type { Handlers } from '../../contract'
import type { EngineContext } from '../context'
import { coverageMap } from './map'

export function coverageHandlers(context: EngineContext): Pick<Handlers, 'coverage.map'> {
  return {
    'coverage.map': async (params, { signal }) =>
      coverageMap({ db: context.session().db, now: context.host.now(), signal }, params),
  }
}
