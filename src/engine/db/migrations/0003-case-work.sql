-- What people add: a projection of the journal, which can be made again from it.

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
-- Which actor keys the analyst said are the same, or are not; identity_id is the other key.
CREATE TABLE identity_edit (
  actor_key VARCHAR NOT NULL,
  identity_id VARCHAR NOT NULL,
  merged BOOLEAN NOT NULL,
  author VARCHAR NOT NULL,
  decided_at VARCHAR NOT NULL
);
-- A question to come back to: filter, time window, and the tab it was asked in.
CREATE TABLE saved_view (
  name VARCHAR NOT NULL,
  "filter" VARCHAR NOT NULL,
  from_us BIGINT,
  to_us BIGINT,
  view_id VARCHAR,
  author VARCHAR NOT NULL,
  saved_at VARCHAR NOT NULL
);
CREATE TABLE journal_state (seq BIGINT NOT NULL, head VARCHAR NOT NULL);
