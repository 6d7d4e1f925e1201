/** The on-call takes the rights back; what the intruder tries after that is refused. */
import { notAuthorized, recordCall } from '../formats/cloudTrail.mjs'
import { forbidden, recordRequest } from '../formats/kubernetes.mjs'
import { oncallAllowed, oncallUser } from '../life/cluster.mjs'
import { oncallIdentity } from '../life/people.mjs'
import { deployUser } from '../life/pipelines.mjs'
import { clock } from '../time.mjs'
import { addresses, ciKey, ciUser, debugPod, deployRole, secrets, userAgents } from '../world.mjs'
import { binding, deploySession, leakedUser, session, sessionKey } from './keys.mjs'

/** @param {import('../scene.mjs').Scene} scene */
export function addResponse(scene) {
  const random = scene.random('response')
  const oncall = {
    identity: oncallIdentity(clock('11:28')),
    from: addresses.office,
    userAgent: userAgents.console,
    service: 'iam',
    write: true,
  }
  const revoke = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { DateLessThan: { 'aws:TokenIssueTime': '2026-03-17T11:42:00Z' } },
      },
    ],
  })
  for (const [at, action, parameters] of /** @type {const} */ ([
    ['11:41:08', 'UpdateAccessKey', { userName: ciUser, accessKeyId: ciKey, status: 'Inactive' }],
    [
      '11:42:00',
      'PutRolePolicy',
      { roleName: deployRole, policyName: 'AWSRevokeOlderSessions', policyDocument: revoke },
    ],
    ['11:42:39', 'DeleteRolePolicy', { roleName: deployRole, policyName: 'deploy-diagnostics' }],
    ['11:43:05', 'DetachRolePolicy', { roleName: deployRole, policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
    ['12:04:51', 'CreateAccessKey', { userName: ciUser }],
  ])) {
    recordCall(scene, random, { ...oncall, timeUs: clock(at), action, parameters })
  }
  const kubectl = {
    user: oncallUser(),
    from: addresses.office,
    userAgent: userAgents.kubectl,
    allowedBy: oncallAllowed,
  }
  recordRequest(scene, random, {
    ...kubectl,
    timeUs: clock('11:44:20.611290'),
    verb: 'get',
    group: 'rbac.authorization.k8s.io',
    resource: 'clusterrolebindings',
    name: binding,
  })
  recordRequest(scene, random, {
    ...kubectl,
    timeUs: clock('11:44:52.078113'),
    verb: 'delete',
    group: 'rbac.authorization.k8s.io',
    resource: 'clusterrolebindings',
    name: binding,
  })
  recordRequest(scene, random, {
    ...kubectl,
    timeUs: clock('11:45:30.945508'),
    verb: 'delete',
    resource: 'pods',
    namespace: 'shop',
    name: debugPod.name,
  })
  addLastTries(scene)
}

/** @param {import('../scene.mjs').Scene} scene */
function addLastTries(scene) {
  const random = scene.random('last tries')
  const call = { from: addresses.intruder, userAgent: userAgents.intruder }
  recordCall(scene, random, {
    ...call,
    identity: leakedUser,
    timeUs: clock('11:51:33'),
    service: 'sts',
    action: 'GetCallerIdentity',
    errorCode: 'InvalidClientTokenId',
    errorMessage: 'The security token included in the request is invalid.',
  })
  let timeUs = clock('11:51:58')
  for (const secretId of [secrets.database, secrets.portal]) {
    const errorMessage = notAuthorized(
      deploySession,
      'secretsmanager:GetSecretValue',
      secretId,
      'with an explicit deny in an identity-based policy',
    )
    recordCall(scene, random, {
      ...call,
      identity: deploySession,
      timeUs,
      service: 'secretsmanager',
      action: 'GetSecretValue',
      parameters: { secretId },
      errorCode: 'AccessDeniedException',
      errorMessage,
    })
    timeUs += 9_000_000
  }
  const target = { verb: 'list', resource: 'secrets', namespace: 'shop' }
  recordRequest(scene, random, {
    user: deployUser(session, sessionKey),
    from: addresses.intruder,
    userAgent: userAgents.kubectlIntruder,
    ...target,
    timeUs: clock('11:52:40.190377'),
    durationUs: 1_422,
    code: 403,
    reason: 'Forbidden',
    decision: 'forbid',
    message: forbidden(deployRole, target),
  })
}
