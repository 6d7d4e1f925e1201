-- What is found between events and spans, and how far clocks are apart. Made anew by every linking.

CREATE TABLE identity (identity_id VARCHAR NOT NULL, label VARCHAR NOT NULL, kind VARCHAR);
CREATE TABLE identity_alias (
  actor_key VARCHAR NOT NULL,
  identity_id VARCHAR NOT NULL,
  basis VARCHAR NOT NULL,
  confidence DOUBLE NOT NULL,
  via_key VARCHAR,
  event_id UBIGINT,
  "text" VARCHAR NOT NULL
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
