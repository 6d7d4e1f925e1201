import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../../src/common/json'
import type { AccessEventRow } from '../../../../../src/engine/db/rows'
import { gcpAudit } from '../../../../../src/engine/formats/gcpAudit'
import { driveJson } from '../../../../support/formatDriver'
import { entry } from './support'

function only(value: JsonObject): AccessEventRow {
  const [row] = driveJson(gcpAudit, [value]).events
  if (row === undefined) throw new Error('no row')
  return row
}

describe('entries of a Kubernetes API server', () => {
  const labels = {
    'authorization.k8s.io/decision': 'allow',
    'authorization.k8s.io/reason': 'RBAC: allowed by ClusterRoleBinding "B" of ClusterRole "R" to Group "G"',
  }
  const kubernetes = (methodName: string, resourceName: string, payload: JsonObject = {}, change: JsonObject = {}) =>
    only(
      entry(
        {
          serviceName: 'k8s.io',
          methodName,
          resourceName,
          authorizationInfo: [{ granted: true, permission: methodName }],
          authenticationInfo: { principalEmail: 'system:serviceaccount:shop:web' },
          ...payload,
        },
        { labels, resource: { type: 'k8s_cluster', labels: { cluster_name: 'prod', location: 'eu' } }, ...change },
      ),
    )

  it('fill columns as the audit log of the cluster does', () => {
    expect(kubernetes('io.k8s.core.v1.pods.get', 'core/v1/namespaces/shop/pods/web')).toMatchObject({
      source: 'gcp_audit',
      action: 'io.k8s.core.v1.pods.get',
      service: 'k8s.io',
      permission: 'core/pods:get',
      activity: 'read',
      class: 'api',
      actor_key: 'k8s:prod/system:serviceaccount:shop:web',
      actor_type: 'service_account',
      resource_key: 'k8s:prod/core/pods/shop/web',
      resource_type: 'pods',
      resource_name: 'web',
      resource_ns: 'shop',
      resource_tenant: 'prod',
      resource_region: 'eu',
      outcome: 'success',
      outcome_reason: labels['authorization.k8s.io/reason'],
      policy: 'B',
      policy_type: 'rbac',
      policy_effect: 'allow',
    })
  })

  it.each([
    ['io.k8s.core.v1.nodes.list', 'core/v1/nodes', 'core/nodes:list', 'k8s:prod/core/nodes/-/*', 'list'],
    [
      'io.k8s.core.v1.pods.exec.create',
      'core/v1/namespaces/shop/pods/web/exec',
      'core/pods/exec:create',
      'k8s:prod/core/pods/shop/web/exec',
      'execute',
    ],
    [
      'io.k8s.core.v1.pods.exec.create',
      'core/v1/namespaces/shop/pods/web',
      'core/pods/exec:create',
      'k8s:prod/core/pods/shop/web/exec',
      'execute',
    ],
    [
      'io.k8s.authorization.rbac.v1.clusterrolebindings.create',
      'rbac.authorization.k8s.io/v1/clusterrolebindings/admins',
      'rbac.authorization.k8s.io/clusterrolebindings:create',
      'k8s:prod/rbac.authorization.k8s.io/clusterrolebindings/-/admins',
      'grant',
    ],
    [
      'io.k8s.core.v1.namespaces.delete',
      'core/v1/namespaces/shop',
      'core/namespaces:delete',
      'k8s:prod/core/namespaces/-/shop',
      'delete',
    ],
  ])('split %s of %s', (method, name, permission, key, activity) => {
    const row = kubernetes(method, name)
    expect([row.permission, row.resource_key, row.activity]).toEqual([permission, key, activity])
  })

  it('keep the id of the audit event, which spans of the server carry', () => {
    const insertId = '87efd529-6349-45d2-b905-fc607e6c5d3b'
    const row = kubernetes('io.k8s.core.v1.nodes.list', 'core/v1/nodes', {}, { insertId })
    expect(row.correlation_ids).toEqual([{ kind: 'k8s_audit_id', value: insertId }])
    expect(kubernetes('io.k8s.core.v1.nodes.list', 'core/v1/nodes').correlation_ids).toBeUndefined()
  })

  it('take a request to a path for what it is', () => {
    expect(kubernetes('io.k8s.get', 'readyz')).toMatchObject({
      permission: 'nonresource:/readyz:get',
      resource_key: 'k8s:prod/nonresource:/readyz',
      http_path: '/readyz',
    })
  })

  it('believe the authorizer, and name users with a mail address by it', () => {
    const row = kubernetes(
      'io.k8s.core.v1.secrets.list',
      'core/v1/secrets',
      { authenticationInfo: { principalEmail: 'alice@example.com' }, status: { code: 7 } },
      { labels: { 'authorization.k8s.io/decision': 'forbid' } },
    )
    expect(row).toMatchObject({
      outcome: 'denied',
      class: 'data',
      actor_key: 'mail:alice@example.com',
      policy_type: 'authorizer',
      policy_effect: 'implicit_deny',
    })
    expect(
      kubernetes('io.k8s.x', 'y', { status: null }, { labels: { 'authorization.k8s.io/decision': 'forbid' } }).outcome,
    ).toBe('denied')
  })

  it('survive names that are broken', () => {
    for (const name of ['', '/', 'core', 'core/v1', 'core/v1/', 'core/v1/namespaces', 'core/v1/namespaces/a/', '////'])
      expect(kubernetes('io.k8s.core.v1.pods.get', name).source).toBe('gcp_audit')
    expect(kubernetes('', 'core/v1/pods').activity).toBe('other')
  })
})

describe('entries of a database server', () => {
  const request = {
    '@type': 'type.googleapis.com/google.cloud.sql.audit.v1.PgAuditEntry',
    auditClass: 'READ',
    auditType: 'SESSION',
    chunkCount: '1',
    command: 'SELECT',
    database: 'shop',
    databaseSessionId: 2209692,
    object: 'public.orders',
    objectType: 'TABLE',
    statement: "SELECT * FROM orders WHERE id = 7 /*reason='OPS-9'*/",
    statementId: 2,
    substatementId: 1,
    user: 'app',
  }
  const database = (change: JsonObject = {}, authenticationInfo: JsonObject = {}) =>
    only(
      entry(
        {
          serviceName: 'cloudsql.googleapis.com',
          methodName: 'cloudsql.instances.query',
          resourceName: 'projects/shop/instances/db',
          authorizationInfo: [{ granted: true, permission: 'cloudsql.instances.query' }],
          authenticationInfo,
          request: { ...request, ...change },
        },
        { resource: { type: 'cloudsql_database', labels: { database_id: 'shop:db', project_id: 'shop' } } },
      ),
    )

  it('fill columns as the log of the server does', () => {
    expect(database()).toMatchObject({
      class: 'query',
      activity: 'read',
      action: 'SELECT',
      read_only: true,
      actor_key: 'pg:shop:db/app',
      actor_name: 'app',
      actor_type: 'db_user',
      session_id: '2209692',
      resource_key: 'pg:shop:db/shop/public.orders',
      resource_type: 'TABLE',
      resource_name: 'public.orders',
      resource_ns: 'public',
      db_name: 'shop',
      db_statement: request.statement,
      db_fingerprint: 'select * from orders where id = ?',
      reason: 'OPS-9',
      ticket_ids: ['OPS-9'],
      outcome: 'success',
    })
  })

  it('keep who signed in as the database user', () => {
    expect(database({}, { principalEmail: 'alice@example.com' })).toMatchObject({
      actor_key: 'mail:alice@example.com',
      effective_name: 'app',
      chain: [{ kind: 'login', id: 'pg:shop:db/app', name: 'app', type: 'db_user' }],
    })
  })

  it('flag a statement that was not written, and take the database where no object is named', () => {
    expect(database({ statement: null, object: '', objectType: '' })).toMatchObject({
      flags: ['statement_missing'],
      resource_key: 'pg:shop:db/shop/*',
      resource_type: 'DATABASE',
      resource_name: 'shop',
    })
    expect(database({ auditClass: 'ROLE', command: 'GRANT' })).toMatchObject({ class: 'iam', activity: 'grant' })
  })
})

describe('access by staff of the provider', () => {
  it('is kept with its reason and without an invented actor', () => {
    const row = only({
      insertId: 'i-2',
      logName: 'projects/shop/logs/cloudaudit.googleapis.com%2Faccess_transparency',
      timestamp: '2026-01-02T03:04:05.5Z',
      resource: { type: 'project', labels: { project_id: 'shop' } },
      jsonPayload: {
        '@type': 'type.googleapis.com/google.cloud.audit.TransparencyLog',
        accesses: [{ methodName: 'GoogleInternal.Read', resourceName: '//storage.googleapis.com/buckets/b/objects/o' }],
        location: { principalOfficeCountry: 'US', principalPhysicalLocationCountry: 'CA' },
        product: ['Cloud Storage'],
        reason: [{ type: 'CUSTOMER_INITIATED_SUPPORT', detail: 'Case number: 12345' }],
        accessApprovals: ['projects/1/approvalRequests/abc'],
      },
    })
    expect(row).toMatchObject({
      class: 'data',
      action: 'GoogleInternal.Read',
      service: 'Cloud Storage',
      actor_key: 'unknown:gcp_audit',
      actor_type: 'unknown',
      src_country: 'CA',
      resource_key: '//storage.googleapis.com/buckets/b/objects/o',
      resource_tenant: 'shop',
      reason: 'CUSTOMER_INITIATED_SUPPORT: Case number: 12345',
      reason_field: 'jsonPayload.reason.0',
      ticket_ids: ['12345'],
      correlation_ids: [{ kind: 'gcp_access_approval', value: 'projects/1/approvalRequests/abc' }],
    })
  })
})
