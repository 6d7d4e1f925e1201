/** Requests to the cluster's API, by name. `{name}` is a workload. */

/**
 * @typedef {object} ClusterRequest
 * @property {string} verb
 * @property {string} [group]
 * @property {string} resource
 * @property {string} [subresource]
 * @property {string} namespace
 * @property {boolean} [named] about one object
 * @property {string} [name] always this one
 */

/** @type {Readonly<Record<string, ClusterRequest>>} */
export const clusterRequests = {
  listDeployments: { verb: 'list', group: 'apps', resource: 'deployments', namespace: 'shop' },
  getDeployment: { verb: 'get', group: 'apps', resource: 'deployments', namespace: 'shop', named: true },
  patchDeployment: { verb: 'patch', group: 'apps', resource: 'deployments', namespace: 'shop', named: true },
  updateStatus: {
    verb: 'update',
    group: 'apps',
    resource: 'deployments',
    subresource: 'status',
    namespace: 'shop',
    named: true,
  },
  listPods: { verb: 'list', resource: 'pods', namespace: 'shop' },
  podLog: { verb: 'get', resource: 'pods', subresource: 'log', namespace: 'shop', named: true },
  getConfigMap: { verb: 'get', resource: 'configmaps', namespace: 'shop', name: 'platform-settings' },
  getSecret: { verb: 'get', resource: 'secrets', namespace: 'shop', name: 'platform-credentials' },
  listSecrets: { verb: 'list', resource: 'secrets', namespace: 'shop' },
  exec: { verb: 'create', resource: 'pods', subresource: 'exec', namespace: 'shop', named: true },
}

export const workloads = ['orders-api', 'customers-api', 'documents-api', 'platform-api', 'auth-api', 'billing-legacy']
