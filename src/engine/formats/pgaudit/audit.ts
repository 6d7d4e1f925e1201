/**
 * The audit record that pgAudit writes into the message: `AUDIT: ` and a CSV line (pgaudit README, "Format"). The
 * statement and the parameters may hold line breaks and doubled quotes.
 */
import { at, type JsonValue, textAt } from '../../../common/json'

export interface AuditRecord {
  /** SESSION or OBJECT. */
  readonly type: string
  readonly statementId: string
  readonly substatementId: string
  readonly class: string
  readonly command: string
  readonly objectType: string | undefined
  readonly objectName: string | undefined
  readonly statement: string
  readonly parameter: string | undefined
  readonly rows: bigint | undefined
}

const prefix = 'AUDIT: '
const mark = /^\d{1,18}$/

/** The audit record of a message, or undefined where the message is none or breaks off. */
export function parseAudit(message: string): AuditRecord | undefined {
  if (!message.startsWith(prefix)) return undefined
  const fields = splitCsv(message, prefix.length)
  if (fields === undefined || fields.length < 8 || fields.length > 10) return undefined
  const [type = '', statementId = '', substatementId = '', className = '', command = ''] = fields
  const [, , , , , objectType, objectName, statement = '', parameter, rows] = fields
  if (type !== 'SESSION' && type !== 'OBJECT') return undefined
  if (!mark.test(statementId) || !mark.test(substatementId)) return undefined
  return {
    type,
    statementId,
    substatementId,
    class: className,
    command,
    objectType: objectType === '' ? undefined : objectType,
    objectName: objectName === '' ? undefined : objectName,
    statement,
    parameter,
    rows: rows !== undefined && mark.test(rows) ? BigInt(rows) : undefined,
  }
}

/** The audit record that CloudNativePG's instance manager has already split into an object. */
export function auditFromObject(value: JsonValue | undefined): AuditRecord | undefined {
  const statementId = textAt(value, 'statement_id')
  const substatementId = textAt(value, 'substatement_id')
  const statement = at(value, 'statement')
  if (statementId === undefined || substatementId === undefined || typeof statement !== 'string') return undefined
  if (!mark.test(statementId) || !mark.test(substatementId)) return undefined
  const rows = textAt(value, 'rows')
  return {
    type: textAt(value, 'audit_type') ?? '',
    statementId,
    substatementId,
    class: textAt(value, 'class') ?? '',
    command: textAt(value, 'command') ?? '',
    objectType: textAt(value, 'object_type'),
    objectName: textAt(value, 'object_name'),
    statement,
    parameter: textAt(value, 'parameter'),
    rows: rows !== undefined && mark.test(rows) ? BigInt(rows) : undefined,
  }
}

/** Fields of one CSV record that reaches to the end of the text; undefined where a quoted field does not close. */
function splitCsv(text: string, from: number): readonly string[] | undefined {
  const fields: string[] = []
  let at = from
  while (fields.length < 16) {
    if (text.charAt(at) === '"') {
      const end = closingQuote(text, at + 1)
      if (end < 0) return undefined
      fields.push(text.slice(at + 1, end).replaceAll('""', '"'))
      at = end + 1
      if (at < text.length && text.charAt(at) !== ',') return undefined
    } else {
      const comma = text.indexOf(',', at)
      const end = comma < 0 ? text.length : comma
      fields.push(text.slice(at, end))
      at = end
    }
    if (at >= text.length) return fields
    at++
  }
  return undefined
}

function closingQuote(text: string, from: number): number {
  let at = text.indexOf('"', from)
  while (at >= 0 && text.charAt(at + 1) === '"') at = text.indexOf('"', at + 2)
  return at
}
