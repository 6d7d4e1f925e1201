/** `userIdentity` of CloudTrail: services by their role, people by role or user, services of the cloud itself. */
import { dayUs, hourUs, isoZulu } from '../base/time.mjs'
import { account, keyId, principalId } from '../world.mjs'

/** @param {string} name */
export const roleArn = (name) => `arn:aws:iam::${account}:role/${name}`

/** @param {{ name: string, accessKey: string }} person @returns {Record<string, unknown>} */
export const iamUser = ({ name, accessKey }) => ({
  type: 'IAMUser',
  principalId: principalId('AIDA', name),
  arn: `arn:aws:iam::${account}:user/${name}`,
  accountId: account,
  accessKeyId: accessKey,
  userName: name,
})

/** @param {string} role @param {string} session @param {{ key: string, sinceUs: number, sourceIdentity?: string, mfa?: boolean }} options @returns {Record<string, unknown>} */
export function assumedRole(role, session, { key, sinceUs, sourceIdentity, mfa = false }) {
  return {
    type: 'AssumedRole',
    principalId: `${principalId('AROA', role)}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    accountId: account,
    accessKeyId: key,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: principalId('AROA', role),
        arn: roleArn(role),
        accountId: account,
        userName: role,
      },
      ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
      attributes: { creationDate: isoZulu(sinceUs, 's'), mfaAuthenticated: String(mfa) },
    },
  }
}

/** @param {string} name e.g. `autoscaling` @returns {Record<string, unknown>} */
export const awsService = (name) => ({ type: 'AWSService', invokedBy: `${name}.amazonaws.com` })

/** Answer of AssumeRole, without the secret parts. @param {string} role @param {string} session @param {string} key @param {number} timeUs */
export const issuedCredentials = (role, session, key, timeUs) => ({
  credentials: {
    accessKeyId: key,
    expiration: isoZulu(timeUs + hourUs, 's'),
    sessionToken: 'HIDDEN_DUE_TO_SECURITY_REASONS',
  },
  assumedRoleUser: {
    assumedRoleId: `${principalId('AROA', role)}:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
  },
})

/**
 * Role sessions of the pods: a key for an hour. Those of a day ago are forgotten.
 *
 * @param {import('../base/random.mjs').Random} random
 */
export function podSessions(random) {
  /** @type {Map<string, { key: string, sinceUs: number }>} */
  const sessions = new Map()
  return (/** @type {string} */ name, /** @type {number} */ nowUs) => {
    const known = sessions.get(name)
    if (known !== undefined && known.sinceUs > nowUs - hourUs) return known
    if (sessions.size > 5_000)
      for (const [key, { sinceUs }] of sessions) if (sinceUs < nowUs - dayUs) sessions.delete(key)
    const session = { key: keyId('ASIA', random), sinceUs: nowUs - random.int(1, 600) * 1_000_000 }
    sessions.set(name, session)
    return session
  }
}
