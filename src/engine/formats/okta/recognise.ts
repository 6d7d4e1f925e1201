import { isObject, type JsonObject, text } from '../../../common/json'
import { getFolded, textFolded } from '../shared/folded'

const eventType = /^[a-z][a-z0-9_]{0,60}(?:\.[a-z0-9_]{1,80}){1,8}$/i

/** A type in dotted words, and an actor as Okta writes it; exports may have changed the case of the outer keys. */
export function isEvent(value: unknown): value is JsonObject {
  if (!isObject(value)) return false
  const type = text(getFolded(value, 'eventType'))
  if (type === undefined || !eventType.test(type)) return false
  const actor = getFolded(value, 'actor')
  if (!isObject(actor) || (textFolded(actor, 'alternateId') ?? textFolded(actor, 'displayName')) === undefined)
    return false
  return marks.some((key) => getFolded(value, key) !== undefined)
}

const marks = ['published', 'legacyEventType', 'displayMessage', 'debugContext', 'outcome', 'severity']

export function score(event: JsonObject): number {
  return marks.filter((key) => getFolded(event, key) !== undefined).length >= 3 ? 1 : 0.9
}

export function looksLikeEvent(text: string): boolean {
  return (
    /"eventtype"/i.test(text) &&
    /"alternateid"/i.test(text) &&
    /"(?:published|legacyeventtype|displaymessage|debugcontext)"/i.test(text)
  )
}
