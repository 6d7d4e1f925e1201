import type { AccessEventRow } from '../../db/rows'
import { statementTags } from '../pgaudit/comments'
import { fingerprintSql } from '../pgaudit/fingerprint'
import { reasonColumns } from './statedReason'

type StatementColumns = Pick<
  AccessEventRow,
  'db_statement' | 'db_fingerprint' | 'trace_id' | 'span_id' | 'trace_source' | 'reason' | 'reason_field' | 'ticket_ids'
>

/** A statement with its shape, and what its application wrote into comments; nothing is set that is not there. */
export function sqlColumns(statement: string): StatementColumns {
  const { tags, trace } = statementTags(statement)
  const reason = reasonColumns([
    { field: 'comment.reason', value: tags.get('reason'), kind: 'reason' },
    { field: 'comment.ticket', value: tags.get('ticket'), kind: 'ticket' },
  ])
  return {
    db_statement: statement,
    db_fingerprint: fingerprintSql(statement),
    ...(trace === undefined ? {} : { trace_id: trace.traceId, span_id: trace.spanId, trace_source: 'sqlcommenter' }),
    ...(reason.reason === undefined && reason.ticket_ids === undefined ? {} : reason),
  }
}
