/** Times as a report prints them: in one named zone, each with its offset, with the digits that the source has. */
import { AppError } from '../../common/errors'
import { parseInstant } from '../../common/time'

export type PrintTime = (text: string | null | undefined) => string

/**
 * A printer for one zone. It takes RFC 3339 text and gives `2026-01-02 04:04:05.678 +01:00` (`… Z` for UTC); text
 * that is no time is given back as it is. Errors: `usage` for a zone that nobody knows.
 */
export function timePrinter(timeZone: string): PrintTime {
  const parts = zoneFormat(timeZone)
  return (text) => {
    if (text === null || text === undefined) return 'no time'
    const instant = parseInstant(text)
    if (instant === undefined) return text
    const fraction = /[.,](\d+)/.exec(text)?.[1] ?? ''
    const ms = Number(instant.us / 1000n) - (instant.us % 1000n < 0n ? 1 : 0)
    const wholeSeconds = Math.floor(ms / 1000) * 1000
    const { wall, offset } = parts(wholeSeconds)
    return `${wall}${fraction === '' ? '' : `.${fraction}`} ${offset}`
  }
}

function zoneFormat(timeZone: string): (ms: number) => { readonly wall: string; readonly offset: string } {
  if (timeZone === 'UTC')
    return (ms) => ({ wall: new Date(ms).toISOString().slice(0, -5).replace('T', ' '), offset: 'Z' })
  let format: Intl.DateTimeFormat
  try {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
      hourCycle: 'h23',
      timeZoneName: 'longOffset',
    })
  } catch (error) {
    throw new AppError(
      'usage',
      'This time zone is not known. Name one as in the IANA list, such as Europe/Berlin or UTC.',
      {},
      { cause: error },
    )
  }
  return (ms) => {
    const found = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, value]))
    const { year = '', month = '', day = '', hour = '', minute = '', second = '', timeZoneName = '' } = found
    const offset = timeZoneName.replace('GMT', '')
    return {
      wall: `${year.padStart(4, '0')}-${month}-${day} ${hour}:${minute}:${second}`,
      offset: offset === '' ? '+00:00' : offset,
    }
  }
}
