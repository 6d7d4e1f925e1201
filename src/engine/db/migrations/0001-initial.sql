-- The case's tables. Column names and meanings: docs/formats and the source mapping; rows are appended in arrival
-- order (seq), sorted by time within each commit so that zone maps prune by time.

CREATE TABLE schema_version (version INTEGER NOT NULL, tool VARCHAR NOT NULL);

CREATE TABLE source_file (
  import_id UINTEGER NOT NULL,
  import_batch UINTEGER NOT NULL,
  name VARCHAR NOT NULL,
  sha256 VARCHAR NOT NULL,
  size_bytes BIGINT NOT NULL,
  formats VARCHAR[] NOT NULL,
  status VARCHAR NOT NULL,
  records_read BIGINT NOT NULL,
  records_kept BIGINT NOT NULL,
  records_duplicate BIGINT NOT NULL,
  records_skipped BIGINT NOT NULL,
  records_rejected BIGINT NOT NULL,
  rows_access_event BIGINT NOT NULL,
  rows_span BIGINT NOT NULL,
  rows_log_record BIGINT NOT NULL,
  rows_metric_point BIGINT NOT NULL,
  first_ts TIMESTAMP,
  last_ts TIMESTAMP,
  limits VARCHAR[] NOT NULL,
  options VARCHAR NOT NULL,
  tool VARCHAR NOT NULL
);

CREATE TABLE import_reject (
  import_id UINTEGER NOT NULL,
  reject_no UBIGINT NOT NULL,
  member VARCHAR,
  line BIGINT NOT NULL,
  byte_offset BIGINT NOT NULL,
  byte_length BIGINT NOT NULL,
  reason VARCHAR NOT NULL
);

CREATE TABLE access_event (
  event_id UBIGINT NOT NULL,
  seq BIGINT NOT NULL,
  import_id UINTEGER NOT NULL,
  record_no UBIGINT NOT NULL,
  member VARCHAR,
  line BIGINT NOT NULL,
  byte_offset BIGINT NOT NULL,
  byte_length BIGINT NOT NULL,
  source VARCHAR NOT NULL,
  source_event_id VARCHAR,
  ts TIMESTAMP,
  ts_end TIMESTAMP,
  ts_precision VARCHAR,
  ts_kind VARCHAR,
  class VARCHAR,
  activity VARCHAR,
  action VARCHAR,
  service VARCHAR,
  permission VARCHAR,
  read_only BOOLEAN,
  outcome VARCHAR NOT NULL,
  outcome_code VARCHAR,
  outcome_reason VARCHAR,
  policy VARCHAR,
  policy_type VARCHAR,
  policy_effect VARCHAR,
  actor_key VARCHAR,
  actor_id VARCHAR,
  actor_name VARCHAR,
  actor_email VARCHAR,
  actor_tenant VARCHAR,
  actor_type VARCHAR,
  effective_id VARCHAR,
  effective_name VARCHAR,
  chain STRUCT(kind VARCHAR, id VARCHAR, name VARCHAR, "type" VARCHAR)[],
  session_id VARCHAR,
  credential_id VARCHAR,
  credential_type VARCHAR,
  mfa BOOLEAN,
  src_ip VARCHAR,
  src_ip_hi UBIGINT,
  src_ip_lo UBIGINT,
  src_port USMALLINT,
  src_host VARCHAR,
  ip_chain VARCHAR[],
  src_country VARCHAR,
  src_city VARCHAR,
  src_lat DOUBLE,
  src_lon DOUBLE,
  src_asn VARCHAR,
  src_as_org VARCHAR,
  src_is_proxy BOOLEAN,
  user_agent VARCHAR,
  ua_family VARCHAR,
  resource_key VARCHAR,
  resource_type VARCHAR,
  resource_name VARCHAR,
  resource_tenant VARCHAR,
  resource_ns VARCHAR,
  resource_region VARCHAR,
  resources STRUCT("key" VARCHAR, "type" VARCHAR)[],
  reason VARCHAR,
  reason_field VARCHAR,
  ticket_ids VARCHAR[],
  request_id VARCHAR,
  correlation_ids STRUCT(kind VARCHAR, "value" VARCHAR)[],
  trace_id VARCHAR,
  span_id VARCHAR,
  trace_source VARCHAR,
  http_method VARCHAR,
  http_path VARCHAR,
  http_status USMALLINT,
  db_name VARCHAR,
  db_statement VARCHAR,
  db_fingerprint VARCHAR,
  db_rows BIGINT,
  bytes_in BIGINT,
  bytes_out BIGINT,
  duration_us BIGINT,
  flags VARCHAR[],
  dup_key UBIGINT NOT NULL,
  dup_alt UBIGINT,
  raw VARCHAR USING COMPRESSION zstd
);

CREATE TABLE span (
  row_id UBIGINT NOT NULL,
  seq BIGINT NOT NULL,
  import_id UINTEGER NOT NULL,
  record_no UBIGINT NOT NULL,
  member VARCHAR,
  line BIGINT NOT NULL,
  byte_offset BIGINT NOT NULL,
  byte_length BIGINT NOT NULL,
  trace_id VARCHAR NOT NULL,
  span_id VARCHAR NOT NULL,
  parent_span_id VARCHAR,
  name VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  service VARCHAR,
  start_ns BIGINT NOT NULL,
  duration_ns BIGINT NOT NULL,
  ts TIMESTAMP NOT NULL,
  status VARCHAR NOT NULL,
  status_message VARCHAR,
  trace_state VARCHAR,
  flags UINTEGER,
  scope_name VARCHAR,
  scope_version VARCHAR,
  attributes VARCHAR USING COMPRESSION zstd,
  resource VARCHAR,
  http_method VARCHAR,
  http_route VARCHAR,
  http_status USMALLINT,
  user_id VARCHAR,
  client_address VARCHAR,
  db_name VARCHAR,
  db_statement VARCHAR,
  aws_request_id VARCHAR,
  k8s_audit_id VARCHAR,
  x_request_id VARCHAR,
  url_path VARCHAR,
  user_agent VARCHAR,
  db_user VARCHAR,
  db_fingerprint VARCHAR,
  peer_address VARCHAR,
  host_address VARCHAR,
  pod VARCHAR,
  rpc_service VARCHAR,
  rpc_method VARCHAR,
  cloud_resource VARCHAR,
  dup_key UBIGINT NOT NULL,
  dup_alt UBIGINT
);

CREATE TABLE span_event (
  trace_id VARCHAR NOT NULL,
  span_id VARCHAR NOT NULL,
  span_row_id UBIGINT NOT NULL,
  ordinal UINTEGER NOT NULL,
  name VARCHAR NOT NULL,
  time_ns BIGINT NOT NULL,
  attributes VARCHAR
);

CREATE TABLE span_link (
  trace_id VARCHAR NOT NULL,
  span_id VARCHAR NOT NULL,
  span_row_id UBIGINT NOT NULL,
  ordinal UINTEGER NOT NULL,
  linked_trace_id VARCHAR NOT NULL,
  linked_span_id VARCHAR NOT NULL,
  attributes VARCHAR
);

CREATE TABLE log_record (
  row_id UBIGINT NOT NULL,
  seq BIGINT NOT NULL,
  import_id UINTEGER NOT NULL,
  record_no UBIGINT NOT NULL,
  member VARCHAR,
  line BIGINT NOT NULL,
  byte_offset BIGINT NOT NULL,
  byte_length BIGINT NOT NULL,
  source VARCHAR NOT NULL,
  ts TIMESTAMP,
  ts_precision VARCHAR,
  time_ns BIGINT,
  service VARCHAR,
  severity VARCHAR,
  event_name VARCHAR,
  body VARCHAR,
  trace_id VARCHAR,
  span_id VARCHAR,
  attributes VARCHAR,
  resource VARCHAR,
  dup_key UBIGINT NOT NULL,
  dup_alt UBIGINT
);

-- A series is stored once, with the first of its points that comes. series_id: see docs/case-format.md.
CREATE TABLE metric_series (
  series_id UBIGINT NOT NULL,
  name VARCHAR NOT NULL,
  unit VARCHAR,
  kind VARCHAR NOT NULL,
  temporality VARCHAR,
  monotonic BOOLEAN,
  description VARCHAR,
  service VARCHAR,
  scope_name VARCHAR,
  scope_version VARCHAR,
  attributes VARCHAR NOT NULL,
  resource VARCHAR
);

-- ts is null where the source states no time for the sample. Histograms and summaries have count and sum, no value;
-- buckets, quantiles, exemplars and numbers that a double cannot hold are in details (JSON).
CREATE TABLE metric_point (
  row_id UBIGINT NOT NULL,
  seq BIGINT NOT NULL,
  import_id UINTEGER NOT NULL,
  record_no UBIGINT NOT NULL,
  member VARCHAR,
  line BIGINT NOT NULL,
  byte_offset BIGINT NOT NULL,
  byte_length BIGINT NOT NULL,
  series_id UBIGINT NOT NULL,
  ts TIMESTAMP,
  time_ns BIGINT,
  start_ns BIGINT,
  "value" DOUBLE,
  count UBIGINT,
  sum DOUBLE,
  details VARCHAR,
  exemplar_trace_ids VARCHAR[],
  dup_key UBIGINT NOT NULL,
  dup_alt UBIGINT
);

CREATE TABLE identity (identity_id VARCHAR NOT NULL, label VARCHAR NOT NULL, kind VARCHAR);
CREATE TABLE identity_alias (
  actor_key VARCHAR NOT NULL,
  identity_id VARCHAR NOT NULL,
  basis VARCHAR NOT NULL,
  confidence DOUBLE NOT NULL
);

CREATE TABLE link (
  link_id UBIGINT NOT NULL,
  event_id UBIGINT NOT NULL,
  trace_id VARCHAR,
  span_id VARCHAR,
  "level" VARCHAR NOT NULL,
  score DOUBLE NOT NULL,
  probability DOUBLE,
  margin DOUBLE,
  rivals INTEGER NOT NULL,
  "method" VARCHAR NOT NULL,
  verdict VARCHAR,
  summary VARCHAR
);

CREATE TABLE link_evidence (
  link_id UBIGINT NOT NULL,
  ordinal UINTEGER NOT NULL,
  item VARCHAR NOT NULL,
  event_value VARCHAR,
  span_value VARCHAR,
  weight DOUBLE NOT NULL,
  "text" VARCHAR NOT NULL
);

-- Projection of the journal.
CREATE TABLE note (
  note_id VARCHAR NOT NULL,
  target_kind VARCHAR NOT NULL,
  target_id VARCHAR NOT NULL,
  "text" VARCHAR NOT NULL,
  tags VARCHAR[] NOT NULL,
  author VARCHAR NOT NULL,
  created_at VARCHAR NOT NULL,
  updated_at VARCHAR NOT NULL,
  deleted BOOLEAN NOT NULL
);
-- How far the clock of a source is ahead of the spans of a service (null: of all), as the last linking measured it.
-- basis: links (exact links), pairs (pairs without a rival), search (a peak elsewhere, only suggested).
CREATE TABLE clock_estimate (
  source VARCHAR NOT NULL,
  service VARCHAR,
  basis VARCHAR NOT NULL,
  pairs BIGINT NOT NULL,
  offset_us BIGINT NOT NULL,
  jitter_us BIGINT NOT NULL,
  drift_ppm DOUBLE NOT NULL,
  middle_us BIGINT NOT NULL,
  peak DOUBLE
);
-- What the analyst thinks of an event, a trace, an actor …: one row a target.
CREATE TABLE mark (
  target_kind VARCHAR NOT NULL,
  target_id VARCHAR NOT NULL,
  star BOOLEAN NOT NULL,
  severity VARCHAR,
  verdict VARCHAR,
  techniques VARCHAR[] NOT NULL,
  tags VARCHAR[] NOT NULL,
  author VARCHAR NOT NULL,
  updated_at VARCHAR NOT NULL
);
CREATE TABLE finding (
  finding_id VARCHAR NOT NULL,
  title VARCHAR NOT NULL,
  statement VARCHAR NOT NULL,
  severity VARCHAR NOT NULL,
  confidence VARCHAR NOT NULL,
  status VARCHAR NOT NULL,
  techniques VARCHAR[] NOT NULL,
  alternatives VARCHAR[] NOT NULL,
  author VARCHAR NOT NULL,
  created_at VARCHAR NOT NULL,
  updated_at VARCHAR NOT NULL
);
CREATE TABLE hypothesis (
  hypothesis_id VARCHAR NOT NULL,
  statement VARCHAR NOT NULL,
  status VARCHAR NOT NULL,
  questions VARCHAR[] NOT NULL,
  author VARCHAR NOT NULL,
  created_at VARCHAR NOT NULL,
  updated_at VARCHAR NOT NULL
);
CREATE TABLE task (
  task_id VARCHAR NOT NULL,
  title VARCHAR NOT NULL,
  status VARCHAR NOT NULL,
  assignee VARCHAR NOT NULL,
  "text" VARCHAR NOT NULL,
  author VARCHAR NOT NULL,
  created_at VARCHAR NOT NULL,
  updated_at VARCHAR NOT NULL
);
CREATE TABLE incident (
  incident_id VARCHAR NOT NULL,
  title VARCHAR NOT NULL,
  summary VARCHAR NOT NULL,
  impact VARCHAR NOT NULL,
  "scope" VARCHAR NOT NULL,
  severity VARCHAR NOT NULL,
  state VARCHAR NOT NULL,
  author VARCHAR NOT NULL,
  created_at VARCHAR NOT NULL,
  updated_at VARCHAR NOT NULL
);
CREATE TABLE indicator (
  indicator_id VARCHAR NOT NULL,
  kind VARCHAR NOT NULL,
  "value" VARCHAR NOT NULL,
  status VARCHAR NOT NULL,
  verdict VARCHAR,
  "text" VARCHAR NOT NULL,
  author VARCHAR NOT NULL,
  created_at VARCHAR NOT NULL,
  updated_at VARCHAR NOT NULL
);
-- What findings, hypotheses and incidents point to, in their order.
CREATE TABLE work_item (
  owner_kind VARCHAR NOT NULL,
  owner_id VARCHAR NOT NULL,
  role VARCHAR NOT NULL,
  ordinal UINTEGER NOT NULL,
  about VARCHAR NOT NULL,
  target_kind VARCHAR,
  target_id VARCHAR,
  query VARCHAR,
  "text" VARCHAR NOT NULL,
  mark VARCHAR,
  "at" VARCHAR
);
-- The last word of the analyst on an event and a span (or a trace, where span_id is null).
CREATE TABLE link_verdict (
  event_id UBIGINT NOT NULL,
  trace_id VARCHAR NOT NULL,
  span_id VARCHAR,
  verdict VARCHAR NOT NULL,
  author VARCHAR NOT NULL,
  decided_at VARCHAR NOT NULL
);
-- How far the clock of a source is ahead of the spans, as somebody decided; service is null for all of them.
CREATE TABLE clock (
  source VARCHAR NOT NULL,
  service VARCHAR,
  offset_us BIGINT NOT NULL,
  enabled BOOLEAN NOT NULL,
  author VARCHAR NOT NULL,
  decided_at VARCHAR NOT NULL
);
-- Aliases that the analyst made or took back.
CREATE TABLE identity_edit (
  actor_key VARCHAR NOT NULL,
  identity_id VARCHAR NOT NULL,
  merged BOOLEAN NOT NULL,
  author VARCHAR NOT NULL,
  decided_at VARCHAR NOT NULL
);
CREATE TABLE journal_state (seq BIGINT NOT NULL, head VARCHAR NOT NULL);
