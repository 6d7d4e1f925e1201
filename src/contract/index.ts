import type { z } from 'zod'
import { analysisMethods } from './analyses'
import { caseMethods } from './case'
import { contrastMethods } from './contrast'
import { custodyMethods } from './custody'
import { enrichMethods } from './enrich'
import { eventMethods } from './events'
import { findingMethods } from './findings'
import { identityMethods } from './identities'
import { importMethods } from './import'
import { incidentMethods } from './incidents'
import { linkingMethods } from './linking'
import { mappingMethods } from './mapping'
import { noteMethods } from './notes'
import { reportMethods } from './report'
import { searchMethods } from './search'
import { shareMethods } from './share'
import { sqlMethods } from './sql'
import { graphMethods, traceMethods } from './traces'
import { savedViewMethods } from './views'
import { workMethods } from './work'
import { zoneMethods } from './zones'

/** Every method, once. Servers check against it, clients are typed by it, handlers are asked for by it. */
export const methods = {
  ...caseMethods,
  ...importMethods,
  ...zoneMethods,
  ...mappingMethods,
  ...enrichMethods,
  ...eventMethods,
  ...searchMethods,
  ...contrastMethods,
  ...sqlMethods,
  ...traceMethods,
  ...linkingMethods,
  ...identityMethods,
  ...graphMethods,
  ...analysisMethods,
  ...noteMethods,
  ...savedViewMethods,
  ...workMethods,
  ...findingMethods,
  ...incidentMethods,
  ...reportMethods,
  ...custodyMethods,
  ...shareMethods,
}

export type Methods = typeof methods
export type MethodName = keyof Methods
/** What a caller passes: fields with a default may be left out. */
export type ParamsIn<M extends MethodName> = z.input<Methods[M]['params']>
/** What a handler receives: defaults are filled in. */
export type Params<M extends MethodName> = z.output<Methods[M]['params']>
export type Result<M extends MethodName> = z.output<Methods[M]['result']>
export type Progress<M extends MethodName> = Methods[M]['progress'] extends z.ZodType
  ? z.output<Methods[M]['progress']>
  : never

export interface CallContext<M extends MethodName> {
  readonly signal: AbortSignal
  readonly report: (progress: Progress<M>) => void
}

export type Handler<M extends MethodName> = (params: Params<M>, context: CallContext<M>) => Promise<Result<M>>
export type Handlers = { readonly [M in MethodName]: Handler<M> }

export interface CallOptions<M extends MethodName> {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: Progress<M>) => void
}

/** What the renderer and the CLI hold: the same shape over every transport. */
export interface Client {
  call<M extends MethodName>(name: M, params: ParamsIn<M>, options?: CallOptions<M>): Promise<Result<M>>
  /** Called when the engine says that something changed, e.g. after an import: what the query cache must drop. */
  onChange(listener: (change: Change) => void): () => void
}

export type Change = { readonly kind: 'case' | 'events' | 'links' | 'notes' }

export function isMethodName(name: string): name is MethodName {
  return Object.hasOwn(methods, name)
}
