/** Records of the journal about case work, in words. */
import { isObject } from '../../common/json'
import { visibleText } from '../text/marks'

const verbs: ReadonlyMap<string, string> = new Map([
  ['add', 'written'],
  ['update', 'changed'],
  ['delete', 'deleted'],
  ['set', 'set'],
])

/** `finding.update` is “finding changed”. */
export function opText(op: string): string {
  const [kind = op, verb = ''] = op.split('.')
  return `${kind} ${verbs.get(verb) ?? verb}`.trim()
}

const MOST = 120

/** What an act says, as the names of its fields with their values. */
export function argsText(args: string): string {
  let parsed: unknown
  try {
    parsed = JSON.parse(args)
  } catch {
    return ''
  }
  if (!isObject(parsed)) return ''
  const change = isObject(parsed.change) ? parsed.change : parsed
  const targets = Array.isArray(parsed.targets) ? parsed.targets.length : 0
  const fields = Object.entries(change)
    .filter(([name]) => name !== 'id' && name !== 'target' && name !== 'targets')
    .map(([name, value]) => `${fieldName(name)}: ${valueText(value)}`)
  return [...fields, ...(targets > 1 ? [`on ${targets} items`] : [])].join('; ')
}

function fieldName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

function valueText(value: unknown): string {
  if (value === null || value === '') return 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value)) {
    if (value.every((item) => typeof item === 'string')) return value.length === 0 ? 'none' : cut(value.join(', '))
    return value.length === 1 ? '1 entry' : `${value.length} entries`
  }
  return cut(typeof value === 'string' ? value : JSON.stringify(value))
}

function cut(text: string): string {
  const points = Array.from(visibleText(text))
  return points.length > MOST ? `${points.slice(0, MOST).join('')}…` : points.join('')
}
