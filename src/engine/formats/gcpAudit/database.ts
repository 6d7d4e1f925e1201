import { isObject, type JsonObject, text } from '../../../common/json'
import type { AccessEventRow } from '../../db/rows'
import { auditKind } from '../pgaudit/command'
import { actorKey, mailOf } from '../shared/actorKey'
import { atFolded, getFolded, textFolded } from '../shared/folded'
import { sqlColumns } from '../shared/sqlStatement'
import { labelOf, typeOf } from './entry'

/** The request of an entry that the audit extension of a managed PostgreSQL server wrote. */
export function pgAuditOf(payload: JsonObject): JsonObject | undefined {
  const request = getFolded(payload, 'request')
  return isObject(request) && typeOf(request)?.endsWith('PgAuditEntry') ? request : undefined
}

/** Columns as the PostgreSQL log itself fills them, so that rows of both agree; `row` is what the entry gave. */
export function pgAuditColumns(entry: JsonObject, request: JsonObject, row: AccessEventRow): Partial<AccessEventRow> {
  const command = textFolded(request, 'command') ?? ''
  const kind = auditKind({ class: textFolded(request, 'auditClass') ?? '', command })
  const cluster = labelOf(entry, 'database_id')
  const database = textFolded(request, 'database')
  const object = textFolded(request, 'object')
  const type = object === undefined ? 'DATABASE' : textFolded(request, 'objectType')
  const key = `pg:${cluster ?? '-'}/${database ?? '-'}/${object ?? '*'}`
  const dot = object?.indexOf('.') ?? -1
  return {
    class: kind.class,
    activity: kind.activity,
    action: command === '' ? row.action : command,
    permission: undefined,
    read_only: kind.readOnly,
    resource_key: key,
    resource_type: type,
    resource_name: object ?? database,
    resource_tenant: cluster,
    resource_ns: dot > 0 ? object?.slice(0, dot) : undefined,
    resources: [{ key, ...(type === undefined ? {} : { type }) }],
    session_id: textFolded(request, 'databaseSessionId'),
    db_name: database,
    ...userColumns(textFolded(request, 'user'), cluster, row),
    ...statementColumns(text(getFolded(request, 'statement'))),
  }
}

/** The database user is the actor, or whose rights were used where the entry names who signed in as it. */
function userColumns(
  user: string | undefined,
  cluster: string | undefined,
  row: AccessEventRow,
): Partial<AccessEventRow> {
  if (user === undefined) return {}
  const id = `${cluster ?? '-'}/${user}`
  if (row.actor_id !== undefined && mailOf(row.actor_id) !== mailOf(user))
    return {
      effective_id: `pg:${id}`,
      effective_name: user,
      chain: [...(row.chain ?? []), { kind: 'login', id: `pg:${id}`, name: user, type: 'db_user' }],
    }
  return {
    actor_key: actorKey({ mail: [user], namespace: 'pg', id, source: 'gcp_audit' }),
    actor_id: user,
    actor_name: user,
    actor_email: mailOf(user),
    actor_tenant: cluster,
    actor_type: 'db_user',
  }
}

/** Where jobs of BigQuery keep the statement that they ran, newest shape first. */
const statementPaths: readonly (readonly string[])[] = [
  ['metadata', 'jobInsertion', 'job', 'jobConfig', 'queryConfig', 'query'],
  ['metadata', 'jobChange', 'job', 'jobConfig', 'queryConfig', 'query'],
  ['serviceData', 'jobCompletedEvent', 'job', 'jobConfiguration', 'query', 'query'],
  ['serviceData', 'jobInsertRequest', 'resource', 'jobConfiguration', 'query', 'query'],
  ['serviceData', 'jobQueryRequest', 'query'],
]

/** The statement of a query job, or nothing where the entry is of no query. */
export function queryColumns(payload: JsonObject): Partial<AccessEventRow> {
  for (const path of statementPaths) {
    const query = text(atFolded(payload, ...path))
    if (query !== undefined) return { class: 'query', ...statementColumns(query) }
  }
  return {}
}

function statementColumns(statement: string | undefined): Partial<AccessEventRow> {
  return statement === undefined || statement === '<not logged>'
    ? { flags: ['statement_missing'] }
    : sqlColumns(statement)
}
