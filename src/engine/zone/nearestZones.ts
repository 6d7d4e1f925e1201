/** Names of the time zone database that a misspelt one may have meant, the nearest first; at most three. */
import { editDistance } from '../text/editDistance'

const enough = 3

export function nearestZones(text: string): string[] {
  const wanted = text.slice(0, 60).toLowerCase().replaceAll(' ', '_')
  const limit = Math.max(2, Math.floor(wanted.length / 3)) + 1
  return Intl.supportedValuesOf('timeZone')
    .flatMap((name) => {
      const whole = name.toLowerCase()
      const city = whole.slice(whole.lastIndexOf('/') + 1)
      const distance = Math.min(
        editDistance(wanted, whole, limit),
        editDistance(wanted.slice(wanted.lastIndexOf('/') + 1), city, limit),
      )
      return distance < limit ? [{ name, distance }] : []
    })
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, enough)
    .map(({ name }) => name)
}
