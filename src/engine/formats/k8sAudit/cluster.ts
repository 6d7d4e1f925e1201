import { get, type JsonValue, text } from '../../../common/json'
import type { JsonContext } from '../types'

/**
 * The cluster's name, where something around the event says it: the diagnostic export's resource id, the log group of a
 * managed control plane, or such a path as the member's name. The event itself never names its cluster.
 */
export function clusterOf(value: JsonValue, context: JsonContext, memberName: string): string | undefined {
  const hints = [get(value, 'resourceId'), get(context, 'logGroup'), get(value, 'logGroup'), memberName]
  for (const hint of hints) {
    const words = text(hint)?.slice(0, 4_000)
    if (words === undefined) continue
    const managed = /\/managedclusters\/([A-Za-z0-9._-]{1,100})/i.exec(words)?.[1]
    if (managed !== undefined) return managed.toLowerCase()
    const group = /\/aws\/eks\/([A-Za-z0-9_-]{1,100})\/cluster/.exec(words)?.[1]
    if (group !== undefined) return group
  }
  return undefined
}
