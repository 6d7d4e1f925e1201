/**
 * Rows as formats emit them: the columns of the tables in migrations/0001-evidence.sql that a format can know. Times
 * are bigint microseconds (`ts`, `ts_end`) or nanoseconds (`start_ns`, `duration_ns`). A column that the source does
 * not state is left out. The pipeline adds ids, positions, `seq`, `src_ip_hi/lo` (from `src_ip`), `raw`.
 */

import type { Precision } from '../../common/time'
import type { Outcome } from '../../contract/shared'

export interface ChainHop {
  readonly kind:
    | 'login'
    | 'assume_role'
    | 'federation'
    | 'impersonate'
    | 'set_role'
    | 'delegation'
    | 'token'
    | 'gateway'
  readonly id?: string
  readonly name?: string
  readonly type?: string
}

export type EventClass =
  | 'authn'
  | 'session'
  | 'api'
  | 'data'
  | 'query'
  | 'iam'
  | 'policy'
  | 'config'
  | 'network'
  | 'other'
export type Activity =
  | 'create'
  | 'read'
  | 'list'
  | 'update'
  | 'delete'
  | 'execute'
  | 'login'
  | 'logout'
  | 'assume'
  | 'grant'
  | 'revoke'
  | 'connect'
  | 'other'
export type ActorType =
  | 'user'
  | 'service_account'
  | 'role'
  | 'root'
  | 'app'
  | 'bot'
  | 'db_user'
  | 'system'
  | 'anonymous'
  | 'unknown'
export type Flag =
  | 'privileged'
  | 'dry_run'
  | 'hidden_denial'
  | 'clock_suspect'
  | 'truncated'
  | 'service_initiated'
  | 'statement_missing'
  /** The source names no zone for the time. */
  | 'zone_assumed'
  /** The clocks showed the time twice; the earlier instant is taken. */
  | 'time_ambiguous'

/** Normalised access event: one attempt to use a right. Fill it in as it is learnt, emit it, then leave it alone. */
export interface AccessEventRow {
  source: string
  source_event_id?: string | undefined
  ts?: bigint | undefined
  ts_end?: bigint | undefined
  ts_precision?: Precision | undefined
  ts_kind?: 'start' | 'end' | 'logged' | undefined
  class?: EventClass | undefined
  activity?: Activity | undefined
  action?: string | undefined
  service?: string | undefined
  permission?: string | undefined
  read_only?: boolean | undefined
  outcome: Outcome
  outcome_code?: string | undefined
  outcome_reason?: string | undefined
  policy?: string | undefined
  policy_type?: string | undefined
  policy_effect?: 'allow' | 'explicit_deny' | 'implicit_deny' | 'quota' | undefined
  actor_key?: string | undefined
  actor_id?: string | undefined
  actor_name?: string | undefined
  actor_email?: string | undefined
  actor_tenant?: string | undefined
  actor_type?: ActorType | undefined
  effective_id?: string | undefined
  effective_name?: string | undefined
  chain?: ChainHop[] | undefined
  session_id?: string | undefined
  credential_id?: string | undefined
  credential_type?: string | undefined
  mfa?: boolean | undefined
  src_ip?: string | undefined
  src_port?: number | undefined
  src_host?: string | undefined
  ip_chain?: string[] | undefined
  src_country?: string | undefined
  src_city?: string | undefined
  src_lat?: number | undefined
  src_lon?: number | undefined
  src_asn?: string | undefined
  src_as_org?: string | undefined
  src_is_proxy?: boolean | undefined
  user_agent?: string | undefined
  ua_family?: string | undefined
  resource_key?: string | undefined
  resource_type?: string | undefined
  resource_name?: string | undefined
  resource_tenant?: string | undefined
  resource_ns?: string | undefined
  resource_region?: string | undefined
  resources?: { key: string; type?: string }[] | undefined
  reason?: string | undefined
  reason_field?: string | undefined
  ticket_ids?: string[] | undefined
  request_id?: string | undefined
  correlation_ids?: { kind: string; value: string }[] | undefined
  trace_id?: string | undefined
  span_id?: string | undefined
  trace_source?: string | undefined
  http_method?: string | undefined
  http_path?: string | undefined
  http_status?: number | undefined
  db_name?: string | undefined
  db_statement?: string | undefined
  db_fingerprint?: string | undefined
  db_rows?: bigint | undefined
  bytes_in?: bigint | undefined
  bytes_out?: bigint | undefined
  duration_us?: bigint | undefined
  flags?: Flag[] | undefined
}

/** Who acted and with whose rights: what formats find out together. */
export type ActorColumns = Pick<
  AccessEventRow,
  | 'actor_key'
  | 'actor_id'
  | 'actor_name'
  | 'actor_email'
  | 'actor_tenant'
  | 'actor_type'
  | 'effective_id'
  | 'effective_name'
  | 'chain'
>

/** One span, in OpenTelemetry terms. `attributes` and `resource` are JSON text of a flat object. */
export interface SpanRow {
  /** 32 lower-case hex digits. */
  trace_id: string
  /** 16 lower-case hex digits. */
  span_id: string
  parent_span_id?: string | undefined
  name: string
  kind: 'unspecified' | 'internal' | 'server' | 'client' | 'producer' | 'consumer'
  service?: string | undefined
  start_ns: bigint
  duration_ns: bigint
  status: 'unset' | 'ok' | 'error'
  status_message?: string | undefined
  trace_state?: string | undefined
  flags?: number | undefined
  scope_name?: string | undefined
  scope_version?: string | undefined
  attributes?: string | undefined
  resource?: string | undefined
  http_method?: string | undefined
  http_route?: string | undefined
  http_status?: number | undefined
  user_id?: string | undefined
  client_address?: string | undefined
  db_name?: string | undefined
  db_statement?: string | undefined
  aws_request_id?: string | undefined
  k8s_audit_id?: string | undefined
  x_request_id?: string | undefined
  /** Path of the request as it was asked for, without its query. */
  url_path?: string | undefined
  user_agent?: string | undefined
  db_user?: string | undefined
  /** Shape of `db_statement`, made as that of audit records is. */
  db_fingerprint?: string | undefined
  /** The other end of the connection, as an address or a name. */
  peer_address?: string | undefined
  /** Address of the pod or host that the span is of. */
  host_address?: string | undefined
  pod?: string | undefined
  rpc_service?: string | undefined
  rpc_method?: string | undefined
  /** Bucket and key, table, queue, function: what a call of a cloud was about. */
  cloud_resource?: string | undefined
}

export interface SpanEventRow {
  name: string
  time_ns: bigint
  attributes?: string | undefined
}

export interface SpanLinkRow {
  linked_trace_id: string
  linked_span_id: string
  attributes?: string | undefined
}

export interface LogRecordRow {
  source: string
  ts?: bigint | undefined
  ts_precision?: Precision | undefined
  /** The same time where the source states nanoseconds. */
  time_ns?: bigint | undefined
  service?: string | undefined
  severity?: string | undefined
  event_name?: string | undefined
  body?: string | undefined
  trace_id?: string | undefined
  span_id?: string | undefined
  attributes?: string | undefined
  /** JSON text of a flat object, as in spans. */
  resource?: string | undefined
}

/** What one time series is; all of it makes its id. `attributes` and `resource` are JSON text of a flat object. */
export interface MetricSeriesRow {
  name: string
  unit?: string | undefined
  kind:
    | 'gauge'
    | 'sum'
    | 'counter'
    | 'histogram'
    | 'exponential_histogram'
    | 'gauge_histogram'
    | 'summary'
    | 'info'
    | 'state_set'
    | 'unknown'
  temporality?: 'delta' | 'cumulative' | undefined
  monotonic?: boolean | undefined
  /** Not part of the id: the first one that comes is kept. */
  description?: string | undefined
  service?: string | undefined
  scope_name?: string | undefined
  scope_version?: string | undefined
  attributes: string
  resource?: string | undefined
}

/** One value of a series. NaN and the infinities are values. */
export interface MetricPointRow {
  ts?: bigint | undefined
  /** The same time where the source states nanoseconds. */
  time_ns?: bigint | undefined
  /** From when a sum or a histogram counts. */
  start_ns?: bigint | undefined
  value?: number | undefined
  count?: bigint | undefined
  sum?: number | undefined
  /** JSON text of an object: buckets, quantiles, exemplars, exact digits. */
  details?: string | undefined
  exemplar_trace_ids?: string[] | undefined
}
