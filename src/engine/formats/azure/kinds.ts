/**
 * What a record of the Azure family is. One function tells them all apart, so that no two of the formats claim the same
 * record.
 */
import { isObject, text } from '../../../common/json'
import { type Fields, field, fieldObject, fieldsOf, fieldText, topText } from './fields'

export type AzureKind = 'signIn' | 'risk' | 'audit' | 'provisioning' | 'activity' | 'logLine'

/** `api` objects and `table` rows render the same event in other bytes; a `diagnostic` record is as it was written. */
export type AzureShape = 'diagnostic' | 'api' | 'table'

export interface Classified {
  readonly kind: AzureKind
  readonly shape: AzureShape
  readonly score: number
}

const byCategory: ReadonlyMap<string, AzureKind> = new Map([
  ['signinlogs', 'signIn'],
  ['noninteractiveusersigninlogs', 'signIn'],
  ['serviceprincipalsigninlogs', 'signIn'],
  ['managedidentitysigninlogs', 'signIn'],
  ['microsoftserviceprincipalsigninlogs', 'signIn'],
  ['adfssigninlogs', 'signIn'],
  ['b2crequestlogs', 'signIn'],
  ['riskyusers', 'risk'],
  ['userriskevents', 'risk'],
  ['riskyserviceprincipals', 'risk'],
  ['serviceprincipalriskevents', 'risk'],
  ['provisioninglogs', 'provisioning'],
])

const byTable: ReadonlyMap<string, AzureKind> = new Map([
  ['signinlogs', 'signIn'],
  ['aadnoninteractiveusersigninlogs', 'signIn'],
  ['aadserviceprincipalsigninlogs', 'signIn'],
  ['aadmanagedidentitysigninlogs', 'signIn'],
  ['adfssigninlogs', 'signIn'],
  ['aadriskyusers', 'risk'],
  ['aaduserriskevents', 'risk'],
  ['aadriskyserviceprincipals', 'risk'],
  ['aadserviceprincipalriskevents', 'risk'],
  ['auditlogs', 'audit'],
  ['aadprovisioninglogs', 'provisioning'],
  ['azureactivity', 'activity'],
  ['azurediagnostics', 'activity'],
  ['azkvauditlogs', 'activity'],
  ['storagebloblogs', 'activity'],
  ['storagefilelogs', 'activity'],
  ['storagequeuelogs', 'activity'],
  ['storagetablelogs', 'activity'],
  ['microsoftgraphactivitylogs', 'activity'],
  ['aadgraphactivitylogs', 'activity'],
])

/** Categories whose records hold the log of another system: its own format reads them. */
const foreign = new Set(['postgresqllogs', 'kube-audit', 'kube-audit-admin'])

const azureResource = /^\/(?:subscriptions|tenants|providers)\//i

let last: { readonly value: unknown; readonly found: Classified | undefined } | undefined

/** The kind of a value; undefined where it is no record of this family. */
export function classify(value: unknown): Classified | undefined {
  if (!isObject(value)) return undefined
  if (last?.value === value) return last.found
  const found = classifyFields(fieldsOf(value))
  last = { value, found }
  return found
}

function classifyFields(fields: Fields): Classified | undefined {
  const category = topText(fields, 'category')?.toLowerCase() ?? ''
  // The security products stream their tables through the same export; they are no calls to a resource.
  if (foreign.has(category) || category.startsWith('advancedhunting-')) return undefined
  return ofTable(fields) ?? ofCategory(fields) ?? ofAudit(fields) ?? ofApi(fields) ?? ofDiagnostic(fields)
}

function shapeOf({ top }: Fields): AzureShape {
  if (top.has('timegenerated') || top.has('timegenerated [local time]')) return 'table'
  return top.has('time') ? 'diagnostic' : 'api'
}

/** The table names itself in `Type`; other sources have a `type` too, so its time must be there. */
function ofTable(fields: Fields): Classified | undefined {
  if (shapeOf(fields) !== 'table') return undefined
  const kind = byTable.get(text(fields.top.get('type'))?.toLowerCase() ?? '')
  return kind === undefined ? undefined : { kind, shape: 'table', score: 0.97 }
}

function ofCategory(fields: Fields): Classified | undefined {
  const kind = byCategory.get(topText(fields, 'category')?.toLowerCase() ?? '')
  if (kind === undefined) return undefined
  const shape = shapeOf(fields)
  return fields.inner.size > 0 || fields.top.has('operationname') ? { kind, shape, score: 0.97 } : undefined
}

/** Directory changes: by who did it to whom, under an activity's name. */
function ofAudit(fields: Fields): Classified | undefined {
  const change = field(fields, 'initiatedby', 'targetresources', 'loggedbyservice')
  if (change === undefined || field(fields, 'provisioningaction', 'provisioningsteps') !== undefined) return undefined
  const dated = field(fields, 'activitydatetime', 'time', 'timegenerated', 'timegenerated [local time]') !== undefined
  const named = fieldText(fields, 'activitydisplayname')
  const directory = /microsoft\.aadiam/i.test(topText(fields, 'resourceid') ?? '')
  const category = topText(fields, 'category')?.toLowerCase() === 'auditlogs'
  const operation = topText(fields, 'operationname')
  if (!dated || (named === undefined && !(operation !== undefined && (directory || category)))) return undefined
  return { kind: 'audit', shape: shapeOf(fields), score: 0.95 }
}

/** Objects of the interfaces, and rows of tables whose name is lost. */
function ofApi(fields: Fields): Classified | undefined {
  const { top } = fields
  const has = (...names: readonly string[]) => names.some((name) => top.has(name))
  const shape = shapeOf(fields)
  if (shape === 'diagnostic') return undefined
  if (has('riskeventtype', 'risktype') && has('risklevel') && has('detecteddatetime', 'activitydatetime'))
    return { kind: 'risk', shape, score: 0.93 }
  if (has('risklastupdateddatetime') && has('risklevel', 'riskstate')) return { kind: 'risk', shape, score: 0.93 }
  if (has('provisioningaction', 'provisioningsteps') && has('sourceidentity', 'targetidentity'))
    return { kind: 'provisioning', shape, score: 0.95 }
  if (isSignIn(fields, has)) return { kind: 'signIn', shape, score: 0.95 }
  const operation = has('operationname', 'operationnamevalue')
  if (has('eventtimestamp') && operation && has('eventdataid', 'resourceid', 'authorization', 'caller'))
    return { kind: 'activity', shape, score: 0.95 }
  if (shape === 'table' && has('operationnamevalue', 'activitystatusvalue') && has('correlationid', 'caller'))
    return { kind: 'activity', shape, score: 0.95 }
  return undefined
}

function isSignIn(fields: Fields, has: (...names: readonly string[]) => boolean): boolean {
  if (!has('createddatetime', 'timegenerated', 'timegenerated [local time]')) return false
  if (!has('userprincipalname', 'userid', 'serviceprincipalid', 'serviceprincipalname')) return false
  if (!has('appid', 'appdisplayname', 'resourcedisplayname')) return false
  const status = fieldObject(fields, 'status')
  const coded = status !== undefined && Object.keys(status).some((key) => key.toLowerCase() === 'errorcode')
  return coded || has('conditionalaccessstatus', 'signineventtypes') || (has('resulttype') && has('ipaddress'))
}

function ofDiagnostic(fields: Fields): Classified | undefined {
  const { top } = fields
  const operation = topText(fields, 'operationname')
  if (operation === undefined || !(top.has('time') || top.has('timegenerated'))) return undefined
  const resource = topText(fields, 'resourceid', '_resourceid')
  const azure = resource !== undefined && azureResource.test(resource)
  const about = top.has('properties') || top.has('calleripaddress') || top.has('resulttype') || top.has('correlationid')
  const category = topText(fields, 'category') !== undefined
  const storage = top.has('uri') && top.has('calleripaddress')
  if (!azure && !(category && resource?.startsWith('/')) && !(category && (about || storage))) return undefined
  // Output of containers and database servers is written through the same export; it is no access.
  const line = /\/diagnosticlogs\/read$/i.test(operation) || operation === 'LogEvent'
  return { kind: line ? 'logLine' : 'activity', shape: shapeOf(fields), score: line ? 0.55 : azure ? 0.9 : 0.6 }
}
