/** The leaked key tries what it may, takes the deploy role, is refused, changes the role's own policy and reads secrets. */
import { awsService, issuedCredentials, notAuthorized, recordCall, roleResource } from '../formats/cloudTrail.mjs'
import { clock, secondUs } from '../time.mjs'
import { account, addresses, buckets, dataKey, deployRole, region, roleArn, secrets, userAgents } from '../world.mjs'
import { deploySession, leakedUser, session, sessionKey, takenUs } from './keys.mjs'

/** @typedef {import('../scene.mjs').Scene} Scene */

const from = addresses.intruder
const userAgent = userAgents.intruder
const iam = `arn:aws:iam::${account}`

/** @param {Scene} scene */
export function addCloudIncident(scene) {
  addFirstUse(scene)
  addRoleTaken(scene)
  addRefusals(scene)
  addPolicyChange(scene)
  addSecretsRead(scene)
}

/** Key used from a new address with a new tool: who am I, and what may I. @param {Scene} scene */
function addFirstUse(scene) {
  const random = scene.random('leaked key')
  const call = { identity: leakedUser, from, userAgent }
  recordCall(scene, random, { ...call, timeUs: clock('10:14:07'), service: 'sts', action: 'GetCallerIdentity' })
  const tries = /** @type {const} */ ([
    ['s3', 'ListBuckets', 's3:ListAllMyBuckets', '*'],
    ['iam', 'ListUsers', 'iam:ListUsers', `${iam}:user/`],
    ['iam', 'ListAttachedUserPolicies', 'iam:ListAttachedUserPolicies', `${iam}:user/ci-deployer`],
    ['iam', 'ListRoles', 'iam:ListRoles', `${iam}:role/`],
    ['secretsmanager', 'ListSecrets', 'secretsmanager:ListSecrets', '*'],
    ['ec2', 'DescribeInstances', 'ec2:DescribeInstances', '*'],
    ['eks', 'ListClusters', 'eks:ListClusters', `arn:aws:eks:${region}:${account}:cluster/*`],
    ['rds', 'DescribeDBInstances', 'rds:DescribeDBInstances', `arn:aws:rds:${region}:${account}:db:*`],
    ['lambda', 'ListFunctions20150331', 'lambda:ListFunctions', '*'],
    ['dynamodb', 'ListTables', 'dynamodb:ListTables', `arn:aws:dynamodb:${region}:${account}:table/*`],
    ['ssm', 'DescribeParameters', 'ssm:DescribeParameters', `arn:aws:ssm:${region}:${account}:*`],
  ])
  let timeUs = clock('10:14:19')
  for (const [service, action, permission, resource] of tries) {
    recordCall(scene, random, {
      ...call,
      timeUs,
      service,
      action,
      errorCode: service === 'ec2' ? 'Client.UnauthorizedOperation' : 'AccessDenied',
      errorMessage: notAuthorized(leakedUser, permission, resource),
    })
    timeUs += random.int(2, 9) * secondUs
  }
}

/** Guesses two roles, then takes the one that the pipelines take. @param {Scene} scene */
function addRoleTaken(scene) {
  const random = scene.random('role taken')
  const call = { identity: leakedUser, from, userAgent, service: 'sts', action: 'AssumeRole' }
  for (const [at, role] of [
    ['10:19:40', 'admin'],
    ['10:20:26', 'shop-admin'],
  ]) {
    const message = notAuthorized(leakedUser, 'sts:AssumeRole', roleArn(role ?? ''))
    recordCall(scene, random, { ...call, timeUs: clock(at ?? ''), errorCode: 'AccessDenied', errorMessage: message })
  }
  recordCall(scene, random, {
    ...call,
    timeUs: takenUs,
    parameters: { roleArn: roleArn(deployRole), roleSessionName: session, durationSeconds: 3600 },
    response: issuedCredentials(deployRole, session, sessionKey, takenUs),
    resources: roleResource(deployRole),
  })
}

/** @param {Scene} scene */
function addRefusals(scene) {
  const random = scene.random('deploy role refused')
  const call = { identity: deploySession, from, userAgent }
  recordCall(scene, random, { ...call, timeUs: clock('10:21:20'), service: 'sts', action: 'GetCallerIdentity' })
  recordCall(scene, random, {
    ...call,
    timeUs: clock('10:21:41'),
    service: 'eks',
    action: 'DescribeCluster',
    parameters: { name: 'shop-prod' },
  })
  recordCall(scene, random, {
    ...call,
    timeUs: clock('10:22:03'),
    service: 'iam',
    action: 'ListRolePolicies',
    parameters: { roleName: deployRole },
  })
  recordCall(scene, random, {
    ...call,
    timeUs: clock('10:22:15'),
    service: 'iam',
    action: 'GetRolePolicy',
    parameters: { roleName: deployRole, policyName: 'deploy' },
  })
  let timeUs = clock('10:22:48')
  for (const secretId of Object.values(secrets)) {
    recordCall(scene, random, {
      ...call,
      timeUs,
      service: 'secretsmanager',
      action: 'GetSecretValue',
      parameters: { secretId },
      errorCode: 'AccessDeniedException',
      errorMessage: notAuthorized(deploySession, 'secretsmanager:GetSecretValue', secretId),
    })
    timeUs += random.int(4, 11) * secondUs
  }
  recordCall(scene, random, {
    ...call,
    timeUs,
    service: 'kms',
    action: 'Decrypt',
    parameters: { encryptionAlgorithm: 'SYMMETRIC_DEFAULT' },
    resources: [{ arn: dataKey, type: 'AWS::KMS::Key' }],
    errorCode: 'AccessDeniedException',
    errorMessage: notAuthorized(deploySession, 'kms:Decrypt', dataKey, 'because no resource-based policy allows'),
  })
  for (const key of ['2026/03/customers.csv.gz', '2026/02/customers.csv.gz']) {
    timeUs += random.int(6, 14) * secondUs
    const arn = `arn:aws:s3:::${buckets.exports}/${key}`
    recordCall(scene, random, {
      ...call,
      timeUs,
      service: 's3',
      action: 'GetObject',
      data: true,
      parameters: { bucketName: buckets.exports, key },
      resources: [
        { arn, type: 'AWS::S3::Object' },
        { arn: `arn:aws:s3:::${buckets.exports}`, type: 'AWS::S3::Bucket' },
      ],
      errorCode: 'AccessDenied',
      errorMessage: notAuthorized(
        deploySession,
        's3:GetObject',
        arn,
        'with an explicit deny in a resource-based policy',
      ),
    })
  }
  recordCall(scene, random, {
    ...call,
    timeUs: clock('10:25:30'),
    service: 'cloudtrail',
    action: 'StopLogging',
    write: true,
    parameters: { name: 'organisation-trail' },
    errorCode: 'AccessDeniedException',
    errorMessage: notAuthorized(
      deploySession,
      'cloudtrail:StopLogging',
      `arn:aws:cloudtrail:${region}:${account}:trail/organisation-trail`,
      `with an explicit deny in a service control policy: arn:aws:organizations::${account}:policy/o-a1b2c3d4e5/service_control_policy/p-0f1e2d3c`,
    ),
  })
}

/** The pivot: the role may write policies, also its own. @param {Scene} scene */
function addPolicyChange(scene) {
  const random = scene.random('policy change')
  const call = { identity: deploySession, from, userAgent, service: 'iam', write: true }
  const policyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['secretsmanager:GetSecretValue', 'secretsmanager:ListSecrets', 'kms:Decrypt'],
        Resource: '*',
      },
    ],
  })
  recordCall(scene, random, {
    ...call,
    timeUs: clock('10:34:41'),
    action: 'PutRolePolicy',
    parameters: { roleName: deployRole, policyName: 'deploy-diagnostics', policyDocument },
  })
  recordCall(scene, random, {
    ...call,
    timeUs: clock('10:35:02'),
    action: 'AttachRolePolicy',
    parameters: { roleName: deployRole, policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
  })
}

/** @param {Scene} scene */
function addSecretsRead(scene) {
  const random = scene.random('secrets read')
  const call = { identity: deploySession, from, userAgent }
  recordCall(scene, random, {
    ...call,
    timeUs: clock('10:37:50'),
    service: 'secretsmanager',
    action: 'ListSecrets',
    parameters: { maxResults: 100 },
  })
  for (const [at, secretId] of [
    ['10:38:12', secrets.database],
    ['10:38:27', secrets.portal],
    ['10:38:44', secrets.payment],
  ]) {
    const timeUs = clock(at ?? '')
    recordCall(scene, random, {
      ...call,
      timeUs,
      service: 'secretsmanager',
      action: 'GetSecretValue',
      parameters: { secretId: secretId ?? '' },
    })
    recordCall(scene, random, {
      identity: { ...deploySession, ...awsService('secretsmanager.amazonaws.com'), type: 'AssumedRole' },
      timeUs,
      service: 'kms',
      action: 'Decrypt',
      from: 'secretsmanager.amazonaws.com',
      userAgent: 'secretsmanager.amazonaws.com',
      parameters: { encryptionAlgorithm: 'SYMMETRIC_DEFAULT', encryptionContext: { SecretARN: secretId ?? '' } },
      resources: [{ arn: dataKey, type: 'AWS::KMS::Key' }],
    })
  }
  for (const [at, service, action] of /** @type {const} */ ([
    ['10:39:05', 's3', 'ListBuckets'],
    ['10:39:31', 'rds', 'DescribeDBInstances'],
    ['10:39:58', 'iam', 'ListRoles'],
    ['10:40:20', 'ec2', 'DescribeInstances'],
  ])) {
    recordCall(scene, random, { ...call, timeUs: clock(at), service, action, parameters: {} })
  }
}
