/** Splits CSV text as the import pipeline does: quotes, doubled quotes, line breaks inside quotes. */
export function splitCsv(text: string): string[][] {
  const records: string[][] = []
  let fields: string[] = []
  let field = ''
  let quoted = false
  for (let at = 0; at < text.length; at++) {
    const c = text.charAt(at)
    if (quoted) {
      if (c !== '"') field += c
      else if (text.charAt(at + 1) === '"') {
        field += '"'
        at++
      } else quoted = false
    } else if (c === '"') quoted = true
    else if (c === ',' || c === '\n') {
      fields.push(field)
      field = ''
      if (c === '\n') {
        if (fields.length > 1 || fields[0] !== '') records.push(fields)
        fields = []
      }
    } else if (c !== '\r') field += c
  }
  if (field !== '' || fields.length > 0) records.push([...fields, field])
  return records
}

const defaults = {
  log_time: '2026-01-02 03:04:05.678 UTC',
  user_name: 'app',
  database_name: 'shop',
  process_id: '77',
  connection_from: '192.0.2.1:5000',
  session_id: '6a.4d',
  session_line_num: '',
  command_tag: '',
  session_start_time: '2026-01-02 03:00:00 UTC',
  virtual_transaction_id: '',
  transaction_id: '0',
  error_severity: 'LOG',
  sql_state_code: '00000',
  message: '',
  detail: '',
  hint: '',
  internal_query: '',
  internal_query_pos: '',
  context: '',
  query: '',
  query_pos: '',
  location: '',
  application_name: 'shop-api',
  backend_type: 'client backend',
  leader_pid: '',
  query_id: '0',
}

/** What differs from a plain LOG entry of role `app`, by csvlog's column names. */
export type CsvEntry = Partial<typeof defaults>

/** Records of csvlog (26 columns) from what differs; session line numbers count up by themselves. */
export function csvRecords(...entries: readonly CsvEntry[]): string[][] {
  return entries.map((entry, index) => Object.values({ ...defaults, session_line_num: String(index + 1), ...entry }))
}

/** The message of an audit record. */
export function audit(
  id: string,
  kind: string,
  statement: string,
  { object = ',', rest = '<none>' }: { readonly object?: string; readonly rest?: string } = {},
): { readonly message: string } {
  const [statementId = '', substatementId = '1'] = id.split('.')
  const text = `"${statement.replaceAll('"', '""')}"`
  return { message: `AUDIT: SESSION,${statementId},${substatementId},${kind},${object},${text},${rest}` }
}

export const traceparent = (digit: string) => `traceparent='00-${digit.repeat(32)}-${digit.repeat(16)}-01'`
