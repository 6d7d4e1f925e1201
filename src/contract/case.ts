import { z } from 'zod'
import { method } from './method'
import { Sha256, TimeUs } from './shared'

export const CaseInfo = z.strictObject({
  id: z.string(),
  title: z.string(),
  created: z.string(),
  tables: z.record(z.string(), z.int()),
  sources: z.array(z.strictObject({ source: z.string(), count: z.int() })),
  firstTs: z.string().nullable(),
  lastTs: z.string().nullable(),
  journal: z.strictObject({ seq: z.int(), head: Sha256 }),
})
export type CaseInfo = z.infer<typeof CaseInfo>

/** `CaseInfo` plus what a window needs: time span in microseconds over events and spans, and what was repaired at open. */
export const OpenCase = z.strictObject({
  info: CaseInfo,
  span: z.strictObject({ fromUs: TimeUs, toUs: TimeUs }).nullable(),
  /** Plain sentences: a torn journal tail set aside, a holder taken over, files recovered. */
  notices: z.array(z.string()),
})
export type OpenCase = z.infer<typeof OpenCase>

export const RecentCase = z.strictObject({
  ref: z.string(),
  title: z.string(),
  openedAt: z.string(),
  missing: z.boolean(),
})
export type RecentCase = z.infer<typeof RecentCase>

export const VerifyResult = z.strictObject({
  ok: z.boolean(),
  head: z.string(),
  seq: z.int(),
  /** Records that follow the given head or seal; null where none was given or it is not in the chain. */
  afterHead: z.int().nullable(),
  findings: z.array(z.strictObject({ kind: z.string(), message: z.string() })),
})
export type VerifyResult = z.infer<typeof VerifyResult>

export const StepProgress = z.strictObject({ step: z.string(), done: z.number(), total: z.number() })

export const caseMethods = {
  /** What the host can do, so that one renderer serves all of them. */
  'app.info': method({
    params: z.strictObject({}),
    result: z.strictObject({
      version: z.string(),
      host: z.enum(['electron', 'web', 'cli', 'test']),
      /** Native dialogs (Electron) or uploads and pre-registered folders (web). */
      nativeDialogs: z.boolean(),
      hasSample: z.boolean(),
      /** Folders and files that were named on the command line of the web host. */
      offered: z.array(z.strictObject({ ref: z.string(), name: z.string() })),
    }),
  }),
  'case.recent': method({ params: z.strictObject({}), result: z.array(RecentCase) }),
  /** The case that is open now, or null. */
  'case.current': method({ params: z.strictObject({}), result: OpenCase.nullable() }),
  /** Creates an empty case in the host's case folder (or at `ref`) and opens it. */
  'case.create': method({
    params: z.strictObject({ title: z.string().min(1).max(200), ref: z.string().optional() }),
    result: OpenCase,
  }),
  'case.open': method({ params: z.strictObject({ ref: z.string() }), result: OpenCase }),
  /** Lets a case from elsewhere be worked on. What it says is not more true for it. */
  'case.accept': method({ params: z.strictObject({}), result: OpenCase }),
  'case.close': method({ params: z.strictObject({}), result: z.strictObject({}) }),
  'case.info': method({ params: z.strictObject({}), result: CaseInfo }),
  /** Creates a fresh case from the shipped sample bundle, imports and links it. */
  'case.openSample': method({ params: z.strictObject({}), result: OpenCase, progress: StepProgress }),
  'case.verify': method({
    params: z.strictObject({
      head: Sha256.optional(),
      evidence: z.string().optional(),
      /** The text of a seal, and the public key in PEM that it must be signed with. */
      seal: z.string().max(1_000_000).optional(),
      publicKey: z.string().max(10_000).optional(),
      /** Nothing may follow the head or the seal. */
      exact: z.boolean().optional(),
    }),
    result: VerifyResult,
    progress: StepProgress,
  }),
  /** Of the open case, or of the case at `ref`, whose database may be missing or damaged. `evidence`: where originals are. */
  'case.rebuild': method({
    params: z.strictObject({ ref: z.string().optional(), evidence: z.string().optional() }),
    result: OpenCase,
    progress: StepProgress,
  }),
}
