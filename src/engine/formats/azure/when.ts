import type { Instant, WallClock } from '../../../common/time'
import type { AccessEventRow } from '../../db/rows'
import { type Fields, fieldText, topText } from './fields'
import { azureInstant } from './time'

type TimeColumns = Pick<AccessEventRow, 'ts' | 'ts_precision' | 'ts_kind'>

/**
 * The event's own time by the names given, else when the export says it was logged. Times are in UTC, whether they say
 * so or not; only a column that the query portal marked as local time is in the analyst's zone.
 */
export function whenColumns(
  fields: Fields,
  own: readonly string[],
  kind: 'start' | 'end' | 'logged',
  wallClock: WallClock,
): TimeColumns {
  for (const name of own) {
    const instant = azureInstant(fieldText(fields, name), hints(fields)) ?? local(fields, name, wallClock)
    if (instant !== undefined) return { ts: instant.us, ts_precision: instant.precision, ts_kind: kind }
  }
  for (const name of ['time', 'timegenerated', '@timestamp']) {
    const instant = azureInstant(topText(fields, name), hints(fields)) ?? local(fields, name, wallClock)
    if (instant !== undefined) return { ts: instant.us, ts_precision: instant.precision, ts_kind: 'logged' }
  }
  return {}
}

function local(fields: Fields, name: string, wallClock: WallClock): Instant | undefined {
  return azureInstant(topText(fields, `${name} [local time]`), { wallClock })
}

/** The diagnostic export is written by services that print American dates; a table may come out of any locale. */
function hints(fields: Fields): { readonly monthFirst: boolean } {
  return { monthFirst: fields.top.has('time') && fields.inner.size > 0 }
}

/** Duration in microseconds from milliseconds as number or text; zero says nothing in these exports. */
export function millisecondsToUs(value: string | undefined): bigint | undefined {
  const match = /^(\d{1,12})(?:\.(\d{1,3}))?\d*$/.exec(value ?? '')
  if (match === null) return undefined
  const us = BigInt(match[1] ?? '0') * 1000n + BigInt((match[2] ?? '').padEnd(3, '0'))
  return us === 0n ? undefined : us
}
