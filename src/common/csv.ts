/**
 * CSV that a spreadsheet opens as data: RFC 4180, every field quoted, and no cell that a spreadsheet would run as a
 * formula (OWASP: CSV injection), full-width twins included. Plain numbers stay numbers.
 */
const formulaStart = /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/
const plainNumber = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/

export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return '""'
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
  const safe = formulaStart.test(text) && !plainNumber.test(text) ? `'${text}` : text
  return `"${safe.replaceAll('"', '""')}"`
}

export function csvLine(values: readonly unknown[]): string {
  return `${values.map(csvCell).join(',')}\r\n`
}
