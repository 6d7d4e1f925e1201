import { at, get, type JsonObject, list, text, textAt } from '../../../common/json'
import type { AccessEventRow } from '../../db/rows'
import { arnName, isArn, parseArn } from '../shared/arn'
import { parameters } from './parameters'

type ResourceColumns = Pick<
  AccessEventRow,
  'resource_key' | 'resource_type' | 'resource_name' | 'resource_tenant' | 'resource_region' | 'resources'
>

interface Target {
  readonly key: string
  readonly type?: string | undefined
  readonly name?: string | undefined
  readonly account?: string | undefined
  readonly region?: string | undefined
}

/** Request parameters that name the target, best first: parameter, short type for the key, type as AWS writes it. */
const targets: readonly (readonly [string, string, string])[] = [
  ['bucketName', 'bucket', 'AWS::S3::Bucket'],
  ['key', 'object', 'AWS::S3::Object'],
  ['roleArn', 'role', 'AWS::IAM::Role'],
  ['roleName', 'role', 'AWS::IAM::Role'],
  ['userName', 'user', 'AWS::IAM::User'],
  ['policyArn', 'policy', 'AWS::IAM::Policy'],
  ['functionName', 'function', 'AWS::Lambda::Function'],
  ['instanceId', 'instance', 'AWS::EC2::Instance'],
  ['secretId', 'secret', 'AWS::SecretsManager::Secret'],
  ['keyId', 'key', 'AWS::KMS::Key'],
  ['tableName', 'table', 'AWS::DynamoDB::Table'],
  ['trailName', 'trail', 'AWS::CloudTrail::Trail'],
  ['groupName', 'group', 'group'],
]

/** Looked at only where none of the above is there; the type is the parameter's own word. */
const lesserTargets: readonly (readonly [string, string])[] = [
  ['resourceArn', 'resource'],
  ['resourceARN', 'resource'],
  ['dBInstanceIdentifier', 'db-instance'],
  ['dBSnapshotIdentifier', 'db-snapshot'],
  ['clusterName', 'cluster'],
  ['groupId', 'security-group'],
  ['snapshotId', 'snapshot'],
  ['volumeId', 'volume'],
  ['vpcId', 'vpc'],
  ['subnetId', 'subnet'],
  ['routeTableId', 'route-table'],
  ['policyName', 'policy'],
  ['instanceProfileName', 'instance-profile'],
  ['stackName', 'stack'],
  ['topicArn', 'topic'],
  ['queueUrl', 'queue'],
  ['logGroupName', 'log-group'],
  ['name', 'name'],
  ['resourceId', 'resource'],
]

/** The main target, and all of them. */
export function resourceColumns(record: JsonObject): ResourceColumns {
  const stated = statedTargets(record)
  const found = stated.length > 0 ? stated : parameterTargets(record)
  const main = found[0]
  const recipient = text(get(record, 'recipientAccountId'))
  if (main === undefined) return { resource_tenant: recipient, resource_region: text(get(record, 'awsRegion')) }
  return {
    resource_key: main.key,
    resource_type: main.type,
    resource_name: main.name,
    resource_tenant: main.account ?? recipient,
    resource_region: main.region ?? text(get(record, 'awsRegion')),
    resources: distinct(found),
  }
}

function statedTargets(record: JsonObject): Target[] {
  return list(get(record, 'resources')).flatMap((item): Target[] => {
    const type = textAt(item, 'type') ?? textAt(item, 'resourceType')
    const account = textAt(item, 'accountId')
    const arn = textAt(item, 'ARN') ?? textAt(item, 'arn') ?? textAt(item, 'ARNPrefix')
    if (arn !== undefined) return [ofArn(arn, type, account)]
    const name = textAt(item, 'resourceName')
    if (name === undefined) return []
    return [isArn(name) ? ofArn(name, type, account) : ofName(record, shortType(type), type, name)]
  })
}

function parameterTargets(record: JsonObject): Target[] {
  const params = parameters(record)
  const found: Target[] = []
  for (const [parameter, short, type] of namedIn(params, targets)) {
    const value = textAt(params, parameter)
    if (value !== undefined) found.push(isArn(value) ? ofArn(value, type) : ofName(record, short, type, value))
  }
  const instances = list(at(params, 'instancesSet', 'items'))
  for (const item of instances.slice(0, MAX_TARGETS)) {
    const id = textAt(item, 'instanceId')
    if (id !== undefined) found.push(ofName(record, 'instance', 'AWS::EC2::Instance', id))
  }
  if (found.length > 0) return found
  for (const [parameter, short] of namedIn(params, lesserTargets)) {
    const value = textAt(params, parameter)
    if (value !== undefined) return [isArn(value) ? ofArn(value) : ofName(record, short, short, value)]
  }
  return []
}

/** Those of the list that the parameters have, in its order: most have few parameters and none of the list. */
function namedIn<T extends readonly [string, ...unknown[]]>(
  params: JsonObject | undefined,
  wanted: readonly T[],
): readonly T[] {
  if (params === undefined) return []
  let names = namesOf.get(wanted)
  if (names === undefined) {
    names = new Set(wanted.map(([name]) => name))
    namesOf.set(wanted, names)
  }
  for (const name in params) if (names.has(name)) return wanted
  return []
}

const namesOf = new Map<unknown, ReadonlySet<string>>()

const MAX_TARGETS = 1_000

function ofArn(arn: string, type?: string, account?: string): Target {
  const parsed = parseArn(arn)
  return {
    key: arn,
    type: type ?? (parsed === undefined ? undefined : typeOf(parsed.service, parsed.resource)),
    name: arnName(arn) ?? arn,
    account: account ?? (parsed?.account === '' ? undefined : parsed?.account),
    region: parsed?.region === '' ? undefined : parsed?.region,
  }
}

function typeOf(service: string, resource: string): string {
  const word = /^([A-Za-z][A-Za-z0-9_-]*)[:/]/.exec(resource)?.[1]
  return service === 's3' || word === undefined ? service : `${service}:${word}`
}

function ofName(record: JsonObject, short: string, type: string | undefined, name: string): Target {
  const account = text(get(record, 'recipientAccountId')) ?? textAt(record, 'userIdentity', 'accountId')
  const service = text(get(record, 'eventSource'))?.split('.', 1)[0]
  const region = text(get(record, 'awsRegion'))
  return { key: `aws:${account ?? '-'}:${region ?? '-'}:${service ?? '-'}:${short}/${name}`, type, name }
}

function shortType(type: string | undefined): string {
  return type === undefined ? 'resource' : type.slice(type.lastIndexOf(':') + 1).toLowerCase()
}

function distinct(found: readonly Target[]): { key: string; type?: string }[] {
  const byKey = new Map(found.map((item) => [item.key, item]))
  return [...byKey.values()].map((item) => ({
    key: item.key,
    ...(item.type === undefined ? {} : { type: item.type }),
  }))
}
