/** Scrapes of metrics in text: the Prometheus exposition format and OpenMetrics. */

import { sampleValue } from '../metrics/decimal'
import type { Format } from '../types'
import { isComment, metaLine, sampleLine } from './line'
import { beginsRecord, openPrometheus } from './session'

export const prometheus: Format = {
  id: 'prometheus',
  title: 'Prometheus and OpenMetrics text',
  source: 'metric',
  containers: ['text'],
  description: 'What a metrics endpoint answers; samples without a time of their own are kept without one.',
  text: { match, begins: beginsRecord, open: openPrometheus },
}

/** Metadata lines are unmistakable; without them labels are needed, since many texts are a word and a number. */
function match(lines: readonly string[]): number {
  let metadata = 0
  let samples = 0
  let labelled = 0
  let other = 0
  for (const line of lines) {
    if (line.trim() === '') continue
    if (isComment(line)) {
      if (metaLine(line) !== undefined) metadata++
      continue
    }
    const sample = sampleLine(line)
    if (sample === undefined || sampleValue(sample.value) === undefined) other++
    else {
      samples++
      if (sample.labels.size > 0) labelled++
    }
  }
  if (other * 10 > samples) return 0
  if (metadata > 0) return samples > 0 ? 0.95 : 0.3
  return labelled > 0 && labelled * 2 >= samples ? 0.7 : 0
}
