/** How busy people are: by the hour of the day and the day of the week, UTC. 1 is the busiest hour. */
import { dayUs, hourUs } from './time.mjs'

const hours = [
  0.04, 0.03, 0.03, 0.03, 0.04, 0.08, 0.2, 0.5, 0.85, 1, 1, 0.95, 0.75, 0.85, 0.95, 0.9, 0.75, 0.5, 0.3, 0.2, 0.15, 0.1,
  0.08, 0.06,
]
const weekend = 0.15

/** @param {number} timeUs */
export function busyness(timeUs) {
  const hour = Math.floor((timeUs % dayUs) / hourUs)
  // 1 January 1970 was a Thursday.
  const day = (Math.floor(timeUs / dayUs) + 4) % 7
  return (hours[hour] ?? 0) * (day === 0 || day === 6 ? weekend : 1)
}
