import { cloudtrail } from './cloudtrail'
import { httpAccess } from './httpAccess'
import { jaeger } from './jaeger'
import { k8sAudit } from './k8sAudit'
import { otlpLogs, otlpMetrics, otlpTraces } from './otlp'
import { pgaudit } from './pgaudit'
import type { Format } from './types'
import { zipkin } from './zipkin'

/** Every format, in the order in which ties are broken. To add one: write its folder, add its line. */
export const formats: readonly Format[] = [
  cloudtrail,
  k8sAudit,
  pgaudit,
  otlpTraces,
  otlpLogs,
  otlpMetrics,
  jaeger,
  zipkin,
  httpAccess,
]
