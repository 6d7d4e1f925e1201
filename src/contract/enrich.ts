import { z } from 'zod'
import { StepProgress } from './case'
import { method } from './method'
import { Sha256 } from './shared'

export const enrichKinds = ['mmdb', 'aws', 'gcp', 'azure', 'cloudflare', 'csv'] as const

/** A file that places or ranges were taken from. */
export const EnrichFile = z.strictObject({
  name: z.string(),
  sha256: Sha256,
  sizeBytes: z.int(),
  kind: z.enum(enrichKinds),
  /** What the file says it is, and when it was made; null where it does not say. */
  title: z.string().nullable(),
  builtAt: z.string().nullable(),
})
export type EnrichFile = z.infer<typeof EnrichFile>

/** Facts beyond the class, each with the file that it is from. */
export const enrichFacts = ['cloud', 'country', 'city', 'asn', 'as_org'] as const

export const AddressInfo = z.strictObject({
  address: z.string(),
  class: z.string(),
  provider: z.string().nullable(),
  service: z.string().nullable(),
  region: z.string().nullable(),
  country: z.string().nullable(),
  city: z.string().nullable(),
  asn: z.string().nullable(),
  as_org: z.string().nullable(),
  basis: z.array(z.strictObject({ fact: z.enum(enrichFacts), file: z.string(), sha256: Sha256 })),
  /** False where no run has seen the address yet: then there is its class only. */
  lookedUp: z.boolean(),
})
export type AddressInfo = z.infer<typeof AddressInfo>

export const EnrichStatus = z.strictObject({
  /** Client addresses of events by class, most events first. */
  classes: z.array(z.strictObject({ class: z.string(), addresses: z.int(), events: z.int() })),
  /** Addresses of the case: of clients, of hops on their way, of spans. */
  addresses: z.int(),
  /** Those that no run has seen: they came with a later import. */
  pending: z.int(),
  found: z.strictObject({ cloud: z.int(), country: z.int(), city: z.int(), asn: z.int(), as_org: z.int() }),
  /** Files whose facts are in the case. */
  files: z.array(EnrichFile),
})
export type EnrichStatus = z.infer<typeof EnrichStatus>

export const enrichMethods = {
  /**
   * Looks up every address of events, hops and spans in the files: MMDB, published ranges of clouds, or lines `network,label`. What is found
   * adds to what earlier runs found and replaces what it contradicts; `fresh` forgets those first. Without files and
   * `fresh` nothing changes.
   */
  'enrich.run': method({
    params: z.strictObject({
      sources: z
        .array(z.strictObject({ ref: z.string(), kind: z.enum(['any', 'mmdb', 'ranges']).default('any') }))
        .max(50)
        .default([]),
      fresh: z.boolean().default(false),
    }),
    result: EnrichStatus,
    progress: StepProgress,
  }),
  'enrich.status': method({ params: z.strictObject({}), result: EnrichStatus }),
  /** Of one client address of the case. */
  'enrich.address': method({
    params: z.strictObject({ address: z.string().max(100) }),
    result: AddressInfo.nullable(),
  }),
}
