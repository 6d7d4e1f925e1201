/** The build pipeline: the CI user takes the deploy role, pushes artifacts, rolls out. From one address, with one tool. */
import { assumedRole, exampleId, iamUser, issuedCredentials, recordCall, roleResource } from '../formats/cloudTrail.mjs'
import { allowedBy, mappedUser, recordRequest } from '../formats/kubernetes.mjs'
import { clock, secondUs } from '../time.mjs'
import { account, addresses, buckets, ciKey, ciUser, deployRole, roleArn, userAgents } from '../world.mjs'

/** @typedef {import('../scene.mjs').Scene} Scene @typedef {import('../random.mjs').Random} Random */

const runs = [
  ['07:18:05', 'pipeline-5121', 'web-frontend'],
  ['08:05:40', 'pipeline-5122', 'orders-api'],
  ['08:57:12', 'pipeline-5123', 'orders-api'],
  ['09:02:31', 'pipeline-5124', 'support-portal'],
  ['09:41:58', 'pipeline-5125', 'batch-runner'],
  ['11:03:17', 'pipeline-5126', 'web-frontend'],
  ['12:12:44', 'pipeline-5128', 'orders-api'],
]

/** The same session in the cluster. @param {string} session @param {string} key */
export const deployUser = (session, key) =>
  mappedUser(deployRole, ['shop:deployers'], {
    arn: `arn:aws:sts::${account}:assumed-role/${deployRole}/${session}`,
    canonicalArn: roleArn(deployRole),
    session,
    key,
  })

/** @param {Scene} scene */
export function addPipelines(scene) {
  const random = scene.random('pipelines')
  for (const [index, [at = '', session = '', app = '']] of runs.entries()) {
    addRun(scene, random, { atUs: clock(at), session, app, key: exampleId('ASIA', `PIPE${'ABCDEFGH'.charAt(index)}`) })
  }
}

/** @param {Scene} scene @param {Random} random @param {{ atUs: number, session: string, app: string, key: string }} run */
function addRun(scene, random, { atUs, session, app, key }) {
  const user = iamUser(ciUser, ciKey)
  const from = addresses.ciRunner
  const userAgent = userAgents.ci
  let timeUs = atUs
  const later = () => {
    timeUs += random.int(1, 5) * secondUs
    return timeUs
  }
  recordCall(scene, random, { timeUs, identity: user, service: 'sts', action: 'GetCallerIdentity', from, userAgent })
  const takenUs = later()
  recordCall(scene, random, {
    timeUs: takenUs,
    identity: user,
    service: 'sts',
    action: 'AssumeRole',
    from,
    userAgent,
    parameters: { roleArn: roleArn(deployRole), roleSessionName: session, durationSeconds: 3600 },
    response: issuedCredentials(deployRole, session, key, takenUs),
    resources: roleResource(deployRole),
  })
  const call = { identity: assumedRole(deployRole, session, { key, sinceUs: takenUs }), from, userAgent }
  recordCall(scene, random, { ...call, timeUs: later(), service: 'ecr', action: 'GetAuthorizationToken' })
  const repository = { repositoryName: `shop/${app}`, registryId: account }
  for (let layer = 0; layer < 4; layer++) {
    recordCall(scene, random, {
      ...call,
      timeUs: later(),
      service: 'ecr',
      action: 'BatchCheckLayerAvailability',
      parameters: repository,
    })
  }
  recordCall(scene, random, {
    ...call,
    timeUs: later(),
    service: 'ecr',
    action: 'InitiateLayerUpload',
    parameters: repository,
    write: true,
  })
  recordCall(scene, random, {
    ...call,
    timeUs: later(),
    service: 'ecr',
    action: 'CompleteLayerUpload',
    parameters: repository,
    write: true,
  })
  recordCall(scene, random, {
    ...call,
    timeUs: later(),
    service: 'ecr',
    action: 'PutImage',
    parameters: { ...repository, imageTag: session },
    write: true,
  })
  for (const part of ['manifest.json', 'sbom.json']) {
    const objectKey = `${app}/${session}/${part}`
    recordCall(scene, random, {
      ...call,
      timeUs: later(),
      service: 's3',
      action: 'PutObject',
      data: true,
      write: true,
      parameters: { bucketName: buckets.artifacts, key: objectKey },
      resources: [
        { arn: `arn:aws:s3:::${buckets.artifacts}/${objectKey}`, type: 'AWS::S3::Object' },
        { arn: `arn:aws:s3:::${buckets.artifacts}`, type: 'AWS::S3::Bucket' },
      ],
    })
  }
  const stack = { stackName: `shop-${app}` }
  for (let poll = 0; poll < 5; poll++) {
    const throttled = random.chance(0.2)
    const error = throttled ? { errorCode: 'Throttling', errorMessage: 'Rate exceeded' } : {}
    recordCall(scene, random, {
      ...call,
      timeUs: later(),
      service: 'cloudformation',
      action: 'DescribeStacks',
      parameters: stack,
      ...error,
    })
  }
  recordCall(scene, random, {
    ...call,
    timeUs: later(),
    service: 'eks',
    action: 'DescribeCluster',
    parameters: { name: 'shop-prod' },
  })
  addRollout(scene, random, { atUs: later(), app, user: deployUser(session, key) })
}

/** @param {Scene} scene @param {Random} random @param {{ atUs: number, app: string, user: Record<string, unknown> }} rollout */
function addRollout(scene, random, { atUs, app, user }) {
  const shared = {
    user,
    from: addresses.ciRunner,
    userAgent: userAgents.helm,
    namespace: 'shop',
    allowedBy: allowedBy('RoleBinding', 'deployers', 'deployer', 'Group "shop:deployers"'),
  }
  const deployment = { group: 'apps', resource: 'deployments', name: app }
  recordRequest(scene, random, { ...shared, ...deployment, timeUs: atUs, verb: 'get' })
  recordRequest(scene, random, {
    ...shared,
    ...deployment,
    timeUs: atUs + 1_400_000,
    verb: 'patch',
    query: 'fieldManager=helm',
    body: {
      metadata: { annotations: { 'kubernetes.io/change-cause': `helm upgrade ${app}, release by ci-deployer` } },
    },
  })
  for (let poll = 1; poll <= 6; poll++) {
    recordRequest(scene, random, {
      ...shared,
      ...deployment,
      timeUs: atUs + poll * 5_000_000 + random.int(0, 900_000),
      verb: 'get',
    })
  }
  recordRequest(scene, random, {
    ...shared,
    timeUs: atUs + 33_000_000,
    resource: 'pods',
    verb: 'list',
    query: `labelSelector=app%3D${app}`,
  })
}
