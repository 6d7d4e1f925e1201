import type { Activity, EventClass } from '../../db/rows'
import type { AuditRecord } from './audit'
import { scanSql } from './sqlScan'

interface CommandKind {
  readonly class: EventClass
  readonly activity: Activity
  readonly readOnly: boolean | undefined
}

/** Class and activity of an audit record from CLASS and COMMAND. */
export function auditKind(audit: Pick<AuditRecord, 'class' | 'command'>): CommandKind {
  const verb = audit.command.split(' ', 1)[0]?.toUpperCase() ?? ''
  switch (audit.class) {
    case 'READ':
      return { class: 'query', activity: 'read', readOnly: true }
    case 'WRITE':
      return { class: 'query', activity: writeActivity(verb), readOnly: false }
    case 'DDL':
      return { class: 'config', activity: definitionActivity(verb), readOnly: false }
    case 'ROLE':
      return { class: 'iam', activity: definitionActivity(verb), readOnly: false }
    case 'FUNCTION':
      return { class: 'query', activity: 'execute', readOnly: undefined }
    default:
      return { class: 'session', activity: 'other', readOnly: undefined }
  }
}

function writeActivity(verb: string): Activity {
  if (verb === 'DELETE' || verb === 'TRUNCATE') return 'delete'
  return verb === 'INSERT' || verb === 'COPY' || verb === 'SELECT' ? 'create' : 'update'
}

function definitionActivity(verb: string): Activity {
  switch (verb) {
    case 'CREATE':
      return 'create'
    case 'DROP':
      return 'delete'
    case 'GRANT':
      return 'grant'
    case 'REVOKE':
      return 'revoke'
    case 'ALTER':
    case 'COMMENT':
    case 'REINDEX':
    case 'REFRESH':
    case 'SECURITY':
      return 'update'
    default:
      return 'other'
  }
}

const roleObjects = new Set(['ROLE', 'USER', 'GROUP'])

/** Class and activity of a refused or failed command, which has no audit record to state them. */
export function commandKind(command: string): CommandKind {
  const [verb = '', object = ''] = command.toUpperCase().split(' ')
  switch (verb) {
    case 'SELECT':
    case 'VALUES':
    case 'TABLE':
    case 'FETCH':
    case 'DECLARE':
    case 'WITH':
      return auditKind({ class: 'READ', command })
    case 'INSERT':
    case 'UPDATE':
    case 'DELETE':
    case 'MERGE':
    case 'TRUNCATE':
    case 'COPY':
      return auditKind({ class: 'WRITE', command })
    case 'GRANT':
    case 'REVOKE':
      return auditKind({ class: 'ROLE', command })
    case 'CREATE':
    case 'ALTER':
    case 'DROP':
    case 'COMMENT':
    case 'REINDEX':
    case 'REFRESH':
    case 'SECURITY':
      return auditKind({ class: roleObjects.has(object) ? 'ROLE' : 'DDL', command })
    case 'CALL':
    case 'DO':
    case 'EXECUTE':
      return auditKind({ class: 'FUNCTION', command })
    case 'SET':
    case 'RESET':
    case 'SHOW':
    case 'BEGIN':
    case 'COMMIT':
    case 'ROLLBACK':
      return auditKind({ class: 'MISC', command })
    default:
      return { class: 'query', activity: 'other', readOnly: undefined }
  }
}

const fillers = new Set(['OR', 'REPLACE', 'TEMP', 'TEMPORARY', 'UNLOGGED', 'UNIQUE', 'GLOBAL', 'LOCAL', 'RECURSIVE'])

/** The command of a statement as the server's command tag has it (`SELECT`, `CREATE TABLE`), from its first words. */
export function commandOf(sql: string): string | undefined {
  let verb: string | undefined
  let seen = 0
  for (const token of scanSql(sql)) {
    if (token.kind === 'comment') continue
    if (token.kind !== 'word' || token.end - token.start > 40 || seen++ > 6) return verb
    const word = sql.slice(token.start, token.end).toUpperCase()
    if (!/^[A-Z]+$/.test(word)) return verb
    if (verb === undefined) {
      verb = word
      if (verb !== 'CREATE' && verb !== 'ALTER' && verb !== 'DROP') return verb
    } else if (!fillers.has(word)) return `${verb} ${word}`
  }
  return verb
}
