import { sql } from '../db/sql'

/** Names that many bear: they make nobody the same person. */
export const commonNames: readonly string[] = [
  ...['admin', 'administrator', 'root', 'user', 'users', 'guest', 'test', 'tester', 'demo', 'info', 'mail', 'support'],
  ...['postgres', 'rdsadmin', 'backup', 'replication', 'replicator', 'monitoring', 'metrics', 'exporter', 'readonly'],
  ...['service', 'services', 'system', 'default', 'anonymous', 'unknown', 'none', 'null', 'public', 'nobody'],
  ...['deploy', 'deployer', 'build', 'builder', 'jenkins', 'terraform', 'ansible', 'github', 'actions', 'automation'],
  ...['session', 'lambda', 'ec2-user', 'ubuntu', 'developer', 'operator', 'webapp', 'application', 'kubernetes'],
  ...['security', 'audit', 'auditor', 'billing', 'sales', 'contact', 'noreply', 'no-reply', 'reporting', 'analytics'],
]

/** How an actor key is shown, over rows of `access_event` grouped by `actor_key`. */
export const labelOfKey = sql`CASE WHEN starts_with(actor_key, 'mail:') THEN substr(actor_key, 6)
  ELSE coalesce(max(actor_name), max(actor_id), actor_key) END`
