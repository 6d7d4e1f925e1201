/** Whether the first bytes of a member hold records of a mapping at the place that it names. */
import type { JsonValue } from '../../../common/json'
import { JsonFramer } from '../../import/framing/json'
import type { JsonLayout } from '../types'

const MAX_RECORDS = 50

/** Asked once a member. Only what stands at the layout counts; text that is no JSON holds nothing. */
export function headHolds(head: Buffer, layout: JsonLayout, fits: (value: JsonValue) => boolean): boolean {
  let seen = 0
  let found = false
  const framer = new JsonFramer({
    layouts: [layout],
    lineMode: false,
    onRecord(frame) {
      if (found || frame.layout === undefined || seen++ >= MAX_RECORDS) return
      try {
        const value: JsonValue = JSON.parse(frame.bytes.toString('utf8'))
        found = fits(value)
      } catch {
        // No JSON: no record of the mapping.
      }
    },
    onFault() {},
  })
  framer.push(head)
  return found
}
