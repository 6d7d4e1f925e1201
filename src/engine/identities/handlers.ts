import type { Handlers } from '../../contract'
import type { EngineContext } from '../context'
import { decide, merge, split } from './decide'
import { findActors, identityOf, listIdentities } from './list'

type IdentityMethod = Extract<keyof Handlers, `identities.${string}`>

export function identityHandlers(context: EngineContext): Pick<Handlers, IdentityMethod> {
  return {
    'identities.list': async (params, { signal }) => listIdentities(context.session().db, params, signal),
    'identities.of': async ({ actorKey }, { signal }) => ({
      identity: await identityOf(context.session().db, actorKey, signal),
    }),
    'identities.actors': async (params, { signal }) => findActors(context.session().db, params, signal),
    async 'identities.merge'(params, { signal }) {
      const undo = await merge(context.session(), params, signal)
      context.changed({ kind: 'links' })
      return { undo }
    },
    async 'identities.split'(params, { signal }) {
      const undo = await split(context.session(), params, signal)
      context.changed({ kind: 'links' })
      return { undo }
    },
    async 'identities.decide'({ words }, { signal }) {
      await decide(context.session(), words, signal)
      context.changed({ kind: 'links' })
      return {}
    },
  }
}
