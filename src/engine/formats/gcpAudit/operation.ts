import { type JsonObject, text } from '../../../common/json'
import { atFolded, textFolded } from '../shared/folded'

/** Which entry of a long operation it is; `whole` where one entry tells all, or where nothing says that more belong. */
export function partOf(entry: JsonObject): 'first' | 'last' | 'whole' {
  const first = text(atFolded(entry, 'operation', 'first')) === 'true'
  const last = text(atFolded(entry, 'operation', 'last')) === 'true'
  return first === last ? 'whole' : first ? 'first' : 'last'
}

/** What the entries of one operation have in common; its id is unique to the service that produced it. */
export function operationKey(entry: JsonObject): string | undefined {
  const id = textFolded(entry, 'operation', 'id')
  return id === undefined ? undefined : `${textFolded(entry, 'operation', 'producer') ?? ''}\n${id}`
}
