/** Names that the parts of the incident share. */
import { assumedRole, exampleId, iamUser } from '../formats/cloudTrail.mjs'
import { clock } from '../time.mjs'
import { ciKey, ciUser, deployRole } from '../world.mjs'

/** Named like a pipeline's session, with a number that no pipeline had. */
export const session = 'pipeline-5127'
export const sessionKey = exampleId('ASIA', 'SESSIONXX')
export const takenUs = clock('10:21:12')

export const leakedUser = iamUser(ciUser, ciKey)
export const deploySession = assumedRole(deployRole, session, { key: sessionKey, sinceUs: takenUs })
export const binding = 'deploy-diagnostics'
