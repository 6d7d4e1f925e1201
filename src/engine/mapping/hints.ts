/** How fields of exports are called, best first, and what their values must look like to be taken. */
import type { ValueShape } from '../../contract/mapping'
import type { MappedColumn } from '../../contract/mappingFile'

export interface Hint {
  readonly target: MappedColumn | 'time' | 'id'
  /** In lower case, without what is no letter or digit. */
  readonly names: readonly string[]
  /** Without one of these the field is not taken, whatever its name. */
  readonly needs?: readonly ValueShape[]
  /** These alone make it likely, whatever its name. */
  readonly tells?: readonly ValueShape[]
  /** A field that looks so is not taken. */
  readonly not?: readonly ValueShape[]
}

const times: readonly ValueShape[] = ['rfc3339', 'epoch', 'written-time']
const things: readonly ValueShape[] = ['rfc3339', 'address', 'epoch', 'written-time', 'boolean']
const words = (text: string): string[] => text.split(' ')

/** In the order in which fields are handed out: a field serves one column. */
export const hints: readonly Hint[] = [
  {
    target: 'time',
    names: words(
      'timestamp eventtime time ts datetime eventtimestamp occurredat createdat created loggedat published date when eventdate logtime starttime receivedat ingesttime',
    ),
    needs: times,
    tells: times,
  },
  {
    target: 'src_ip',
    names: words(
      'sourceip srcip clientip ip ipaddress remoteip sourceipaddress clientipaddress remoteaddr remoteaddress clientaddress actorip userip callerip xforwardedfor ipaddr srcaddr',
    ),
    needs: ['address'],
    tells: ['address'],
  },
  {
    target: 'actor_email',
    names: words(
      'useremail actoremail email mail upn userprincipalname emailaddress userid user actor login principal',
    ),
    needs: ['email'],
    tells: ['email'],
  },
  {
    target: 'outcome',
    names: words(
      'outcome result status decision success eventoutcome resultstatus response resulttype authorized allowed granted permitted verdict disposition state',
    ),
    needs: ['outcome-word', 'boolean'],
    tells: ['outcome-word'],
    not: ['http-status'],
  },
  {
    target: 'http_method',
    names: words('httpmethod requestmethod method verb'),
    needs: ['http-method'],
    tells: ['http-method'],
  },
  {
    target: 'http_status',
    names: words('httpstatus statuscode responsecode httpstatuscode responsestatus status code sc'),
    needs: ['http-status'],
  },
  {
    target: 'user_agent',
    names: words('useragent httpuseragent agent ua browser client'),
    needs: ['user-agent'],
    tells: ['user-agent'],
  },
  {
    target: 'action',
    names: words(
      'action eventname operation operationname eventaction activity eventtype actiontype event activitytype op command type method verb message',
    ),
    tells: ['verb'],
    not: [...things, 'email', 'uuid', 'number', 'http-status', 'path'],
  },
  {
    target: 'actor_name',
    names: words(
      'username actorname user actor login account accountname subject principal performedby initiatedby who loginname principalname displayname byuser owner author identity employee member',
    ),
    not: [...things, 'uuid', 'number', 'email', 'json'],
  },
  {
    target: 'actor_id',
    names: words('userid actorid principalid accountid subjectid uid userguid memberid user actor'),
    not: [...things, 'json'],
  },
  {
    target: 'id',
    names: words('eventid id logid recordid auditid eventuuid uuid guid entryid messageid'),
    not: [...things, 'json'],
  },
  { target: 'trace_id', names: words('traceid trace'), needs: ['trace-id'], tells: ['trace-id'] },
  { target: 'span_id', names: words('spanid span'), needs: ['span-id'] },
  {
    target: 'request_id',
    names: words('requestid correlationid reqid transactionid xrequestid'),
    not: [...things, 'json'],
  },
  { target: 'session_id', names: words('sessionid session sid'), not: [...things, 'json'] },
  {
    target: 'http_path',
    names: words('path url uri requesturi requestpath endpoint urlpath request'),
    needs: ['path'],
  },
  {
    target: 'resource_name',
    names: words(
      'resourcename resource targetname target object objectname entity item resourceid targetid objectid entityid document file filename asset repository',
    ),
    not: [...things, 'json'],
  },
  {
    target: 'resource_type',
    names: words('resourcetype targettype objecttype entitytype itemtype resourcekind'),
    not: things,
  },
  {
    target: 'service',
    names: words(
      'service servicename app application appname applicationname product system component source module logger',
    ),
    not: [...things, 'number', 'json', 'email'],
  },
  {
    target: 'reason',
    names: words('justification accessreason businessjustification purpose changereason comment'),
    not: [...things, 'json'],
  },
  {
    target: 'outcome_reason',
    names: words('errormessage error failurereason statusreason resultreason denyreason reason resultdescription'),
    not: [...things, 'json'],
  },
  {
    target: 'outcome_code',
    names: words('errorcode resultcode failurecode errcode returncode'),
    not: [...things, 'json'],
  },
  {
    target: 'actor_tenant',
    names: words('tenant tenantid organization organizationid org orgid company customerid workspace realm domain'),
    not: [...things, 'json'],
  },
  {
    target: 'actor_type',
    names: words('actortype usertype principaltype identitytype'),
    not: [...things, 'number', 'json'],
  },
  { target: 'permission', names: words('permission scope privilege right accesstype'), not: [...things, 'json'] },
  { target: 'policy', names: words('policy policyname policyid rule rulename'), not: [...things, 'json'] },
  {
    target: 'src_host',
    names: words('hostname sourcehost clienthost host srchost device devicename'),
    not: [...things, 'json', 'number'],
  },
  { target: 'src_port', names: words('sourceport srcport clientport port'), needs: ['number'] },
  {
    target: 'src_country',
    names: words('country countrycode geocountry countryname'),
    not: [...things, 'json', 'number'],
  },
  { target: 'src_city', names: words('city geocity cityname'), not: [...things, 'json', 'number'] },
  { target: 'mfa', names: words('mfa mfaused twofactor secondfactor multifactor'), needs: ['boolean'] },
  { target: 'read_only', names: words('readonly isreadonly'), needs: ['boolean'] },
  { target: 'db_name', names: words('database databasename dbname'), not: [...things, 'json', 'number'] },
  { target: 'db_statement', names: words('query statement sql sqltext querytext'), not: things },
  { target: 'bytes_in', names: words('bytesin bytesreceived requestbytes receivedbytes'), needs: ['number'] },
  { target: 'bytes_out', names: words('bytesout bytessent responsebytes sentbytes'), needs: ['number'] },
]
