import type { Value } from '../../../contract/reportBlocks'
import type { ModelTrace } from '../model'
import { duration } from '../words'
import type { Print } from './section'
import { joined, value } from './values'

export function traceValues(trace: ModelTrace, { time, say }: Print): Value[] {
  const { failing } = trace
  return [
    { label: say('Trace'), value: trace.traceId, mono: true },
    ...value(
      say('Began'),
      say('{time}, took {duration}', { time: time(trace.firstTs), duration: duration(trace.durationNs) }),
    ),
    ...value(
      say('Spans'),
      say('{spans}, of them {errors} with an error', { spans: trace.spanCount, errors: trace.errorCount }),
    ),
    ...value(say('Services'), trace.services.join(' → ')),
    ...value(say('Root'), trace.roots.length === 0 ? say('not in the case') : trace.roots.join(', ')),
    ...value(
      say('Failed first'),
      failing === null ? '' : joined(failing.service ?? '', failing.name, failing.message ?? ''),
    ),
  ]
}
