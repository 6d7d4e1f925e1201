/** Made-up records of the unified audit log. */
import type { JsonObject } from '../../../../../src/common/json'

export const organization = '11111111-aaaa-4bbb-8ccc-000000000001'

const base: JsonObject = {
  CreationTime: '2026-03-04T05:06:07',
  OrganizationId: organization,
  UserId: 'Alice@Example.com',
  UserKey: '10032000ABCDEF01',
  UserType: 0,
  Version: 1,
}

export const login: JsonObject = {
  ...base,
  Id: 'login-1',
  RecordType: 15,
  Operation: 'UserLoggedIn',
  Workload: 'AzureActiveDirectory',
  ResultStatus: 'Success',
  ClientIP: '203.0.113.7',
  ActorIpAddress: '203.0.113.7',
  ObjectId: '88888888-aaaa-4bbb-8ccc-000000000008',
  ApplicationId: '55555555-aaaa-4bbb-8ccc-000000000005',
  InterSystemsId: '66666666-aaaa-4bbb-8ccc-000000000006',
  IntraSystemId: '33333333-aaaa-4bbb-8ccc-000000000003',
  SupportTicketId: '',
  ErrorNumber: '0',
  Actor: [
    { ID: '44444444-aaaa-4bbb-8ccc-000000000004', Type: 0 },
    { ID: 'alice@example.com', Type: 5 },
  ],
  Target: [{ ID: '88888888-aaaa-4bbb-8ccc-000000000008', Type: 0 }],
  ExtendedProperties: [
    { Name: 'ResultStatusDetail', Value: 'Success' },
    { Name: 'UserAgent', Value: 'Mozilla/5.0 (X11; rv:120.0) Gecko/20100101 Firefox/120.0' },
    { Name: 'RequestType', Value: 'Login:login' },
  ],
  DeviceProperties: [{ Name: 'SessionId', Value: '99999999-aaaa-4bbb-8ccc-000000000009' }],
  ModifiedProperties: [],
}

export const file: JsonObject = {
  ...base,
  Id: 'file-1',
  RecordType: 6,
  Operation: 'FileDownloaded',
  Workload: 'OneDrive',
  ClientIP: '203.0.113.7',
  UserAgent: 'Mozilla/5.0 (X11; rv:120.0) Gecko/20100101 Firefox/120.0',
  CorrelationId: '66666666-aaaa-4bbb-8ccc-000000000016',
  ObjectId: 'https://example-my.sharepoint.com/personal/alice/Documents/Plan.docx',
  SiteUrl: 'https://example-my.sharepoint.com/personal/alice/',
  SourceFileName: 'Plan.docx',
  SourceFileExtension: 'docx',
  SourceRelativeUrl: 'Documents',
  ItemType: 'File',
  FileSizeBytes: 5120,
  AppAccessContext: {
    AADSessionId: '99999999-aaaa-4bbb-8ccc-000000000009',
    CorrelationId: '66666666-aaaa-4bbb-8ccc-000000000016',
    UniqueTokenId: 'token-1',
    ClientAppId: '55555555-aaaa-4bbb-8ccc-000000000005',
  },
}

export const cmdlet: JsonObject = {
  ...base,
  Id: 'cmdlet-1',
  RecordType: 1,
  Operation: 'Add-MailboxPermission',
  Workload: 'Exchange',
  ResultStatus: 'True',
  ClientIP: '203.0.113.7:12345',
  ObjectId: 'example.com/Users/bob',
  UserType: 2,
  ExternalAccess: false,
  OrganizationName: 'example.onmicrosoft.com',
  OriginatingServer: 'SERVER1 (15.20.0000.000)',
  Parameters: [
    { Name: 'Identity', Value: 'bob' },
    { Name: 'User', Value: 'alice@example.com' },
    { Name: 'AccessRights', Value: 'FullAccess' },
  ],
}

export const mailItem: JsonObject = {
  ...base,
  Id: 'item-1',
  RecordType: 2,
  Operation: 'HardDelete',
  Workload: 'Exchange',
  ResultStatus: 'Succeeded',
  ClientIPAddress: '203.0.113.7',
  ClientIP: '2001:db8::28',
  ClientInfoString: 'Client=OWA;Mozilla/5.0 (X11; rv:120.0) Gecko/20100101 Firefox/120.0;',
  LogonType: 0,
  MailboxOwnerUPN: 'Bob@Example.com',
  MailboxGuid: '77777777-aaaa-4bbb-8ccc-000000000007',
  SessionId: '99999999-aaaa-4bbb-8ccc-000000000009',
  ClientRequestId: 'client-1',
  AffectedItems: [
    { InternetMessageId: '<m1@example.com>', Subject: 'Hello', ParentFolder: { Path: '\\Inbox' } },
    { InternetMessageId: '<m2@example.com>', Subject: 'Again', ParentFolder: { Path: '\\Inbox' } },
  ],
  Folder: { Path: '\\Inbox' },
}

export const rule: JsonObject = {
  ...base,
  Id: 'dlp-1',
  RecordType: 11,
  Operation: 'DLPRuleMatch',
  Workload: 'OneDrive',
  UserId: 'DlpAgent',
  UserKey: 'DlpAgent',
  UserType: 4,
  IncidentId: 'incident-1',
  PolicyDetails: [
    {
      PolicyId: 'p-1',
      PolicyName: 'Card numbers',
      Rules: [{ RuleName: 'Many', RuleMode: 'Enable', Actions: ['BlockAccess', 'NotifyUser'], Severity: 'High' }],
    },
  ],
  SharePointMetaData: {
    FileName: 'Cards.xlsx',
    FilePathUrl: 'https://example.sharepoint.com/Cards.xlsx',
    From: 'ALICE@EXAMPLE.COM',
  },
}
