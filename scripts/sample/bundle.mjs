/** The whole bundle: the story is told into a scene, and the scene is written down in the formats of its sources. */
import { trailObjects } from './formats/cloudTrail.mjs'
import { auditLog } from './formats/kubernetes.mjs'
import { traceFiles } from './formats/otlp.mjs'
import { csvLog } from './formats/postgres.mjs'
import { gzip } from './gzip.mjs'
import { addCloudIncident } from './incident/cloud.mjs'
import { addClusterIncident } from './incident/cluster.mjs'
import { addDatabaseIncident } from './incident/database.mjs'
import { addExportIncident } from './incident/export.mjs'
import { addResponse } from './incident/response.mjs'
import { addAwsServices } from './life/awsServices.mjs'
import { addReports } from './life/batch.mjs'
import { addCluster } from './life/cluster.mjs'
import { addDatabaseWork } from './life/database.mjs'
import { addPeople } from './life/people.mjs'
import { addPipelines } from './life/pipelines.mjs'
import { addReleases } from './life/releases.mjs'
import { addShop } from './life/shop.mjs'
import { addSupport } from './life/support.mjs'
import { newScene } from './scene.mjs'
import { clock, day } from './time.mjs'

export const defaultSeed = 20_260_317

const life = [
  addAwsServices,
  addPeople,
  addPipelines,
  addCluster,
  addDatabaseWork,
  addShop,
  addSupport,
  addReports,
  addReleases,
]
const incident = [addCloudIncident, addClusterIncident, addDatabaseIncident, addExportIncident, addResponse]

/**
 * @param {number} seed
 * @returns {Map<string, Buffer>} contents by path within the bundle, in the order of the paths
 */
export function buildBundle(seed) {
  const scene = newScene(seed)
  for (const add of [...life, ...incident]) add(scene)
  const files = [
    ...trailObjects(scene).map(({ name, text }) => packed(`cloudtrail/${name}`, text)),
    ...auditLogs(scene),
    plain(`postgresql/postgresql-${day}_070000.csv`, csvLog(scene)),
    ...traceFiles(scene).map(({ name, text }) => packed(`traces/${name}`, text)),
  ]
  return new Map(files.sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** Rotated logs packed, the current one not. @param {import('./scene.mjs').Scene} scene */
function auditLogs(scene) {
  const cuts = [clock('09:00'), clock('11:00'), clock('12:00')]
  const parts = cuts.map((cutUs, index) => {
    const fromUs = cuts[index - 1] ?? 0
    const text = auditLog(scene.kubernetes.filter(({ timeUs }) => timeUs >= fromUs && timeUs < cutUs))
    const stamp = new Date(cutUs / 1000).toISOString().slice(11, 19).replaceAll(':', '-')
    return packed(`kubernetes/audit-${day}T${stamp}.000.log`, text)
  })
  return [
    ...parts,
    plain('kubernetes/audit.log', auditLog(scene.kubernetes.filter(({ timeUs }) => timeUs >= clock('12:00')))),
  ]
}

/** @param {string} path @param {string} text @returns {[string, Buffer]} */
const plain = (path, text) => [path, Buffer.from(text, 'utf8')]
/** @param {string} path @param {string} text @returns {[string, Buffer]} */
const packed = (path, text) => [`${path}.gz`, gzip(Buffer.from(text, 'utf8'))]
