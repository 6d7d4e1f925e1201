import type { Handlers } from '../../contract'
import type { EngineContext } from '../context'
import { listAuditGaps } from './list'

export function auditGapHandlers(context: EngineContext): Pick<Handlers, 'auditGaps.list'> {
  return {
    'auditGaps.list': async (params, { signal }) =>
      listAuditGaps({ db: context.session().db, now: context.host.now(), signal }, params),
  }
}
