import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../../../src/common/json'
import { azureActivity } from '../../../../../src/engine/formats/azureActivity'
import { driveJson } from '../../../../support/formatDriver'
import { subscription, tenant } from '../azure/samples'

const account = `/subscriptions/${subscription}/resourceGroups/data/providers/Microsoft.Storage/storageAccounts/shop`

const blob: JsonObject = {
  time: '2026-03-04T05:06:07.1234567Z',
  resourceId: `${account}/blobServices/default`,
  category: 'StorageRead',
  operationName: 'GetBlob',
  operationVersion: '2021-12-02',
  statusCode: 200,
  statusText: 'Success',
  durationMs: 18,
  callerIpAddress: '203.0.113.7:44321',
  correlationId: 'request-1',
  identity: {
    type: 'OAuth',
    tokenHash: 'hash-1',
    authorization: [
      { action: 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read', reason: 'Policy' },
    ],
    requester: { upn: 'Alice@Example.com', objectId: 'u-1', appId: 'app-1', tenantId: tenant },
  },
  location: 'North Europe',
  properties: {
    accountName: 'shop',
    clientRequestId: 'client-1',
    objectKey: '/shop/orders/2026.csv',
    userAgentHeader: 'curl/8.4.0',
    requestBodySize: 0,
    responseBodySize: 5120,
    serviceType: 'blob',
  },
  uri: 'https://shop.blob.core.windows.net:443/orders/2026.csv?sv=2021&sig=SECRET',
}

const map = (value: JsonObject, change: JsonObject = {}) =>
  driveJson(azureActivity, [{ ...value, ...change }]).events[0]

describe('storage logs', () => {
  it('fill the columns', () => {
    expect(map(blob)).toMatchObject({
      source: 'azure_activity',
      class: 'data',
      activity: 'read',
      action: 'GetBlob',
      service: 'Microsoft.Storage',
      read_only: true,
      permission: 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read',
      outcome: 'success',
      outcome_code: '200',
      actor_key: 'mail:alice@example.com',
      actor_id: 'u-1',
      actor_type: 'user',
      actor_tenant: tenant,
      credential_id: 'hash-1',
      credential_type: 'OAuth',
      src_ip: '203.0.113.7',
      src_port: 44_321,
      user_agent: 'curl/8.4.0',
      ua_family: 'curl',
      resource_key: `${account}/blobServices/default`.toLowerCase(),
      resource_type: 'microsoft.storage/storageaccounts/blobservices',
      resource_name: '/shop/orders/2026.csv',
      request_id: 'request-1',
      http_path: '/orders/2026.csv',
      http_status: 200,
      bytes_in: 0n,
      bytes_out: 5120n,
      duration_us: 18_000n,
    })
  })

  it('keep a signature in the address out of every column', () => {
    const row = map(blob, { resourceId: null, properties: null })
    expect(row?.resource_key).toBe('https://shop.blob.core.windows.net:443/orders/2026.csv')
    expect(JSON.stringify(row, (_, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
      'SECRET',
    )
  })

  it.each([
    [403, 'AuthorizationFailure', 'denied', 'AuthorizationFailure'],
    [403, 'AuthorizationPermissionMismatch', 'denied', 'AuthorizationPermissionMismatch'],
    [403, 'AuthenticationFailed', 'auth_failed', 'AuthenticationFailed'],
    [401, 'NoAuthenticationInformation', 'auth_failed', 'NoAuthenticationInformation'],
    [404, 'BlobNotFound', 'failed', 'BlobNotFound'],
    [503, 'ServerBusy', 'throttled', 'ServerBusy'],
    [200, 'SASSuccess', 'success', '200'],
    [200, 'AnonymousSuccess', 'success', '200'],
    [202, 'Success', 'success', '202'],
  ])('with %s %s is %s', (statusCode, statusText, outcome, code) => {
    const row = map(blob, { statusCode, statusText })
    expect([row?.outcome, row?.outcome_code, row?.http_status]).toEqual([outcome, code, statusCode])
  })

  it('take the answer of older exports', () => {
    const old = (metricResponseType: string) =>
      map(blob, { statusCode: null, statusText: null, properties: { metricResponseType } })?.outcome
    expect(old('Success')).toBe('success')
    expect(old('AuthorizationFailure')).toBe('denied')
    expect(old('SASAuthenticationError')).toBe('auth_failed')
  })

  it.each([
    ['Anonymous', 'anonymous'],
    ['SAS', 'unknown'],
    ['AccountKey', 'unknown'],
  ])('know no person behind %s', (type, actor) => {
    expect(map(blob, { identity: { type, tokenHash: 'key1(HASH)' } })).toMatchObject({
      actor_type: actor,
      actor_key: 'unknown:azure_activity',
      credential_type: type,
      credential_id: 'key1(HASH)',
    })
  })

  it.each([
    ['GetBlob', 'read'],
    ['getblob', 'read'],
    ['PutBlob', 'update'],
    ['DeleteBlob', 'delete'],
    ['deleteblob', 'delete'],
    ['ListBlobs', 'list'],
    ['CopyBlob', 'create'],
    ['CreateContainer', 'create'],
  ])('%s is %s', (operationName, activity) => {
    expect(map(blob, { operationName })?.activity).toBe(activity)
  })

  it('come as rows of a table too', () => {
    const row = map({
      TimeGenerated: '2026-03-04T05:06:07.123Z',
      AccountName: 'shop',
      OperationName: 'GetBlob',
      AuthenticationType: 'OAuth',
      StatusCode: '403',
      StatusText: 'AuthorizationPermissionMismatch',
      DurationMs: '18.5',
      CallerIpAddress: '203.0.113.7:44321',
      CorrelationId: 'request-1',
      RequesterObjectId: 'u-1',
      RequesterUpn: 'alice@example.com',
      AuthorizationDetails: '[{"action":"a/read","denyAssignmentId":""}]',
      UserAgentHeader: 'curl/8.4.0',
      ClientRequestId: 'client-1',
      Uri: 'https://shop.blob.core.windows.net/orders/2026.csv',
      ObjectKey: '/shop/orders/2026.csv',
      Category: 'StorageRead',
      _ResourceId: account.toLowerCase(),
      Type: 'StorageBlobLogs',
    })
    expect(row).toMatchObject({
      class: 'data',
      outcome: 'denied',
      actor_key: 'mail:alice@example.com',
      permission: 'a/read',
      src_port: 44_321,
      resource_key: account.toLowerCase(),
      duration_us: 18_500n,
    })
  })
})

describe('vault logs', () => {
  const secret: JsonObject = {
    time: '2026-03-04T05:06:07.1234567Z',
    category: 'AuditEvent',
    operationName: 'SecretGet',
    resultType: 'Success',
    resultSignature: 'OK',
    durationMs: '46',
    callerIpAddress: '203.0.113.7',
    correlationId: 'c-1',
    identity: { claim: { oid: 'u-1', appid: 'app-1', upn: 'alice@example.com' } },
    resourceId: `/SUBSCRIPTIONS/${subscription}/RESOURCEGROUPS/KEYS/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/SHOP`,
    properties: {
      clientInfo: 'azsdk-net/1.0',
      requestUri: 'https://shop.vault.azure.net/secrets/db?api-version=7.0',
      httpStatusCode: 200,
      id: 'https://shop.vault.azure.net/secrets/db/1',
    },
  }

  it('fill the columns', () => {
    expect(map(secret)).toMatchObject({
      class: 'data',
      activity: 'read',
      service: 'MICROSOFT.KEYVAULT',
      outcome: 'success',
      outcome_code: '200',
      actor_key: 'mail:alice@example.com',
      user_agent: 'azsdk-net/1.0',
      http_path: '/secrets/db',
      http_status: 200,
      resource_type: 'microsoft.keyvault/vaults',
      duration_us: 46_000n,
    })
  })

  it.each([
    [401, 'Unauthorized', 'auth_failed'],
    [403, 'Forbidden', 'denied'],
    [404, 'Not Found', 'failed'],
  ])('believe the status %s %s before the word of the record', (httpStatusCode, resultSignature, outcome) => {
    expect(map(secret, { resultSignature, properties: { httpStatusCode } })?.outcome).toBe(outcome)
  })

  it.each([
    ['SecretSet', 'update'],
    ['SecretList', 'list'],
    ['SecretDelete', 'delete'],
    ['SecretPurge', 'delete'],
    ['KeyCreate', 'create'],
    ['KeySign', 'execute'],
    ['KeyDecrypt', 'read'],
    ['CertificateImport', 'create'],
    ['VaultGet', 'read'],
    ['VaultPut', 'update'],
  ])('%s is %s', (operationName, activity) => {
    expect(map(secret, { operationName })?.activity).toBe(activity)
  })

  it('come as rows of the mixed table too, with the type of a column in its name', () => {
    const row = map({
      TimeGenerated: '2026-03-04T05:06:07Z',
      ResourceId: `/SUBSCRIPTIONS/${subscription}/RESOURCEGROUPS/KEYS/PROVIDERS/MICROSOFT.KEYVAULT/VAULTS/SHOP`,
      Category: 'AuditEvent',
      OperationName: 'SecretGet',
      ResultType: 'Success',
      ResultSignature: 'Forbidden',
      CallerIPAddress: '203.0.113.7',
      CorrelationId: 'c-1',
      httpStatusCode_d: 403,
      requestUri_s: 'https://shop.vault.azure.net/secrets/db',
      identity_claim_oid_g: 'u-1',
      identity_claim_appid_g: 'app-1',
      Type: 'AzureDiagnostics',
    })
    expect(row).toMatchObject({
      outcome: 'denied',
      http_status: 403,
      http_path: '/secrets/db',
      actor_key: 'entra:u-1',
      actor_type: 'app',
      class: 'data',
    })
  })
})

describe('calls of the directory interface', () => {
  it('fill the columns', () => {
    const row = map({
      time: '2026-03-04T05:06:07Z',
      resourceId: `/TENANTS/${tenant}/PROVIDERS/MICROSOFT.AADIAM`,
      operationName: 'Microsoft Graph Activity',
      category: 'MicrosoftGraphActivityLogs',
      resultSignature: '403',
      callerIpAddress: '203.0.113.7',
      correlationId: 'c-1',
      properties: {
        requestId: 'r-1',
        clientRequestId: 'client-1',
        requestMethod: 'get',
        requestUri: 'https://graph.microsoft.com/v1.0/users?$top=5',
        responseStatusCode: 403,
        userId: 'u-1',
        userAgent: 'python-requests/2.31',
        signInActivityId: 'token-uti',
      },
    })
    expect(row).toMatchObject({
      activity: 'read',
      read_only: true,
      outcome: 'denied',
      outcome_code: '403',
      actor_key: 'entra:u-1',
      actor_tenant: tenant,
      http_method: 'GET',
      http_path: '/v1.0/users',
      http_status: 403,
      ua_family: 'python-requests',
      correlation_ids: [
        { kind: 'azure_correlation', value: 'c-1' },
        { kind: 'azure_client_request', value: 'client-1' },
        { kind: 'azure_request', value: 'r-1' },
        { kind: 'entra_token', value: 'token-uti' },
      ],
    })
  })
})

describe('access logs of sites and gateways', () => {
  const site: JsonObject = {
    time: '2026-03-04T05:06:07Z',
    resourceId: `/SUBSCRIPTIONS/${subscription}/RESOURCEGROUPS/WEB/PROVIDERS/MICROSOFT.WEB/SITES/SHOP`,
    category: 'AppServiceHTTPLogs',
    operationName: 'Http',
    properties: { CsMethod: 'DELETE', CsUriStem: '/cart', ScStatus: 429, CIp: '203.0.113.7', UserAgent: 'curl/8.4.0' },
  }
  const gateway: JsonObject = {
    ...site,
    category: 'ApplicationGatewayAccessLog',
    operationName: 'ApplicationGatewayAccess',
    properties: {
      httpMethod: 'GET',
      requestUri: '/cart?id=1',
      httpStatus: 200,
      clientIP: '203.0.113.7',
      userAgent: 'curl/8.4.0',
    },
  }

  it.each<[JsonObject, JsonObject]>([
    [site, { activity: 'delete', outcome: 'throttled', http_status: 429, http_method: 'DELETE' }],
    [gateway, { activity: 'read', outcome: 'success', http_status: 200, http_method: 'GET' }],
  ])('fill the columns', (record, expected) => {
    expect(map(record)).toMatchObject({
      ...expected,
      http_path: '/cart',
      src_ip: '203.0.113.7',
      ua_family: 'curl',
      resource_type: 'microsoft.web/sites',
    })
  })
})
