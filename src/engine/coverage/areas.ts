/** How accesses are sorted for coverage: by the area they reach, the resource in it, and the client that asks. */
import { type Sql, sql } from '../db/sql'

/** Only accesses of these classes are expected to come with a trace. */
export const judgedClasses = sql`"class" IN ('api', 'data', 'query')`

/**
 * What is instrumented or not as a whole: a database, a namespace of a cluster, a service of a cloud or a site.
 * Columns of `access_event`.
 */
export const areaOf: Sql = sql`(CASE
  WHEN db_name IS NOT NULL THEN coalesce(service, source) || '/' || db_name
  WHEN source = 'k8s_audit' THEN coalesce('namespace ' || resource_ns, 'cluster')
  ELSE coalesce(service, source) END)`

/** What is asked for within the area: a table, a bucket, a kind of object in a namespace, else the resource itself. */
export const resourceGroupOf: Sql = sql`(CASE
  WHEN source = 'k8s_audit' THEN coalesce(resource_type, 'nonresource')
  WHEN contains(resource_key, ':s3:::') THEN split_part(resource_key, '/', 1)
  ELSE coalesce(resource_key, resource_type, '') END)`

export const clientOf: Sql = sql`coalesce(user_agent, '')`

/** Programs that a person works with by hand. They are no workload that could have been instrumented. */
const tools = [
  'psql',
  'pgadmin',
  'pgadmin 4',
  'dbeaver',
  'datagrip',
  'tableplus',
  'beekeeper studio',
  'heidisql',
  'navicat',
  'postico',
  'pgcli',
  'mysql',
  'mysql workbench',
  'mongosh',
  'mongodb compass',
  'sqlplus',
  'sqlcmd',
  'azure data studio',
  'kubectl',
  'k9s',
  'lens',
  'openlens',
  'oc',
  'postmanruntime',
  'insomnia',
  'edge',
  'opera',
  'firefox',
  'chrome',
  'safari',
  's3console',
] as const

/** Libraries and shell commands that say nothing about who uses them: a script, a pipeline, a service without a name. */
const libraries = [
  'curl',
  'wget',
  'httpie',
  'aws-cli',
  'gcloud',
  'az',
  'azurecli',
  'vault',
  'boto3',
  'botocore',
  'aws-sdk-java',
  'aws-sdk-js',
  'aws-sdk-go',
  'aws-sdk-go-v2',
  'aws-sdk-nodejs',
  'aws-sdk-php',
  'aws-sdk-ruby2',
  'aws-sdk-ruby3',
  'aws-sdk-rust',
  'aws-sdk-dotnet',
  'python-requests',
  'python-urllib',
  'go-http-client',
  'okhttp',
  'java',
  'axios',
  'node-fetch',
  'postgresql jdbc driver',
] as const

/**
 * `tool`, `library`, `named` (a program that says its name, so a workload) or `none`. The text of the client is looked
 * at besides its family, since tools add what they do to their name (`DBeaver 24 - Main`, `pgAdmin 4 - CONN:1`).
 */
export const clientKind: Sql = sql`(CASE
  WHEN user_agent IS NULL THEN 'none'
  WHEN lower(coalesce(ua_family, user_agent)) IN (SELECT unnest(${sql.strings(tools)}))
    OR regexp_matches(lower(user_agent), '^(psql|pgadmin|dbeaver|datagrip|tableplus|kubectl)\\b') THEN 'tool'
  WHEN lower(coalesce(ua_family, user_agent)) IN (SELECT unnest(${sql.strings(libraries)})) THEN 'library'
  ELSE 'named' END)`

/**
 * Events with their links as they count here: `sure` where a link is certain or strong, or confirmed by the analyst;
 * `likely` where one is that and no more. Rejected links count nowhere.
 */
export const tied: Sql = sql`
  SELECT event_id,
    bool_or("level" IN ('certain', 'strong') OR coalesce(verdict, '') = 'confirmed') AS sure,
    bool_or("level" = 'likely') AS likely
  FROM link
  WHERE coalesce(verdict, '') <> 'rejected'
  GROUP BY event_id`

/** Pairs (event, span) of links that count. */
export const tiedSpans: Sql = sql`
  SELECT event_id, trace_id, span_id FROM link
  WHERE trace_id IS NOT NULL AND coalesce(verdict, '') <> 'rejected'
    AND ("level" IN ('certain', 'strong') OR coalesce(verdict, '') = 'confirmed')`
