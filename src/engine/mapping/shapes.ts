/** What a value looks like, by itself. A value may have several looks; a field has those that nearly all its values have. */
import type { ValueShape } from '../../contract/mapping'
import { epochUnitOf } from '../formats/generic/epoch'
import { compilePattern } from '../formats/generic/strptime'
import { activityOfVerb } from '../formats/shared/activity'
import { mailOf } from '../formats/shared/actorKey'
import { canonicalIp, splitHostPort } from '../formats/shared/address'
import { outcomeOfWord } from './outcomeWords'
import { writtenPatterns } from './timePatterns'

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'CONNECT', 'TRACE'])
const written = writtenPatterns.map((text) => compilePattern(text))

type Test = (value: string) => boolean

const tests: Readonly<Record<ValueShape, Test>> = {
  email: (value) => mailOf(value) !== undefined,
  address: (value) => canonicalIp(value) !== undefined || canonicalIp(splitHostPort(value).host) !== undefined,
  rfc3339: (value) => /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}/.test(value),
  epoch: (value) => epochUnitOf(value) !== undefined,
  'written-time': (value) =>
    value.length >= 14 && written.some((pattern) => 'parse' in pattern && pattern.parse(value) !== undefined),
  date: (value) => /^(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})$/.test(value),
  'time-of-day': (value) => /^\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[AaPp][Mm])?$/.test(value),
  uuid: (value) => /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value),
  'trace-id': (value) => /^[0-9a-f]{32}$/i.test(value) && !/^0+$/.test(value),
  'span-id': (value) => /^[0-9a-f]{16}$/i.test(value) && !/^0+$/.test(value) && /[a-f]/i.test(value),
  'http-status': (value) => /^[1-5]\d{2}$/.test(value),
  'http-method': (value) => methods.has(value),
  path: (value) => /^(?:https?:\/\/[^\s]+|\/[^\s]*)$/.test(value),
  'user-agent': (value) => /^[\w.+-]+\/\d[\w.+-]*(?: |$)/.test(value) && !/^\d/.test(value),
  'outcome-word': (value) => outcomeOfWord(value) !== undefined,
  verb: (value) => /^[A-Za-z][\w.: -]{1,80}$/.test(value) && activityOfVerb(lastWord(value)) !== 'other',
  boolean: (value) => /^(?:true|false)$/i.test(value),
  number: (value) => /^-?\d+(?:\.\d+)?$/.test(value),
  json: (value) => /^\s*(?:\{.*\}|\[.*\])\s*$/s.test(value),
}

/** `user.login` and `doc:read` say their verb last, `GetObject` first; both are looked at. */
function lastWord(value: string): string {
  if (activityOfVerb(value) !== 'other') return value
  return value.split(/[.: _-]/).at(-1) ?? value
}

const ENOUGH = 0.9
/** Where one odd value among few must not hide what the others are. */
const enoughOf: Partial<Record<ValueShape, number>> = { 'outcome-word': 0.6, rfc3339: 0.6, 'written-time': 0.6 }

/** The looks that nearly all values have, weighted by how often each value stands there. */
export function shapesOf(values: ReadonlyMap<string, number>): ValueShape[] {
  const total = [...values.values()].reduce((sum, count) => sum + count, 0)
  if (total === 0) return []
  const shapes: ValueShape[] = []
  for (const [shape, test] of Object.entries(tests)) {
    let fitting = 0
    for (const [value, count] of values) if (test(value)) fitting += count
    if (isShape(shape) && fitting >= total * (enoughOf[shape] ?? ENOUGH)) shapes.push(shape)
  }
  return shapes
}

function isShape(name: string): name is ValueShape {
  return Object.hasOwn(tests, name)
}
