import type { MetricSeriesRow } from '../../../db/rows'

/** AggregationTemporality by number or name; undefined where it is unspecified. */
export function temporalityOf(value: unknown): MetricSeriesRow['temporality'] {
  switch (value) {
    case 1:
    case '1':
    case 'AGGREGATION_TEMPORALITY_DELTA':
      return 'delta'
    case 2:
    case '2':
    case 'AGGREGATION_TEMPORALITY_CUMULATIVE':
      return 'cumulative'
    default:
      return undefined
  }
}
