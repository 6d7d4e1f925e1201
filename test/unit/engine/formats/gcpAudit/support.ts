import type { JsonObject } from '../../../../../src/common/json'

/** A plain call, as an audit log of activity has it. */
export const call: JsonObject = {
  '@type': 'type.googleapis.com/google.cloud.audit.AuditLog',
  methodName: 'v1.compute.instances.insert',
  serviceName: 'compute.googleapis.com',
  resourceName: 'projects/shop/zones/z/instances/web',
  authenticationInfo: { principalEmail: 'alice@example.com', principalSubject: 'user:alice@example.com' },
  authorizationInfo: [
    {
      permission: 'compute.instances.create',
      granted: true,
      resource: 'projects/shop/zones/z/instances/web',
      resourceAttributes: { type: 'compute.instances' },
    },
    {
      permission: 'compute.disks.create',
      granted: true,
      resourceAttributes: { name: 'projects/shop/zones/z/disks/web', type: 'compute.disks' },
    },
  ],
  requestMetadata: {
    callerIp: '198.51.100.7',
    callerSuppliedUserAgent: 'google-cloud-sdk gcloud/431.0.0 command/gcloud.compute',
    requestAttributes: { time: '2026-01-02T03:04:05.700Z', auth: {} },
  },
}

/** An entry around the plain call, with changes to the payload and to the entry. */
export function entry(payload: JsonObject = {}, change: JsonObject = {}): JsonObject {
  return {
    insertId: 'i-1',
    logName: 'projects/shop/logs/cloudaudit.googleapis.com%2Factivity',
    timestamp: '2026-01-02T03:04:05.678901234Z',
    receiveTimestamp: '2026-01-02T03:04:06Z',
    severity: 'NOTICE',
    resource: { type: 'gce_instance', labels: { project_id: 'shop', zone: 'europe-west1-b' } },
    protoPayload: { ...call, ...payload },
    ...change,
  }
}
