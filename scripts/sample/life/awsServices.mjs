/** What an AWS account does by itself: services, controllers of the cluster, nodes, monitoring. */
import {
  assumedRole,
  awsService,
  exampleId,
  issuedCredentials,
  monitoringIdentity,
  recordCall,
  roleResource,
} from '../formats/cloudTrail.mjs'
import { endUs, hourUs, minuteUs, moments, secondUs, startUs } from '../time.mjs'
import { account, addresses, buckets, nodes, region, userAgents } from '../world.mjs'

/** @typedef {import('../scene.mjs').Scene} Scene */

/** @param {Scene} scene */
export function addAwsServices(scene) {
  addAutoscaler(scene)
  addLoadBalancers(scene)
  addNodes(scene)
  addConfigRecorder(scene)
  addMonitoring(scene)
  addServiceRoles(scene)
}

/** @param {string} role @param {number} timeUs identity of a pod that gets its role by a token of the cluster */
export function podIdentity(role, timeUs) {
  const sinceUs = startUs - 20 * minuteUs + Math.floor((timeUs - startUs) / hourUs) * hourUs
  const key = exampleId('ASIA', `${role}${'ABCDEFGH'.charAt(Math.floor((timeUs - startUs) / hourUs))}`)
  const federatedProvider = `arn:aws:iam::${account}:oidc-provider/oidc.eks.${region}.amazonaws.com/id/5A3PLE0C1D2E3F4A5B6C7D8E9F0A1B2C`
  return assumedRole(role, role, { key, sinceUs, federatedProvider })
}

/** @param {Scene} scene */
function addAutoscaler(scene) {
  const random = scene.random('autoscaler calls')
  for (const timeUs of moments(random, { everyUs: 100 * secondUs })) {
    const call = {
      timeUs,
      identity: podIdentity('cluster-autoscaler', timeUs),
      service: 'autoscaling',
      from: addresses.nat,
      userAgent: userAgents.sdkGo,
    }
    const parameters = { autoScalingGroupNames: ['shop-workers-a', 'shop-workers-b'] }
    if (random.chance(0.03)) {
      recordCall(scene, random, {
        ...call,
        action: 'DescribeAutoScalingGroups',
        errorCode: 'ThrottlingException',
        errorMessage: 'Rate exceeded',
      })
      recordCall(scene, random, {
        ...call,
        timeUs: timeUs + 2 * secondUs,
        action: 'DescribeAutoScalingGroups',
        parameters,
      })
    } else recordCall(scene, random, { ...call, action: 'DescribeAutoScalingGroups', parameters })
    if (random.chance(0.2)) {
      recordCall(scene, random, {
        ...call,
        timeUs: timeUs + secondUs,
        action: 'DescribeScalingActivities',
        parameters: { autoScalingGroupName: 'shop-workers-a' },
      })
    }
  }
}

/** @param {Scene} scene */
function addLoadBalancers(scene) {
  const random = scene.random('load balancer calls')
  const actions = /** @type {const} */ ([
    [4, 'DescribeTargetHealth'],
    [3, 'DescribeLoadBalancers'],
    [2, 'DescribeTargetGroups'],
    [1, 'DescribeListeners'],
    [1, 'DescribeRules'],
  ])
  for (const timeUs of moments(random, { everyUs: 150 * secondUs })) {
    const identity = podIdentity('load-balancer-controller', timeUs)
    recordCall(scene, random, {
      timeUs,
      identity,
      service: 'elasticloadbalancing',
      action: random.weighted(actions),
      from: addresses.nat,
      userAgent: userAgents.loadBalancer,
      parameters: { pageSize: 100 },
    })
    if (random.chance(0.25)) {
      recordCall(scene, random, {
        timeUs: timeUs + secondUs,
        identity,
        service: 'ec2',
        action: random.pick(['DescribeSecurityGroups', 'DescribeSubnets', 'DescribeAvailabilityZones']),
        from: addresses.nat,
        userAgent: userAgents.loadBalancer,
        parameters: {},
      })
    }
  }
}

/** @param {Scene} scene */
function addNodes(scene) {
  const random = scene.random('node calls')
  for (const node of nodes) {
    for (const timeUs of moments(random, { everyUs: 6 * minuteUs })) {
      const sinceUs = startUs - 3 * hourUs
      const identity = assumedRole('shop-node', node.instance, {
        key: exampleId('ASIA', `node${'ABC'.charAt(nodes.indexOf(node))}`),
        sinceUs,
      })
      const [service, action, parameters] = random.weighted(
        /** @type {const} */ ([
          [5, ['ec2', 'DescribeInstances', { instancesSet: { items: [{ instanceId: node.instance }] } }]],
          [3, ['ecr', 'GetAuthorizationToken', null]],
          [3, ['ecr', 'BatchGetImage', { repositoryName: 'shop/orders-api', registryId: account }]],
          [2, ['ecr', 'GetDownloadUrlForLayer', { repositoryName: 'shop/web-frontend', registryId: account }]],
          [2, ['ec2', 'DescribeNetworkInterfaces', {}]],
          [1, ['ssm', 'UpdateInstanceInformation', { instanceId: node.instance }]],
        ]),
      )
      recordCall(scene, random, {
        timeUs,
        identity,
        service,
        action,
        parameters,
        from: node.address,
        userAgent: 'aws-sdk-go/1.50.36 (go1.21.8; linux; amd64)',
        write: action.startsWith('Update'),
      })
    }
  }
}

/** Asks for settings that many buckets do not have: those errors are ordinary. @param {Scene} scene */
function addConfigRecorder(scene) {
  const random = scene.random('configuration recorder')
  const from = 'config.amazonaws.com'
  const absent = /** @type {const} */ ([
    ['GetBucketPolicy', 'NoSuchBucketPolicy', 'The bucket policy does not exist'],
    ['GetBucketLifecycle', 'NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'],
    ['GetBucketTagging', 'NoSuchTagSet', 'The TagSet does not exist'],
    ['GetBucketReplication', 'ReplicationConfigurationNotFoundError', 'The replication configuration was not found'],
  ])
  for (const sweepUs of moments(random, { toUs: endUs - 4 * minuteUs, everyUs: 40 * minuteUs })) {
    const identity = {
      ...assumedRole('AWSServiceRoleForConfig', 'configLambdaDescribe', {
        key: exampleId('ASIA', 'CONFIGREC'),
        sinceUs: sweepUs - minuteUs,
        path: 'aws-service-role/config.amazonaws.com/',
      }),
      invokedBy: from,
    }
    let timeUs = sweepUs
    const call = { identity, from, userAgent: from }
    for (const bucketName of Object.values(buckets)) {
      timeUs += random.int(1, 3) * secondUs
      recordCall(scene, random, { ...call, timeUs, service: 's3', action: 'GetBucketAcl', parameters: { bucketName } })
      const [action, errorCode, errorMessage] = random.pick(absent)
      recordCall(scene, random, {
        ...call,
        timeUs,
        service: 's3',
        action,
        parameters: { bucketName },
        errorCode,
        errorMessage,
      })
      recordCall(scene, random, {
        ...call,
        timeUs,
        service: 's3',
        action: 'GetBucketEncryption',
        parameters: { bucketName },
      })
    }
    for (const action of ['ListRoles', 'ListUsers', 'GetAccountAuthorizationDetails', 'ListPolicies']) {
      timeUs += random.int(1, 3) * secondUs
      recordCall(scene, random, { ...call, timeUs, service: 'iam', action, parameters: { maxItems: 100 } })
    }
    for (const action of ['DescribeInstances', 'DescribeSecurityGroups', 'DescribeVolumes', 'DescribeVpcs']) {
      recordCall(scene, random, {
        ...call,
        timeUs: timeUs + secondUs,
        service: 'ec2',
        action,
        parameters: { maxResults: 200 },
      })
    }
  }
}

/** Another account of the organisation collects metrics. @param {Scene} scene */
function addMonitoring(scene) {
  const random = scene.random('monitoring')
  const identity = monitoringIdentity(exampleId('ASIA', 'METRICSCOL'), startUs - 10 * minuteUs)
  for (const timeUs of moments(random, { everyUs: 5 * minuteUs })) {
    recordCall(scene, random, {
      timeUs,
      identity,
      service: 'monitoring',
      action: random.pick(['GetMetricData', 'GetMetricData', 'ListMetrics', 'DescribeAlarms']),
      from: '203.0.113.61',
      userAgent: 'metrics-collector/2.11 aws-sdk-go-v2/1.25.3',
      parameters: { maxDatapoints: 1000 },
    })
  }
}

/** AWS services that take their own roles. @param {Scene} scene */
function addServiceRoles(scene) {
  const random = scene.random('service roles')
  const takers = /** @type {const} */ ([
    ['autoscaling.amazonaws.com', 'AWSServiceRoleForAutoScaling', 'AutoScaling'],
    ['eks.amazonaws.com', 'AWSServiceRoleForAmazonEKS', 'EKSControlPlane'],
    ['rds.amazonaws.com', 'AWSServiceRoleForRDS', 'RDSMonitoring'],
    ['backup.amazonaws.com', 'AWSServiceRoleForBackup', 'BackupPlan'],
  ])
  for (const timeUs of moments(random, { everyUs: 7 * minuteUs })) {
    const [service, role, session] = random.pick(takers)
    recordCall(scene, random, {
      timeUs,
      identity: awsService(service),
      service: 'sts',
      action: 'AssumeRole',
      from: service,
      userAgent: service,
      parameters: {
        roleArn: `arn:aws:iam::${account}:role/aws-service-role/${service}/${role}`,
        roleSessionName: session,
        durationSeconds: 3600,
      },
      response: issuedCredentials(role, session, exampleId('ASIA', session), timeUs),
      resources: roleResource(`aws-service-role/${service}/${role}`),
    })
  }
}
