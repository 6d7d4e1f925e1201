/** Calls of the cloud: those of the services, by name, and the long tail of everything else that an account records. */
import { weighted } from '../base/random.mjs'

/**
 * @typedef {object} CloudCall
 * @property {string} service first label of the event source
 * @property {string} action
 * @property {string} sdk name of the service in spans
 * @property {'object' | 'table' | 'function' | 'secret'} shape
 * @property {string} resource bucket, table, function, secret
 * @property {boolean} write
 * @property {boolean} data
 * @property {boolean} audited data events of some resources are not recorded
 * @property {number} typicalUs
 */

/** @param {string} action @param {string} bucket @param {boolean} [audited] @returns {CloudCall} */
const object = (action, bucket, audited = true) => ({
  service: 's3',
  action,
  sdk: 'S3',
  shape: 'object',
  resource: bucket,
  write: action !== 'GetObject',
  data: true,
  audited,
  typicalUs: 38_000,
})

/** @param {string} action @returns {CloudCall} */
const item = (action) => ({
  service: 'dynamodb',
  action,
  sdk: 'DynamoDB',
  shape: 'table',
  resource: 'sessions',
  write: action !== 'GetItem',
  data: true,
  audited: true,
  typicalUs: 7_000,
})

/** @type {Readonly<Record<string, CloudCall>>} */
export const cloudCalls = {
  getInvoice: object('GetObject', 'shop-invoices'),
  putInvoice: object('PutObject', 'shop-invoices'),
  putExport: object('PutObject', 'shop-exports'),
  productImage: object('GetObject', 'shop-web-assets', false),
  sessionItem: item('GetItem'),
  sessionPut: item('PutItem'),
  renderExport: {
    service: 'lambda',
    action: 'Invoke',
    sdk: 'Lambda',
    shape: 'function',
    resource: 'render-export',
    write: false,
    data: true,
    audited: true,
    typicalUs: 420_000,
  },
  readSecret: {
    service: 'secretsmanager',
    action: 'GetSecretValue',
    sdk: 'Secrets Manager',
    shape: 'secret',
    resource: 'shop/prod/platform',
    write: false,
    data: false,
    audited: true,
    typicalUs: 24_000,
  },
}

/** Event source, action, kind of parameters, whether it writes. Shares as in busy accounts: reads dominate. */
export const otherCalls = weighted(
  /** @type {const} */ ([
    [18, ['kms', 'Decrypt', 'key', false]],
    [9, ['sts', 'AssumeRole', 'role', false]],
    [8, ['ec2', 'DescribeInstances', 'filter', false]],
    [5, ['logs', 'CreateLogStream', 'logGroup', true]],
    [4, ['ec2', 'DescribeNetworkInterfaces', 'filter', false]],
    [4, ['sts', 'GetCallerIdentity', 'none', false]],
    [3, ['iam', 'GetRole', 'roleName', false]],
    [3, ['ec2', 'DescribeVolumes', 'filter', false]],
    [3, ['autoscaling', 'DescribeAutoScalingGroups', 'filter', false]],
    [2, ['ecr', 'BatchGetImage', 'repository', false]],
    [2, ['eks', 'DescribeCluster', 'name', false]],
    [2, ['rds', 'DescribeDBInstances', 'none', false]],
    [2, ['elasticloadbalancing', 'DescribeTargetHealth', 'targetGroup', false]],
    [1.5, ['s3', 'GetBucketAcl', 'bucket', false]],
    [1.5, ['lambda', 'GetFunction20150331v2', 'functionName', false]],
    [1, ['cloudwatch', 'PutMetricAlarm', 'alarmName', true]],
    [1, ['s3', 'ListBuckets', 'none', false]],
    [0.6, ['ec2', 'CreateTags', 'resourceId', true]],
    [0.5, ['ec2', 'RunInstances', 'imageId', true]],
    [0.4, ['ec2', 'TerminateInstances', 'instanceId', true]],
    [0.4, ['iam', 'ListAttachedRolePolicies', 'roleName', false]],
    [0.2, ['iam', 'CreateAccessKey', 'userName', true]],
    [0.2, ['cloudtrail', 'LookupEvents', 'none', false]],
    [0.1, ['ec2', 'AuthorizeSecurityGroupIngress', 'groupId', true]],
  ]),
)
