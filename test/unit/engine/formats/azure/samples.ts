/** Made-up records of the Azure family: the same events in the shapes of the exports. */
import type { JsonObject } from '../../../../../src/common/json'

export const tenant = '11111111-aaaa-4bbb-8ccc-000000000001'
export const subscription = '22222222-aaaa-4bbb-8ccc-000000000002'

export const signInObject: JsonObject = {
  id: '33333333-aaaa-4bbb-8ccc-000000000003',
  createdDateTime: '2026-03-04T05:06:07Z',
  userDisplayName: 'Alice Example',
  userPrincipalName: 'Alice@Example.com',
  userId: '44444444-aaaa-4bbb-8ccc-000000000004',
  appId: '55555555-aaaa-4bbb-8ccc-000000000005',
  appDisplayName: 'Example Portal',
  ipAddress: '203.0.113.7',
  clientAppUsed: 'Browser',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0',
  correlationId: '66666666-aaaa-4bbb-8ccc-000000000006',
  originalRequestId: '77777777-aaaa-4bbb-8ccc-000000000007',
  conditionalAccessStatus: 'success',
  appliedConditionalAccessPolicies: [
    { id: 'p1', displayName: 'Require second factor', result: 'success' },
    { id: 'p2', displayName: 'Block old clients', result: 'notApplied' },
  ],
  isInteractive: true,
  resourceDisplayName: 'Example Service',
  resourceId: '88888888-aaaa-4bbb-8ccc-000000000008',
  resourceTenantId: tenant,
  homeTenantId: tenant,
  sessionId: '99999999-aaaa-4bbb-8ccc-000000000009',
  uniqueTokenIdentifier: 'dG9rZW4tb25l',
  authenticationRequirement: 'multiFactorAuthentication',
  authenticationDetails: [{ authenticationMethod: 'Password', succeeded: true }],
  autonomousSystemNumber: 64500,
  processingTimeInMilliseconds: 239,
  status: { errorCode: 0, failureReason: 'Other.', additionalDetails: null },
  deviceDetail: { deviceId: 'device-1', operatingSystem: 'Linux', browser: 'Firefox 120' },
  location: {
    city: 'Oslo',
    state: 'Oslo',
    countryOrRegion: 'NO',
    geoCoordinates: { latitude: 59.9, longitude: 10.7 },
  },
}

export const signInDiagnostic: JsonObject = {
  time: '2026-03-04T05:06:09.1234567Z',
  resourceId: `/tenants/${tenant}/providers/Microsoft.aadiam`,
  operationName: 'Sign-in activity',
  category: 'SignInLogs',
  tenantId: tenant,
  resultType: '0',
  resultSignature: 'None',
  durationMs: 0,
  callerIpAddress: '203.0.113.7',
  correlationId: '66666666-aaaa-4bbb-8ccc-000000000006',
  identity: 'Alice Example',
  Level: 4,
  location: 'NO',
  properties: signInObject,
}

/** A row of a table: Pascal case, nested JSON in strings, the country alone. */
export const signInRow: JsonObject = {
  TenantId: 'workspace-1',
  TimeGenerated: '2026-03-04T05:06:09.123Z',
  CreatedDateTime: '2026-03-04T05:06:07Z',
  OperationName: 'Sign-in activity',
  Category: 'SignInLogs',
  ResultType: '0',
  AADTenantId: tenant,
  Id: signInObject.id ?? null,
  UserPrincipalName: 'Alice@Example.com',
  UserId: signInObject.userId ?? null,
  UserDisplayName: 'Alice Example',
  AppId: signInObject.appId ?? null,
  AppDisplayName: 'Example Portal',
  IPAddress: '203.0.113.7',
  Location: 'NO',
  LocationDetails: JSON.stringify(signInObject.location),
  Status: JSON.stringify(signInObject.status),
  DeviceDetail: JSON.stringify(signInObject.deviceDetail),
  AuthenticationDetails: JSON.stringify(signInObject.authenticationDetails),
  AuthenticationRequirement: 'multiFactorAuthentication',
  ConditionalAccessPolicies: JSON.stringify(signInObject.appliedConditionalAccessPolicies),
  ConditionalAccessStatus: 'success',
  CorrelationId: signInObject.correlationId ?? null,
  OriginalRequestId: signInObject.originalRequestId ?? null,
  ResourceDisplayName: 'Example Service',
  ResourceIdentity: signInObject.resourceId ?? null,
  ResourceId: `/tenants/${tenant}/providers/Microsoft.aadiam`,
  ResourceTenantId: tenant,
  HomeTenantId: tenant,
  SessionId: signInObject.sessionId ?? null,
  UniqueTokenIdentifier: 'dG9rZW4tb25l',
  AutonomousSystemNumber: '64500',
  ProcessingTimeInMilliseconds: '239',
  UserAgent: signInObject.userAgent ?? null,
  Type: 'SigninLogs',
}

export const auditObject: JsonObject = {
  id: 'Directory_66666666_ABCDE_12345678',
  category: 'RoleManagement',
  correlationId: '66666666-aaaa-4bbb-8ccc-000000000016',
  result: 'success',
  resultReason: 'For OPS-42',
  activityDisplayName: 'Add member to role',
  activityDateTime: '2026-03-04T05:06:07.7654321Z',
  loggedByService: 'Core Directory',
  operationType: 'Assign',
  initiatedBy: {
    user: {
      id: '44444444-aaaa-4bbb-8ccc-000000000004',
      displayName: 'Alice Example',
      userPrincipalName: 'alice@example.com',
      ipAddress: '203.0.113.7',
    },
    app: null,
  },
  targetResources: [
    {
      id: 'AAAAAAAA-aaaa-4bbb-8ccc-00000000000a',
      displayName: 'Bob',
      type: 'User',
      userPrincipalName: 'bob@example.com',
      modifiedProperties: [
        { displayName: 'Role.DisplayName', oldValue: null, newValue: '"Global Administrator"' },
        { displayName: 'Role.TemplateId', oldValue: null, newValue: '"62e9"' },
      ],
    },
    { id: 'role-1', displayName: 'Global Administrator', type: 'Role' },
  ],
  additionalDetails: [
    { key: 'User-Agent', value: 'Example/1.0' },
    { key: 'TicketNumber', value: 'CHG0012345' },
    { key: 'TicketSystem', value: 'desk' },
  ],
}

export const auditDiagnostic: JsonObject = {
  time: '2026-03-04T05:06:08Z',
  resourceId: `/tenants/${tenant}/providers/Microsoft.aadiam`,
  operationName: 'Add member to role',
  category: 'AuditLogs',
  tenantId: tenant,
  resultSignature: 'None',
  callerIpAddress: '203.0.113.99',
  correlationId: auditObject.correlationId ?? null,
  identity: 'Alice Example',
  properties: auditObject,
}

export const auditRow: JsonObject = {
  TenantId: 'workspace-1',
  TimeGenerated: '2026-03-04T05:06:08Z',
  OperationName: 'Add member to role',
  Category: 'RoleManagement',
  Result: 'success',
  ResultReason: 'For OPS-42',
  AADTenantId: tenant,
  CorrelationId: auditObject.correlationId ?? null,
  Id: auditObject.id ?? null,
  ActivityDisplayName: 'Add member to role',
  ActivityDateTime: auditObject.activityDateTime ?? null,
  LoggedByService: 'Core Directory',
  AADOperationType: 'Assign',
  InitiatedBy: JSON.stringify(auditObject.initiatedBy),
  TargetResources: JSON.stringify(auditObject.targetResources),
  AdditionalDetails: JSON.stringify(auditObject.additionalDetails),
  Type: 'AuditLogs',
}

const vm = `/subscriptions/${subscription}/resourceGroups/Shop-RG/providers/Microsoft.Compute/virtualMachines/web-1`

const claims: JsonObject = {
  aud: 'https://management.core.windows.net/',
  appid: '55555555-aaaa-4bbb-8ccc-000000000005',
  name: 'Alice Example',
  'http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn': 'Alice@Example.com',
  'http://schemas.microsoft.com/identity/claims/objectidentifier': '44444444-aaaa-4bbb-8ccc-000000000004',
  'http://schemas.microsoft.com/identity/claims/tenantid': tenant,
  uti: 'token-uti',
}

const authorization: JsonObject = {
  scope: vm,
  action: 'Microsoft.Compute/virtualMachines/delete',
  evidence: { role: 'Contributor', roleAssignmentScope: `/subscriptions/${subscription}` },
}

export const activityDiagnostic: JsonObject = {
  time: '2026-03-04T05:06:07.1234567Z',
  resourceId: vm.toUpperCase(),
  operationName: 'MICROSOFT.COMPUTE/VIRTUALMACHINES/DELETE',
  category: 'Administrative',
  resultType: 'Success',
  resultSignature: 'Succeeded.OK',
  durationMs: '1523',
  callerIpAddress: '203.0.113.7',
  correlationId: '66666666-aaaa-4bbb-8ccc-000000000026',
  identity: { authorization, claims },
  level: 'Information',
  location: 'global',
  properties: { statusCode: 'OK', serviceRequestId: 'service-1', eventCategory: 'Administrative' },
}

export const activityObject: JsonObject = {
  authorization,
  caller: 'alice@example.com',
  claims,
  correlationId: '66666666-aaaa-4bbb-8ccc-000000000026',
  eventDataId: 'BBBBBBBB-aaaa-4bbb-8ccc-00000000000b',
  category: { value: 'Administrative', localizedValue: 'Administrative' },
  eventTimestamp: '2026-03-04T05:06:07.1234567Z',
  httpRequest: {
    clientRequestId: 'client-1',
    clientIpAddress: '203.0.113.7',
    method: 'DELETE',
    uri: 'https://management.azure.com/subscriptions/x?api-version=1',
  },
  operationId: 'operation-1',
  operationName: { value: 'Microsoft.Compute/virtualMachines/delete', localizedValue: 'Delete Virtual Machine' },
  resourceGroupName: 'Shop-RG',
  resourceProviderName: { value: 'Microsoft.Compute', localizedValue: 'Microsoft Compute' },
  resourceType: { value: 'Microsoft.Compute/virtualMachines' },
  resourceId: vm,
  status: { value: 'Succeeded', localizedValue: 'Succeeded' },
  subStatus: { value: 'OK', localizedValue: 'OK (HTTP Status Code: 200)' },
  subscriptionId: subscription,
  properties: { statusCode: 'OK' },
}

export const activityRow: JsonObject = {
  TenantId: 'workspace-1',
  TimeGenerated: '2026-03-04T05:06:07.1234567Z',
  OperationNameValue: 'MICROSOFT.COMPUTE/VIRTUALMACHINES/DELETE',
  CategoryValue: 'Administrative',
  ActivityStatusValue: 'Success',
  ActivitySubstatusValue: 'OK',
  Caller: 'alice@example.com',
  CallerIpAddress: '203.0.113.7',
  CorrelationId: '66666666-aaaa-4bbb-8ccc-000000000026',
  EventDataId: 'BBBBBBBB-aaaa-4bbb-8ccc-00000000000b',
  Authorization: JSON.stringify(authorization),
  Claims: JSON.stringify(claims),
  HTTPRequest: JSON.stringify({ clientRequestId: 'client-1', method: 'DELETE' }),
  Properties: JSON.stringify({ statusCode: 'OK' }),
  ResourceGroup: 'SHOP-RG',
  ResourceProviderValue: 'MICROSOFT.COMPUTE',
  SubscriptionId: subscription,
  _ResourceId: vm.toLowerCase(),
  Type: 'AzureActivity',
}
