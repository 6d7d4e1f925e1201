import type { AccessEventRow } from '../../db/rows'
import type { HeaderTrace } from '../shared/traceHeaders'
import type { LogInstant } from './times'

/** One request as a dialect states it; what it does not state is absent. */
export interface HttpRequest {
  readonly time?: LogInstant | undefined
  /** What `time` is in this dialect. */
  readonly timeKind: 'start' | 'end' | 'logged'
  readonly endUs?: bigint | undefined
  readonly durationUs?: bigint | undefined
  /** Who connected, as the server saw it: an address or a name, with or without a port. */
  readonly client?: string | undefined
  readonly clientPort?: number | undefined
  /** Addresses that the client or proxies before wrote (`X-Forwarded-For`), in their order. */
  readonly forwarded?: string | undefined
  readonly user?: string | undefined
  readonly method?: string | undefined
  /** Path with or without query, or a whole URL. */
  readonly target?: string | undefined
  readonly host?: string | undefined
  readonly service?: string | undefined
  readonly status?: number | undefined
  readonly bytesIn?: bigint | undefined
  readonly bytesOut?: bigint | undefined
  readonly userAgent?: string | undefined
  readonly requestId?: string | undefined
  readonly trace?: HeaderTrace | undefined
  readonly ids?: readonly { readonly kind: string; readonly value: string }[] | undefined
  /** Where the dialect says more about the outcome than the status does. */
  readonly verdict?: Verdict | undefined
  /** Columns that the dialect knows better than the shared mapping. */
  readonly columns?: Partial<AccessEventRow> | undefined
}

export type Verdict = Partial<
  Pick<AccessEventRow, 'outcome' | 'outcome_code' | 'outcome_reason' | 'policy' | 'policy_type' | 'policy_effect'>
>

/** `-`, `""` and nothing say that there is no value. */
export function stated(value: string | undefined): string | undefined {
  return value === undefined || value === '' || value === '-' ? undefined : value
}

export function countOf(value: string | undefined): bigint | undefined {
  return value !== undefined && /^\d{1,18}$/.test(value) ? BigInt(value) : undefined
}
