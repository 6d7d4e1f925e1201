/** Which format is measured over which records, and how these stand in a file. */
import * as audit from './audit.mjs'
import * as telemetry from './telemetry.mjs'

/**
 * @typedef {{
 *   id: string,
 *   record: (draw: import('./random.mjs').Draw, index: number) => unknown,
 *   header?: string,
 *   extension?: string,
 *   mapping?: unknown,
 * }} Measured `record` gives a text, or a value that becomes one line of JSON
 */

const nezhaTraceHeader = 'TraceID,SpanID,ParentID,PodName,OperationName,StartTimeUnixNano,EndTimeUnixNano,Duration'
const nezhaLogHeader = 'Timestamp,TimeUnixNano,Node,PodName,Container,TraceID,SpanID,Log'
const mapping = {
  version: 1,
  name: 'Documents',
  time: { column: 'when', format: 'rfc3339' },
  columns: {
    actor_email: { column: 'who' },
    action: { column: 'what' },
    resource_name: { column: 'document' },
    src_ip: { column: 'address' },
    outcome: { column: 'result', values: { ok: 'success', refused: 'denied' } },
    reason: { column: 'remark' },
  },
}

/** All formats but CloudTrail, which has rows of its own. @type {readonly Measured[]} */
export const measured = [
  { id: 'k8s-audit', record: audit.k8sAudit },
  { id: 'pgaudit', record: telemetry.pgaudit, extension: 'csv' },
  { id: 'okta', record: audit.okta },
  { id: 'github-audit', record: audit.githubAudit },
  { id: 'entra-signin', record: audit.entraSignin },
  { id: 'entra-audit', record: audit.entraAudit },
  { id: 'azure-activity', record: audit.azureActivity },
  { id: 'm365-audit', record: audit.m365Audit },
  { id: 'gcp-audit', record: audit.gcpAudit },
  { id: 'google-workspace', record: audit.googleWorkspace },
  { id: 'teleport', record: audit.teleport },
  { id: 'vault-audit', record: audit.vaultAudit },
  { id: 'slack-audit', record: audit.slackAudit },
  { id: 'onepassword', record: audit.onepassword },
  { id: 'ocsf', record: audit.ocsf },
  { id: 'hoop', record: audit.hoop },
  { id: 'http-access', record: telemetry.httpAccess, extension: 'log' },
  { id: 'otlp-traces', record: telemetry.otlpTraces },
  { id: 'otlp-logs', record: telemetry.otlpLogs },
  { id: 'otlp-metrics', record: telemetry.otlpMetrics },
  { id: 'jaeger', record: telemetry.jaeger },
  { id: 'zipkin', record: telemetry.zipkin },
  { id: 'xray', record: telemetry.xray },
  {
    id: 'prometheus',
    record: telemetry.prometheus,
    header: '# TYPE http_server_requests_seconds_sum gauge',
    extension: 'prom',
  },
  { id: 'prometheus-query', record: telemetry.prometheusQuery },
  { id: 'nezha-trace', record: telemetry.nezhaTrace, header: nezhaTraceHeader, extension: 'csv' },
  { id: 'nezha-log', record: telemetry.nezhaLog, header: nezhaLogHeader, extension: 'csv' },
  {
    id: 'generic',
    record: telemetry.generic,
    header: 'when,who,what,document,address,result,remark',
    extension: 'csv',
    mapping,
  },
]
