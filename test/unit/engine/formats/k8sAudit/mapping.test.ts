import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../../src/common/json'
import type { AccessEventRow } from '../../../../../src/engine/db/rows'
import { k8sAudit } from '../../../../../src/engine/formats/k8sAudit'
import { driveJson } from '../../../../support/formatDriver'

const base: JsonObject = {
  kind: 'Event',
  apiVersion: 'audit.k8s.io/v1',
  level: 'Metadata',
  auditID: 'a-1',
  stage: 'ResponseComplete',
  requestURI: '/api/v1/namespaces/shop/pods/web?x=1',
  verb: 'get',
  user: { username: 'ana', uid: 'u-1', groups: ['dev', 'system:authenticated'] },
  sourceIPs: ['198.51.100.7', '8.8.4.4', '10.0.0.3'],
  userAgent: 'kubectl/v1.28.2 (linux/amd64) kubernetes/89a4ea3',
  objectRef: { resource: 'pods', namespace: 'shop', name: 'web', apiVersion: 'v1' },
  responseStatus: { metadata: {}, code: 200 },
  requestReceivedTimestamp: '2026-01-02T03:04:05.678901Z',
  stageTimestamp: '2026-01-02T03:04:05.679901Z',
}

function map(change: JsonObject, memberName = 'test'): AccessEventRow {
  const driven = driveJson(k8sAudit, [{ ...base, ...change }], { memberName })
  expect(driven.rejects).toEqual([])
  const [row] = driven.events
  if (row === undefined) throw new Error('no row')
  return row
}

const start = BigInt(Date.UTC(2026, 0, 2, 3, 4, 5)) * 1000n + 678_901n
const rbac = 'rbac.authorization.k8s.io'

describe('a Kubernetes request', () => {
  it('fills every column that a plain event states', () => {
    expect(map({})).toMatchObject({
      source: 'k8s_audit',
      source_event_id: 'a-1',
      request_id: 'a-1',
      ts: start,
      ts_end: start + 1000n,
      duration_us: 1000n,
      ts_precision: 'us',
      ts_kind: 'start',
      class: 'api',
      activity: 'read',
      action: 'get',
      permission: 'core/pods:get',
      read_only: true,
      outcome: 'success',
      outcome_code: '200',
      actor_key: 'k8s:-/ana',
      actor_id: 'u-1',
      actor_name: 'ana',
      actor_type: 'user',
      src_ip: '8.8.4.4',
      ip_chain: ['198.51.100.7', '8.8.4.4', '10.0.0.3'],
      user_agent: 'kubectl/v1.28.2 (linux/amd64) kubernetes/89a4ea3',
      ua_family: 'kubectl',
      resource_key: 'k8s:-/core/pods/shop/web',
      resource_type: 'pods',
      resource_name: 'web',
      resource_ns: 'shop',
      http_method: 'GET',
      http_path: '/api/v1/namespaces/shop/pods/web',
      http_status: 200,
    })
  })

  it.each([
    ['get', {}, 'read'],
    ['watch', {}, 'read'],
    ['list', {}, 'list'],
    ['create', {}, 'create'],
    ['update', {}, 'update'],
    ['patch', {}, 'update'],
    ['delete', {}, 'delete'],
    ['deletecollection', {}, 'delete'],
    ['create', { subresource: 'exec' }, 'execute'],
    ['get', { subresource: 'attach' }, 'execute'],
    ['create', { subresource: 'portforward' }, 'execute'],
    ['get', { subresource: 'proxy' }, 'execute'],
    ['get', { subresource: 'log' }, 'read'],
    ['create', { apiGroup: rbac, resource: 'rolebindings' }, 'grant'],
    ['patch', { apiGroup: rbac, resource: 'clusterrolebindings' }, 'grant'],
    ['delete', { apiGroup: rbac, resource: 'clusterrolebindings' }, 'revoke'],
    ['get', { apiGroup: rbac, resource: 'clusterrolebindings' }, 'read'],
    ['create', { resource: 'serviceaccounts', subresource: 'token' }, 'assume'],
    ['frobnicate', {}, 'other'],
  ])('knows what %s of %o is', (verb, ref, activity) => {
    expect(map({ verb, objectRef: { resource: 'pods', ...ref } }).activity).toBe(activity)
  })

  it.each([
    ['get', { apiGroup: rbac, resource: 'roles' }, 'iam'],
    ['create', { apiGroup: 'admissionregistration.k8s.io', resource: 'validatingwebhookconfigurations' }, 'policy'],
    ['create', { apiGroup: 'networking.k8s.io', resource: 'networkpolicies' }, 'policy'],
    ['create', { resource: 'serviceaccounts', subresource: 'token' }, 'session'],
    ['get', { resource: 'secrets' }, 'data'],
    ['list', { resource: 'configmaps' }, 'data'],
    ['create', { resource: 'secrets' }, 'api'],
    ['get', { resource: 'nodes' }, 'api'],
  ])('puts %s of %o into its class', (verb, objectRef, expected) => {
    expect(map({ verb, objectRef }).class).toBe(expected)
  })

  it('names group, subresource and missing parts in permission and key', () => {
    const row = map({
      verb: 'create',
      objectRef: { apiGroup: 'apps', resource: 'deployments', subresource: 'scale', namespace: 'shop', name: 'web' },
    })
    expect([row.permission, row.resource_key, row.resource_type, row.service]).toEqual([
      'apps/deployments/scale:create',
      'k8s:-/apps/deployments/shop/web/scale',
      'deployments/scale',
      'apps',
    ])
    expect(map({ verb: 'list', objectRef: { resource: 'nodes' } }).resource_key).toBe('k8s:-/core/nodes/-/*')
  })

  it('reads the group out of the version of old servers', () => {
    const row = map({ objectRef: { resource: 'roles', apiVersion: `${rbac}/v1beta1`, name: 'r' } })
    expect(row.permission).toBe(`${rbac}/roles:get`)
  })

  it('takes the name of a created object from the answer, then from the request', () => {
    const created = { verb: 'create', objectRef: { resource: 'pods', namespace: 'shop' } }
    const request = { metadata: { generateName: 'web-', name: 'asked' } }
    expect(map({ ...created, requestObject: request }).resource_name).toBe('asked')
    const answered = map({
      ...created,
      requestObject: request,
      responseObject: { metadata: { name: 'web-x1', uid: 'o-1' } },
    })
    expect(answered.resource_key).toBe('k8s:-/core/pods/shop/web-x1')
    expect(answered.correlation_ids).toEqual([{ kind: 'k8s_object_uid', value: 'o-1' }])
  })

  it('handles requests to paths', () => {
    const row = map({ objectRef: null, requestURI: '/healthz?verbose' })
    expect([row.permission, row.resource_key, row.class, row.service]).toEqual([
      'nonresource:/healthz:get',
      'k8s:-/nonresource:/healthz',
      'api',
      'kube-apiserver',
    ])
  })

  it('flags dry runs, cut events and members of the all-powerful group', () => {
    expect(map({ requestURI: '/api/v1/pods?fieldManager=x&dryRun=All' }).flags).toEqual(['dry_run'])
    expect(map({ annotations: { 'audit.k8s.io/truncated': 'true' } }).flags).toEqual(['truncated'])
    expect(map({ user: { username: 'root', groups: ['system:masters'] } }).flags).toEqual(['privileged'])
    expect(map({}).flags).toBeUndefined()
  })
})

describe('times of Kubernetes events', () => {
  it('falls back to the logged second of old versions', () => {
    const row = map({ requestReceivedTimestamp: null, timestamp: '2018-10-25T13:58:49Z' })
    expect([row.ts, row.ts_precision, row.ts_kind, row.duration_us]).toEqual([
      BigInt(Date.UTC(2018, 9, 25, 13, 58, 49)) * 1000n,
      's',
      'logged',
      undefined,
    ])
  })

  it('keeps an event without a time, and gives no negative duration', () => {
    const none = map({ requestReceivedTimestamp: 'x', stageTimestamp: null })
    expect([none.ts, none.flags]).toEqual([undefined, ['clock_suspect']])
    expect(map({ stageTimestamp: '2026-01-02T03:04:05.000000Z' }).duration_us).toBeUndefined()
  })
})

describe('actors of Kubernetes', () => {
  it.each([
    ['system:serviceaccount:shop:web', [], 'service_account'],
    ['system:node:n1', ['system:nodes'], 'system'],
    ['system:kube-scheduler', [], 'system'],
    ['system:anonymous', [], 'anonymous'],
    ['stranger', ['system:unauthenticated'], 'anonymous'],
    ['ana', ['dev'], 'user'],
  ])('takes %s in %o as %s', (username, groups, type) => {
    expect(map({ user: { username, groups } })).toMatchObject({
      actor_type: type,
      actor_key: `k8s:-/${username}`,
      actor_id: username,
    })
  })

  it('makes a mail key of a user name that is an address', () => {
    expect(map({ user: { username: 'Ana@Example.com' } })).toMatchObject({
      actor_key: 'mail:ana@example.com',
      actor_email: 'ana@example.com',
    })
  })

  it('works without a user', () => {
    expect(map({ user: null })).toMatchObject({ actor_key: 'unknown:k8s_audit', actor_type: 'unknown' })
  })

  it('keeps who was impersonated', () => {
    expect(map({ impersonatedUser: { username: 'bo', groups: ['ops'] } })).toMatchObject({
      actor_name: 'ana',
      effective_id: 'bo',
      effective_name: 'bo',
      chain: [{ kind: 'impersonate', id: 'bo', name: 'bo', type: 'user' }],
    })
  })

  it('keeps the pod, the node and the id behind a token', () => {
    const extra = {
      'authentication.kubernetes.io/credential-id': ['JTI=j-1'],
      'authentication.kubernetes.io/pod-name': ['web-1'],
      'authentication.kubernetes.io/node-name': ['n1'],
    }
    expect(map({ user: { username: 'system:serviceaccount:shop:web', extra } })).toMatchObject({
      credential_id: 'JTI=j-1',
      credential_type: 'token',
      chain: [
        { kind: 'token', id: 'node/n1', type: 'node' },
        { kind: 'token', id: 'pod/web-1', type: 'pod' },
      ],
    })
  })

  it('keeps the cloud identity behind a mapped user', () => {
    const extra = {
      arn: ['arn:aws:sts::1:assumed-role/R/s'],
      canonicalArn: ['arn:aws:iam::1:role/R'],
      sessionName: ['s'],
      accessKeyId: ['ASIAX'],
    }
    expect(map({ user: { username: 'ana', extra } })).toMatchObject({
      credential_id: 'ASIAX',
      chain: [
        { kind: 'federation', id: 'arn:aws:sts::1:assumed-role/R/s', name: 's', type: 'aws' },
        { kind: 'federation', id: 'arn:aws:iam::1:role/R', type: 'aws' },
      ],
    })
  })

  it('keeps the id of a token that was issued', () => {
    const row = map({ annotations: { 'authentication.kubernetes.io/issued-credential-id': 'JTI=j-2' } })
    expect([row.credential_id, row.correlation_ids]).toEqual([
      'JTI=j-2',
      [{ kind: 'k8s_issued_credential', value: 'JTI=j-2' }],
    ])
  })

  it('takes the last address where none is public, and a name where none is an address', () => {
    expect(map({ sourceIPs: ['10.0.0.1', '192.168.99.1'] }).src_ip).toBe('192.168.99.1')
    const masked = map({ sourceIPs: ['12.000.22.33'] })
    expect([masked.src_ip, masked.src_host, masked.ip_chain]).toEqual([undefined, '12.000.22.33', ['12.000.22.33']])
    expect(map({ sourceIPs: [] }).ip_chain).toBeUndefined()
  })

  it('takes the change cause as reason before other annotations, and tickets from all', () => {
    const annotations = {
      'example.com/ticket': 'CHG0012345',
      'kubernetes.io/change-cause': 'rollback for OPS-7',
      owner: 'x',
    }
    const row = map({ requestObject: { metadata: { annotations } } })
    expect([row.reason, row.reason_field, row.ticket_ids]).toEqual([
      'rollback for OPS-7',
      'requestObject.metadata.annotations.kubernetes.io/change-cause',
      ['CHG0012345', 'OPS-7'],
    ])
  })
})

describe('outcomes of Kubernetes', () => {
  const allow = {
    'authorization.k8s.io/decision': 'allow',
    'authorization.k8s.io/reason': 'RBAC: allowed by ClusterRoleBinding "B" of ClusterRole "R" to Group "G"',
  }

  it('names the binding that allowed', () => {
    expect(map({ annotations: allow })).toMatchObject({
      outcome: 'success',
      policy: 'B',
      policy_type: 'rbac',
      policy_effect: 'allow',
      outcome_reason: expect.stringContaining('ClusterRole "R"'),
    })
  })

  it('is denied where the authorizer forbade, whatever the code', () => {
    expect(
      map({ annotations: { 'authorization.k8s.io/decision': 'forbid' }, responseStatus: { code: 404 } }),
    ).toMatchObject({
      outcome: 'denied',
      policy_effect: 'implicit_deny',
      outcome_code: '404',
    })
  })

  it.each([
    [201, 'success'],
    [401, 'auth_failed'],
    [403, 'denied'],
    [404, 'failed'],
    [409, 'failed'],
    [429, 'throttled'],
    [500, 'failed'],
  ])('gives code %s the outcome %s', (code, outcome) => {
    expect(map({ responseStatus: { code } }).outcome).toBe(outcome)
  })

  it.each([
    ['admission webhook "guard.example.com" denied the request: no', 'guard.example.com'],
    ['pods "web" is forbidden: violates PodSecurity "restricted:latest": privileged', 'restricted:latest'],
    ["pods is forbidden: ValidatingAdmissionPolicy 'no-root' with binding 'b' denied request: no", 'no-root'],
    ['pods is forbidden: something else', undefined],
  ])('sees that admission refused: %s', (message, policy) => {
    const row = map({ annotations: allow, responseStatus: { code: 403, message } })
    expect([row.outcome, row.policy, row.policy_type, row.policy_effect]).toEqual([
      'denied',
      policy,
      'admission',
      'explicit_deny',
    ])
  })

  it('takes the policy from annotations where the message names none', () => {
    const failure = '[{"message":"no","policy":"no-root","binding":"b"}]'
    const first = map({
      annotations: { ...allow, 'validation.policy.admission.k8s.io/validation_failure': failure },
      responseStatus: { code: 403 },
    })
    expect(first.policy).toBe('no-root')
    const second = map({
      annotations: { ...allow, 'pod-security.kubernetes.io/enforce-policy': 'baseline:v1' },
      responseStatus: { code: 403 },
    })
    expect(second.policy).toBe('baseline:v1')
  })

  it('counts an exceeded quota as throttled', () => {
    const message = 'pods "web" is forbidden: exceeded quota: team-a, requested: pods=1'
    expect(map({ annotations: allow, responseStatus: { code: 403, message } })).toMatchObject({
      outcome: 'throttled',
      policy: 'team-a',
      policy_type: 'quota',
      policy_effect: 'quota',
    })
  })

  it('does not know the outcome of a request that was only received', () => {
    expect(map({ stage: 'RequestReceived', responseStatus: null }).outcome).toBe('unknown')
    expect(map({ stage: 'ResponseStarted', responseStatus: { code: 200 } }).outcome).toBe('success')
    expect(map({ responseStatus: null }).outcome).toBe('unknown')
    expect(map({ stage: 'Panic', responseStatus: null }).outcome).toBe('failed')
  })
})

describe('the cluster', () => {
  it('is named by a path or log group, and goes into keys', () => {
    const row = map({}, 'logs/aws/eks/prod/cluster/audit.log')
    expect([row.actor_key, row.actor_tenant, row.resource_key]).toEqual([
      'k8s:prod/ana',
      'prod',
      'k8s:prod/core/pods/shop/web',
    ])
    expect(
      map({}, 'resourceId=/SUBSCRIPTIONS/S/PROVIDERS/MICROSOFT.CONTAINERSERVICE/MANAGEDCLUSTERS/Shop/y=2026')
        .actor_tenant,
    ).toBe('shop')
  })
})
