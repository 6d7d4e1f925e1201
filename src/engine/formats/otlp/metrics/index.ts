/** OpenTelemetry metrics in OTLP, all kinds; a record is a metric, each of its points a row. */
import { isObject, type JsonValue } from '../../../../common/json'
import type { MetricDraft } from '../../metrics/draft'
import { emitMetrics } from '../../metrics/session'
import { withExactIntegers } from '../../spans/exact'
import type { Format, JsonContext } from '../../types'
import { containsRecords, recordsWithin } from '../jsonContainer'
import { binaryReaders } from '../wireReaders'
import { isBareMetric, jsonMetric } from './jsonMetric'
import { metricLayouts, metricSignal } from './signal'
import { isWireMetric } from './wireMatch'
import { emitWireMetric } from './wireMetric'

const layoutIds = new Set(metricLayouts.map(({ id }) => id))

export const otlpMetrics: Format = {
  id: 'otlp-metrics',
  title: 'OpenTelemetry metrics (OTLP)',
  source: 'metric',
  containers: ['JSON', 'JSON lines', 'protobuf', 'length-prefixed protobuf'],
  description: 'Gauges, sums, histograms and summaries as collectors and SDKs write them, with exemplars.',
  json: {
    layouts: metricLayouts,
    match: (value, layout) => {
      if (layout !== undefined && layoutIds.has(layout)) return 1
      if (!isObject(value)) return 0
      if (containsRecords(metricSignal, value)) return 0.95
      return isBareMetric(value) ? 0.9 : 0
    },
    open: ({ sink }) => ({
      record: (value, context, at) => emitMetrics(sink, at, () => read(withExactIntegers(value, at), context)),
      end: () => undefined,
    }),
  },
  binary: binaryReaders(isWireMetric, emitWireMetric),
}

function read(value: JsonValue, context: JsonContext): readonly MetricDraft[] {
  if (isObject(value) && containsRecords(metricSignal, value))
    return recordsWithin(metricSignal, value).map((metric) => jsonMetric(metric.value, metric.context))
  return [jsonMetric(value, context)]
}
