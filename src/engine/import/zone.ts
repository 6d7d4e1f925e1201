import { AppError } from '../../common/errors'

/**
 * Minutes east of UTC for times that name no zone. A zone whose offset changes over the year is refused: the offset of
 * each time would have to be guessed in the hour that occurs twice.
 */
export function offsetOfZone(zone: string | undefined): number {
  if (zone === undefined || zone === 'UTC' || zone === 'Z' || zone === 'GMT') return 0
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone)
  if (match !== null) {
    const minutes = Number(match[2]) * 60 + Number(match[3])
    if (minutes <= 18 * 60 && Number(match[3]) < 60) return match[1] === '-' ? -minutes : minutes
  }
  const [winter, summer] = [offsetAt(zone, Date.UTC(2024, 0, 15)), offsetAt(zone, Date.UTC(2024, 6, 15))]
  if (winter === undefined || summer === undefined) throw new AppError('usage', `“${zone}” is no time zone.`)
  if (winter !== summer)
    throw new AppError('usage', `The offset of “${zone}” changes over the year. Name the offset instead, e.g. +02:00.`)
  return winter
}

function offsetAt(zone: string, at: number): number | undefined {
  try {
    const parts = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(at)
    const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
    const match = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(name)
    if (match === null) return undefined
    return (match[1] === '-' ? -1 : 1) * (Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0))
  } catch {
    return undefined
  }
}
