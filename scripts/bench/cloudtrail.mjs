/**
 * CloudTrail as a busy account writes it, for measuring: shapes and shares of real logs (reads dominate, a few actions
 * make most events, assumed roles, long user agents, request parameters of different sizes), every event different.
 */
import { createWriteStream, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'

/**
 * Mulberry32.
 * @param {number} seed
 * @returns {() => number} numbers from 0 to below 1
 */
function randomOf(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Service, action, share, parameters.
 * @type {readonly (readonly [service: string, name: string, share: number, shape: string])[]}
 */
const actions = [
  ['kms', 'Decrypt', 18, 'key'],
  ['s3', 'GetObject', 16, 'object'],
  ['sts', 'AssumeRole', 11, 'role'],
  ['ec2', 'DescribeInstances', 8, 'filter'],
  ['s3', 'PutObject', 7, 'object'],
  ['logs', 'CreateLogStream', 5, 'log'],
  ['dynamodb', 'GetItem', 5, 'table'],
  ['ec2', 'DescribeNetworkInterfaces', 4, 'filter'],
  ['s3', 'ListObjects', 4, 'bucket'],
  ['secretsmanager', 'GetSecretValue', 3, 'secret'],
  ['iam', 'GetRole', 3, 'rolename'],
  ['ecr', 'BatchGetImage', 2, 'image'],
  ['eks', 'DescribeCluster', 2, 'cluster'],
  ['lambda', 'GetFunction20150331v2', 2, 'function'],
  ['cloudwatch', 'PutMetricAlarm', 1, 'alarm'],
  ['ec2', 'RunInstances', 1, 'instance'],
  ['s3', 'DeleteObject', 1, 'object'],
  ['sts', 'GetCallerIdentity', 4, 'none'],
  ['rds', 'DescribeDBInstances', 2, 'none'],
  ['iam', 'PutRolePolicy', 0.3, 'policy'],
]
const agents = [
  'aws-sdk-java/2.25.11 Linux/5.10.210-201.852.amzn2.x86_64 OpenJDK_64-Bit_Server_VM/17.0.10+7-LTS Java/17.0.10 vendor/Amazon.com_Inc. io/sync http/Apache cfg/retry-mode/legacy',
  'Boto3/1.34.51 md/Botocore#1.34.51 ua/2.0 os/linux#6.1.79-99.167.amzn2023.x86_64 md/arch#x86_64 lang/python#3.11.8 md/pyimpl#CPython cfg/retry-mode#legacy Botocore/1.34.51',
  'APN/1.0 HashiCorp/1.0 Terraform/1.7.4 (+https://www.terraform.io) terraform-provider-aws/5.39.1 aws-sdk-go-v2/1.25.2 os/linux lang/go#1.21.7 md/GOOS#linux md/GOARCH#amd64',
  'aws-cli/2.15.22 Python/3.11.6 Linux/6.5.0 exe/x86_64.ubuntu.22 prompt/off command/s3.cp',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/122.0.0.0 Safari/537.36',
]

/**
 * Records as JSON text, in the order of their times give or take a minute.
 * @param {number} count
 * @param {number} seed
 */
function* cloudtrailEvents(count, seed) {
  const random = randomOf(seed)
  /** @param {number} digits */
  const hex = (digits) => Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join('')
  /** @param {number} digits */
  const upper = (digits) => hex(digits).toUpperCase()
  /** @type {number[]} */
  const weights = []
  let sum = 0
  for (const [, , share] of actions) {
    sum += share
    weights.push(sum)
  }
  /**
   * A few make most of the work: Zipf-like.
   * @param {number} size
   */
  const pick = (size) => Math.min(size - 1, Math.floor(size * random() ** 2.5))
  const start = Date.UTC(2026, 0, 12, 6)
  for (let index = 0; index < count; index++) {
    const dice = random() * sum
    const action = actions[weights.findIndex((weight) => dice < weight)]
    if (action === undefined) throw new Error('The shares of the actions do not add up.')
    const [service, name, , shape] = action
    const role = pick(60)
    const at = new Date(start + (index / count) * 86_400_000 + random() * 60_000).toISOString().replace(/\.\d+Z/, 'Z')
    const ip = random() < 0.7 ? `10.${role % 8}.${pick(200)}.${pick(250)}` : `198.51.100.${pick(250)}`
    const session = `i-${(role * 7919 + pick(40)).toString(16).padStart(17, '0')}`
    const failed = random()
    const bucket = `app-data-${pick(40)}`
    const parameters = parametersOf(shape, bucket, hex, pick)
    const event = {
      eventVersion: '1.09',
      userIdentity:
        role < 3
          ? {
              type: 'IAMUser',
              principalId: `AIDA${upper(17)}`.slice(0, 21),
              arn: `arn:aws:iam::111122223333:user/operator-${role}`,
              accountId: '111122223333',
              accessKeyId: `AKIAEXAMPLE${String(role).padStart(9, '0')}`,
              userName: `operator-${role}`,
            }
          : {
              type: 'AssumedRole',
              principalId: `AROAEXAMPLE${String(role).padStart(10, '0')}:${session}`,
              arn: `arn:aws:sts::111122223333:assumed-role/service-${role}/${session}`,
              accountId: '111122223333',
              accessKeyId: `ASIAEXAMPLE${String(role * 31 + pick(20)).padStart(9, '0')}`,
              sessionContext: {
                sessionIssuer: {
                  type: 'Role',
                  principalId: `AROAEXAMPLE${String(role).padStart(10, '0')}`,
                  arn: `arn:aws:iam::111122223333:role/service-${role}`,
                  accountId: '111122223333',
                  userName: `service-${role}`,
                },
                attributes: { creationDate: at.replace(/\d\d:\d\dZ$/, '00:00Z'), mfaAuthenticated: 'false' },
                ec2RoleDelivery: '2.0',
              },
            },
      eventTime: at,
      eventSource: `${service}.amazonaws.com`,
      eventName: name,
      awsRegion: random() < 0.8 ? 'eu-central-1' : 'us-east-1',
      sourceIPAddress: ip,
      userAgent: agents[role % agents.length],
      ...(failed < 0.02
        ? {
            errorCode: 'AccessDenied',
            errorMessage: `User: arn:aws:sts::111122223333:assumed-role/service-${role}/${session} is not authorized to perform: ${service}:${name} because no identity-based policy allows the ${service}:${name} action`,
          }
        : failed < 0.035
          ? { errorCode: 'ThrottlingException', errorMessage: 'Rate exceeded' }
          : {}),
      requestParameters: parameters,
      responseElements: null,
      additionalEventData: {
        SignatureVersion: 'SigV4',
        CipherSuite: 'TLS_AES_128_GCM_SHA256',
        bytesTransferredIn: 0,
        AuthenticationMethod: 'AuthHeader',
        'x-amz-id-2': hex(76),
        bytesTransferredOut: Math.floor(random() * 100_000),
      },
      requestID: `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
      eventID: `${hex(8)}-${hex(4)}-4${hex(3)}-9${hex(3)}-${hex(12)}`,
      readOnly: !/^(Put|Create|Delete|Run)/.test(name),
      resources:
        service === 's3' && parameters !== null
          ? [
              { type: 'AWS::S3::Object', ARN: `arn:aws:s3:::${bucket}/${'key' in parameters ? parameters.key : ''}` },
              { accountId: '111122223333', type: 'AWS::S3::Bucket', ARN: `arn:aws:s3:::${bucket}` },
            ]
          : undefined,
      eventType: 'AwsApiCall',
      managementEvent: service !== 's3',
      recipientAccountId: '111122223333',
      eventCategory: service === 's3' ? 'Data' : 'Management',
      tlsDetails: {
        tlsVersion: 'TLSv1.3',
        cipherSuite: 'TLS_AES_128_GCM_SHA256',
        clientProvidedHostHeader: `${service}.eu-central-1.amazonaws.com`,
      },
    }
    yield JSON.stringify(event)
  }
}

/**
 * @param {string} shape
 * @param {string} bucket
 * @param {(digits: number) => string} hex
 * @param {(size: number) => number} pick
 */
function parametersOf(shape, bucket, hex, pick) {
  switch (shape) {
    case 'object':
      return {
        bucketName: bucket,
        Host: `${bucket}.s3.eu-central-1.amazonaws.com`,
        key: `tenant=${pick(500)}/year=2026/month=01/part-${hex(12)}.parquet`,
      }
    case 'bucket':
      return {
        bucketName: bucket,
        Host: 's3.eu-central-1.amazonaws.com',
        'list-type': '2',
        prefix: `tenant=${pick(500)}/`,
        'max-keys': '1000',
      }
    case 'key':
      return {
        encryptionContext: { 'aws:s3:arn': `arn:aws:s3:::app-data-${pick(40)}` },
        encryptionAlgorithm: 'SYMMETRIC_DEFAULT',
        keyId: `arn:aws:kms:eu-central-1:111122223333:key/${hex(8)}-0000`,
      }
    case 'role':
      return {
        roleArn: `arn:aws:iam::111122223333:role/service-${pick(60)}`,
        roleSessionName: `i-${hex(17)}`,
        durationSeconds: 3600,
      }
    case 'filter':
      return {
        filterSet: {
          items: [
            { name: 'tag:Name', valueSet: { items: [{ value: `node-${pick(300)}` }] } },
            { name: 'instance-state-name', valueSet: { items: [{ value: 'running' }] } },
          ],
        },
        maxResults: 200,
      }
    case 'none':
      return null
    default:
      return {
        [`${shape}Name`]: `${shape}-${pick(200)}`,
        [`${shape}Arn`]: `arn:aws:service:eu-central-1:111122223333:${shape}/${shape}-${pick(200)}`,
        tags: [
          { key: 'team', value: `team-${pick(12)}` },
          { key: 'rev', value: hex(7) },
        ],
      }
  }
}

/**
 * Writes `count` events as `{"Records":[…]}` files of `perFile` events, gz, as the service delivers them.
 * @param {string} folder
 * @param {number} count
 * @param {{ seed?: number, perFile?: number }} options
 * @returns {Promise<{ files: string[], jsonBytes: number }>}
 */
export async function writeCloudtrail(folder, count, { seed = 1, perFile = 5_000 } = {}) {
  mkdirSync(folder, { recursive: true })
  const events = cloudtrailEvents(count, seed)
  /** @type {string[]} */
  const files = []
  let jsonBytes = 0
  for (let fileNo = 0; fileNo * perFile < count; fileNo++) {
    const path = join(
      folder,
      `111122223333_CloudTrail_eu-central-1_20260112T${String(fileNo).padStart(6, '0')}Z.json.gz`,
    )
    const size = Math.min(perFile, count - fileNo * perFile)
    async function* text() {
      let pending = '{"Records":['
      for (let index = 0; index < size; index++) {
        pending += (index === 0 ? '' : ',') + events.next().value
        if (pending.length < 1 << 18) continue
        jsonBytes += Buffer.byteLength(pending)
        yield pending
        pending = ''
      }
      pending += ']}'
      jsonBytes += Buffer.byteLength(pending)
      yield pending
    }
    await pipeline(Readable.from(text()), createGzip({ level: 6 }), createWriteStream(path))
    files.push(path)
  }
  return { files, jsonBytes }
}
