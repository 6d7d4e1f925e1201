import { z } from 'zod'
import { method } from './method'
import { Sha256 } from './shared'

/** Of a file: who took it, when, how, with what, from which system. What is not known is left empty. */
export const Acquisition = z.strictObject({
  by: z.string().max(500).default(''),
  at: z.string().max(100).default(''),
  how: z.string().max(2000).default(''),
  tool: z.string().max(500).default(''),
  system: z.string().max(500).default(''),
  text: z.string().max(10_000).default(''),
})
export type Acquisition = z.output<typeof Acquisition>

export const AcquisitionNote = z.strictObject({
  sha256: Sha256,
  name: z.string(),
  ...Acquisition.shape,
  author: z.string(),
  recordedAt: z.string(),
  seq: z.int(),
})
export type AcquisitionNote = z.output<typeof AcquisitionNote>

const ReportRecord = z.strictObject({
  seq: z.int(),
  at: z.string(),
  format: z.string(),
  sha256: Sha256,
  bodyDigest: Sha256,
})

export const custodyMethods = {
  /** Records the sealing and gives the text of a seal over the case as it is then. `key`: an Ed25519 private key in PEM. */
  'custody.seal': method({
    params: z.strictObject({ key: z.string().max(10_000).optional() }),
    result: z.strictObject({ seal: z.string(), seq: z.int(), head: Sha256, signed: z.boolean() }),
  }),
  /** Whether a report that somebody holds is one that this case made. */
  'custody.verifyReport': method({
    params: z.strictObject({ ref: z.string() }),
    result: z.strictObject({
      ok: z.boolean(),
      sha256: Sha256,
      /** The record that tells of this file or, where it was changed, of the report that it was. */
      report: ReportRecord.nullable(),
      findings: z.array(z.strictObject({ kind: z.string(), message: z.string() })),
    }),
  }),
  /** Says of files of the case how they were acquired; a later word on a file stands beside the earlier ones. */
  'custody.acquired': method({
    params: z.strictObject({ files: z.array(Sha256).min(1).max(10_000), acquisition: Acquisition }),
    result: z.strictObject({ files: z.int() }),
  }),
  'custody.acquisitions': method({ params: z.strictObject({}), result: z.array(AcquisitionNote) }),
}
