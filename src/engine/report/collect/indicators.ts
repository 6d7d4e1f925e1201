/** The confirmed indicators, each with where it is seen. */
import type { JournalRecord } from '../../case/journal'
import { sightings } from '../../work/indicators'
import { toIndicator } from '../../work/tables'
import { workOf } from '../../work/workIndex'
import { type ModelIndicator, printLimits } from '../model'
import type { Ask } from './ask'

export async function collectIndicators(
  ask: Ask,
  records: readonly JournalRecord[],
): Promise<{ readonly indicators: ModelIndicator[]; readonly indicatorsTotal: number }> {
  const confirmed = workOf(records)
    .all('indicator')
    .map(toIndicator)
    .filter(({ status }) => status === 'confirmed')
    .sort((a, b) => order(`${a.kind} ${a.value}`, `${b.kind} ${b.value}`))
  const indicators: ModelIndicator[] = []
  for (const { kind, value, verdict, text } of confirmed.slice(0, printLimits.indicators))
    indicators.push({
      ...{ kind, value, verdict, text },
      sightings: {
        method: 'indicators.sightings',
        params: { kind, value },
        value: await sightings(ask.db, kind, value, ask.signal),
      },
    })
  return { indicators, indicatorsTotal: confirmed.length }
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
