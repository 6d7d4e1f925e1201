import { azureActivity } from './azureActivity'
import { cloudtrail } from './cloudtrail'
import { entraAudit } from './entraAudit'
import { entraSignin } from './entraSignin'
import { gcpAudit } from './gcpAudit'
import { generic } from './generic'
import { githubAudit } from './githubAudit'
import { googleWorkspace } from './googleWorkspace'
import { hoop } from './hoop'
import { httpAccess } from './httpAccess'
import { jaeger } from './jaeger'
import { k8sAudit } from './k8sAudit'
import { m365Audit } from './m365Audit'
import { nezhaLog } from './nezhaLog'
import { nezhaTrace } from './nezhaTrace'
import { ocsf } from './ocsf'
import { okta } from './okta'
import { onepassword } from './onepassword'
import { otlpLogs, otlpMetrics, otlpTraces } from './otlp'
import { pgaudit } from './pgaudit'
import { prometheus } from './prometheus'
import { prometheusQuery } from './prometheusQuery'
import { slackAudit } from './slackAudit'
import { teleport } from './teleport'
import type { Format } from './types'
import { vaultAudit } from './vaultAudit'
import { xray } from './xray'
import { zipkin } from './zipkin'

/** Every format, in the order in which ties are broken. To add one: write its folder, add its line. */
export const formats: readonly Format[] = [
  cloudtrail,
  k8sAudit,
  gcpAudit,
  googleWorkspace,
  vaultAudit,
  hoop,
  teleport,
  pgaudit,
  entraSignin,
  entraAudit,
  azureActivity,
  m365Audit,
  okta,
  githubAudit,
  slackAudit,
  onepassword,
  ocsf,
  otlpTraces,
  otlpLogs,
  otlpMetrics,
  prometheus,
  prometheusQuery,
  jaeger,
  zipkin,
  xray,
  nezhaTrace,
  nezhaLog,
  httpAccess,
  generic,
]
