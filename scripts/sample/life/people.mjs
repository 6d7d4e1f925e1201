/** People at the console, and the change that costs the nightly report its rights for an hour. */
import { assumedRole, exampleId, recordCall } from '../formats/cloudTrail.mjs'
import { clock, minuteUs, moments, secondUs } from '../time.mjs'
import { account, addresses, people, region, roleArn, userAgents } from '../world.mjs'

export const reportPolicy = `arn:aws:iam::${account}:policy/report-reader`

/** @param {number} sinceUs */
export const oncallIdentity = (sinceUs) =>
  assumedRole('AWSReservedSSO_PlatformAdmin_0a1b2c3d4e5f6a7b', people.oncall, {
    key: exampleId('ASIA', 'ONCALLSSO'),
    sinceUs,
    mfa: true,
    path: `aws-reserved/sso.amazonaws.com/${region}/`,
  })

/** @param {import('../scene.mjs').Scene} scene */
export function addPeople(scene) {
  const random = scene.random('people')
  const identity = oncallIdentity(clock('07:31'))
  const console_ = { identity, from: addresses.office, userAgent: userAgents.console }
  /** @type {readonly (readonly [number, readonly [string, string]])[]} */
  const looks = [
    [4, ['ec2', 'DescribeInstances']],
    [3, ['monitoring', 'GetMetricData']],
    [3, ['logs', 'FilterLogEvents']],
    [2, ['rds', 'DescribeDBInstances']],
    [2, ['eks', 'DescribeCluster']],
    [2, ['s3', 'ListBuckets']],
    [1, ['health', 'DescribeEvents']],
    [1, ['cloudtrail', 'LookupEvents']],
  ]
  for (const [from, to] of [
    ['07:32', '08:55'],
    ['09:20', '10:05'],
    ['11:30', '12:50'],
  ]) {
    for (const timeUs of moments(random, {
      fromUs: clock(from ?? ''),
      toUs: clock(to ?? ''),
      everyUs: 150 * secondUs,
    })) {
      const [service, action] = random.weighted(looks)
      recordCall(scene, random, { ...console_, timeUs, service, action, parameters: {} })
    }
  }
  const role = { roleName: 'batch-runner', policyArn: reportPolicy }
  recordCall(scene, random, {
    ...console_,
    timeUs: clock('08:40:22'),
    service: 'iam',
    action: 'DetachRolePolicy',
    parameters: role,
    write: true,
  })
  recordCall(scene, random, {
    ...console_,
    timeUs: clock('09:32:47'),
    service: 'iam',
    action: 'AttachRolePolicy',
    parameters: role,
    write: true,
  })
  addAnalyst(scene)
}

/** @param {import('../scene.mjs').Scene} scene */
function addAnalyst(scene) {
  const random = scene.random('analyst')
  const identity = assumedRole('AWSReservedSSO_DataAnalyst_9f8e7d6c5b4a3f2e', people.analyst, {
    key: exampleId('ASIA', 'ANALYSTSSO'),
    sinceUs: clock('08:02'),
    mfa: true,
    path: `aws-reserved/sso.amazonaws.com/${region}/`,
  })
  for (const timeUs of moments(random, { fromUs: clock('08:03'), toUs: clock('12:40'), everyUs: 6 * minuteUs })) {
    recordCall(scene, random, {
      timeUs,
      identity,
      service: 'athena',
      action: random.pick(['StartQueryExecution', 'GetQueryExecution', 'GetQueryResults', 'GetQueryResults']),
      from: random.chance(0.2) ? addresses.officeV6 : addresses.office,
      userAgent: userAgents.console,
      parameters: { workGroup: 'analytics' },
    })
  }
  // A wrong guess at a role of another team: an ordinary refusal, once.
  recordCall(scene, random, {
    timeUs: clock('09:48:31'),
    identity,
    service: 'sts',
    action: 'AssumeRole',
    from: addresses.office,
    userAgent: 'aws-cli/2.15.30 Python/3.11.8 Darwin/23.4.0 exe/x86_64',
    errorCode: 'AccessDenied',
    errorMessage: `User: ${identity.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn('finance-export')} because no resource-based policy allows the sts:AssumeRole action`,
  })
}
