/** The services, their sizes, and which of them stand at the front. */

/** @type {readonly { name: string, version: string, replicas: number, front?: boolean, database?: string }[]} */
export const services = [
  { name: 'shop-web', version: '7.3.0', replicas: 1, front: true },
  { name: 'edge-gateway', version: '1.27.1', replicas: 2, front: true },
  { name: 'orders-api', version: '5.2.0', replicas: 3 },
  { name: 'customers-api', version: '3.1.4', replicas: 2 },
  { name: 'documents-api', version: '2.8.0', replicas: 2 },
  { name: 'platform-api', version: '0.19.2', replicas: 1 },
  { name: 'auth-api', version: '4.4.1', replicas: 2 },
  { name: 'billing-legacy', version: '11.0', replicas: 2, database: 'billing' },
  { name: 'report-runner', version: '1.9.0', replicas: 1 },
  { name: 'ledger-batch', version: '2.0.3', replicas: 1, database: 'billing' },
  { name: 'release-controller', version: '0.14.2', replicas: 1 },
  { name: 'kube-apiserver', version: '1.31.2', replicas: 1 },
]
