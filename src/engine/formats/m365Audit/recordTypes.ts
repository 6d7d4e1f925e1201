/** Names of the record types that matter for the class of an event; of others the number is in the record. */
const names: ReadonlyMap<string, string> = new Map([
  ['1', 'ExchangeAdmin'],
  ['2', 'ExchangeItem'],
  ['3', 'ExchangeItemGroup'],
  ['4', 'SharePoint'],
  ['6', 'SharePointFileOperation'],
  ['8', 'AzureActiveDirectory'],
  ['9', 'AzureActiveDirectoryAccountLogon'],
  ['10', 'DataCenterSecurityCmdlet'],
  ['11', 'ComplianceDLPSharePoint'],
  ['13', 'ComplianceDLPExchange'],
  ['14', 'SharePointSharingOperation'],
  ['15', 'AzureActiveDirectoryStsLogon'],
  ['18', 'SecurityComplianceCenterEOPCmdlet'],
  ['19', 'ExchangeAggregatedOperation'],
  ['20', 'PowerBIAudit'],
  ['21', 'CRM'],
  ['22', 'Yammer'],
  ['24', 'Discovery'],
  ['25', 'MicrosoftTeams'],
  ['28', 'ThreatIntelligence'],
  ['30', 'MicrosoftFlow'],
  ['33', 'ComplianceDLPSharePointClassification'],
  ['36', 'SharePointListOperation'],
  ['40', 'SecurityComplianceAlerts'],
  ['41', 'ThreatIntelligenceUrl'],
  ['47', 'ThreatIntelligenceAtpContent'],
  ['50', 'ExchangeItemAggregated'],
  ['52', 'DataInsightsRestApiAudit'],
  ['54', 'SharePointListItemOperation'],
  ['63', 'DLPEndpoint'],
])

/** The name of a record type; tables and searches give the name itself. */
export function recordTypeName(type: string | undefined): string | undefined {
  return type === undefined ? undefined : (names.get(type) ?? (/^-?\d+$/.test(type) ? undefined : type))
}
