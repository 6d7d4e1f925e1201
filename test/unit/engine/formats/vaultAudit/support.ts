import type { JsonObject, JsonValue } from '../../../../../src/common/json'

export const accessor = `hmac-sha256:${'ab'.repeat(32)}`

/** An object, or nothing where the other is none: changes go one level deep. */
function into(base: JsonObject, change: JsonValue | undefined): JsonValue {
  return typeof change === 'object' && change !== null && !Array.isArray(change)
    ? { ...base, ...change }
    : change === undefined
      ? base
      : change
}

/** The entry of a request, with changes to its parts. */
export function request(change: JsonObject = {}): JsonObject {
  const { auth, request: inner, ...rest } = change
  return {
    time: '2026-01-02T03:04:05.678901234Z',
    type: 'request',
    auth: into(
      {
        client_token: `hmac-sha256:${'cd'.repeat(32)}`,
        accessor,
        display_name: 'oidc-alice@example.com',
        policies: ['default', 'shop'],
        metadata: { role: 'dev' },
        entity_id: 'e-1',
        token_type: 'service',
      },
      auth,
    ),
    request: into(
      {
        id: 'r-1',
        operation: 'read',
        mount_type: 'kv',
        client_token: `hmac-sha256:${'cd'.repeat(32)}`,
        client_token_accessor: accessor,
        namespace: { id: 'root' },
        path: 'secret/data/shop/db',
        remote_address: '198.51.100.7',
        remote_port: 51234,
      },
      inner,
    ),
    ...rest,
  }
}

/** The entry of its answer. */
export function response(change: JsonObject = {}): JsonObject {
  return {
    ...request(),
    time: '2026-01-02T03:04:05.688901234Z',
    type: 'response',
    response: { mount_type: 'kv', data: { data: { password: 'hmac-sha256:00' } } },
    ...Object.fromEntries(Object.entries(request(change)).filter(([key]) => key !== 'time' && key !== 'type')),
  }
}
