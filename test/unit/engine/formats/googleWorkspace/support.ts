import type { JsonObject, JsonValue } from '../../../../../src/common/json'

/** An activity with these events, as the reports interface gives it. */
export function activity(events: JsonValue, change: JsonObject = {}): JsonObject {
  return {
    kind: 'admin#reports#activity',
    id: { time: '2026-01-02T03:04:05.678Z', uniqueQualifier: '-77', applicationName: 'drive', customerId: 'C1' },
    etag: '"x"',
    actor: { callerType: 'USER', email: 'alice@example.com', profileId: '118111111111111111111' },
    ownerDomain: 'example.com',
    ipAddress: '198.51.100.7',
    events,
    ...change,
  }
}

/** An activity of another application. */
export function of(applicationName: string, events: JsonValue, change: JsonObject = {}): JsonObject {
  const id = { time: '2026-01-02T03:04:05.678Z', uniqueQualifier: '-77', applicationName, customerId: 'C1' }
  return activity(events, { id, ...change })
}

export const viewed: JsonObject = {
  type: 'access',
  name: 'view',
  parameters: [
    { name: 'doc_id', value: 'd-1' },
    { name: 'doc_title', value: 'Plan' },
    { name: 'doc_type', value: 'document' },
    { name: 'billable', boolValue: true },
  ],
}
