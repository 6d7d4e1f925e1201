import type { JsonObject } from '../../../../../src/common/json'

/** A command that was run through the gateway, as its interface tells it. */
export const session: JsonObject = {
  id: 's-1',
  org_id: 'o-1',
  script: { data: 'SELECT * FROM orders WHERE id = 7' },
  labels: null,
  integrations_metadata: null,
  metadata: {},
  metrics: { event_size: 12 },
  user: 'alice@example.com',
  user_id: 'sub-1',
  user_name: 'Alice',
  type: 'database',
  connection_subtype: 'postgres',
  connection: 'orders',
  review: null,
  verb: 'exec',
  status: 'done',
  exit_code: 0,
  event_stream: [],
  event_size: 12,
  start_date: '2026-01-02T03:04:05.317601Z',
  end_date: '2026-01-02T03:04:05.361101Z',
}
