/** What a segment or subsegment says, under the names of the OpenTelemetry conventions where there are such. */
import { get, isObject, type JsonValue, text } from '../../../common/json'
import { AttributeBuilder, type Attributes, plainValue } from '../spans/attributes'

/** Path in the segment → attribute. */
const named: readonly (readonly [readonly string[], string])[] = [
  [['user'], 'user.id'],
  [['http', 'request', 'method'], 'http.request.method'],
  [['http', 'request', 'url'], 'url.full'],
  [['http', 'request', 'user_agent'], 'user_agent.original'],
  [['http', 'request', 'client_ip'], 'client.address'],
  [['http', 'request', 'x_forwarded_for'], 'aws.xray.x_forwarded_for'],
  [['http', 'request', 'traced'], 'aws.xray.traced'],
  [['http', 'response', 'status'], 'http.response.status_code'],
  [['http', 'response', 'content_length'], 'http.response.body.size'],
  [['sql', 'sanitized_query'], 'db.query.text'],
  [['sql', 'database_type'], 'db.system.name'],
  [['sql', 'database_version'], 'aws.xray.sql.database_version'],
  [['sql', 'driver_version'], 'aws.xray.sql.driver_version'],
  [['sql', 'preparation'], 'aws.xray.sql.preparation'],
  [['sql', 'user'], 'db.user'],
  [['sql', 'url'], 'db.connection_string'],
  [['sql', 'connection_string'], 'db.connection_string'],
  [['aws', 'id_2'], 'aws.extended_request_id'],
  [['namespace'], 'aws.xray.namespace'],
  [['fault'], 'aws.xray.fault'],
  [['error'], 'aws.xray.error'],
  [['throttle'], 'aws.xray.throttle'],
  [['in_progress'], 'aws.xray.in_progress'],
  [['precursor_ids'], 'aws.xray.precursor_ids'],
  [['metadata'], 'aws.xray.metadata'],
]

/** What a segment says of the place where it ran. */
const ofResource: readonly (readonly [readonly string[], string])[] = [
  [['origin'], 'aws.xray.origin'],
  [['service', 'version'], 'service.version'],
  [['aws', 'account_id'], 'cloud.account.id'],
  [['aws', 'region'], 'cloud.region'],
  [['aws', 'ec2', 'instance_id'], 'host.id'],
  [['aws', 'ec2', 'availability_zone'], 'cloud.availability_zone'],
  [['aws', 'ecs', 'container'], 'container.name'],
  [['aws', 'eks', 'cluster_name'], 'k8s.cluster.name'],
  [['aws', 'eks', 'pod'], 'k8s.pod.name'],
  [['aws', 'xray', 'sdk'], 'telemetry.sdk.name'],
  [['aws', 'xray', 'sdk_version'], 'telemetry.sdk.version'],
]

export function attributesOf(segment: JsonValue): Attributes {
  const builder = new AttributeBuilder()
  fill(builder, segment, named)
  const database = databaseIn(text(get(get(segment, 'sql'), 'url')))
  if (database !== undefined) builder.set('db.namespace', database)
  flatten(builder, 'aws', get(segment, 'aws'))
  // Annotations are the application's own attributes. They never change what X-Ray itself states.
  const annotations = get(segment, 'annotations')
  if (isObject(annotations))
    for (const [key, value] of Object.entries(annotations))
      builder.set(builder.has(key) ? `aws.xray.annotation.${key}` : key, plainValue(value))
  return builder.finish()
}

export function resourceOf(segment: JsonValue): Attributes {
  const builder = new AttributeBuilder()
  const name = text(get(segment, 'name'))
  if (name !== undefined) builder.set('service.name', name)
  fill(builder, segment, ofResource)
  return builder.finish()
}

function fill(builder: AttributeBuilder, segment: JsonValue, table: typeof named): void {
  for (const [path, name] of table) {
    let value: JsonValue | undefined = segment
    for (const key of path) value = get(value, key)
    if (value !== undefined && value !== null && value !== '') builder.set(name, plainValue(value))
  }
}

/** `aws.request_id`, `aws.table_name`, `aws.xray.sdk`: every part of the `aws` block by its path. */
function flatten(builder: AttributeBuilder, prefix: string, value: JsonValue | undefined): void {
  if (!isObject(value)) return
  for (const [key, item] of Object.entries(value)) {
    const name = `${prefix}.${key}`
    if (isObject(item)) flatten(builder, name, item)
    else if (item !== null && item !== '' && !builder.has(name)) builder.set(name, plainValue(item))
  }
}

/** The database at the end of a connection URL. */
function databaseIn(url: string | undefined): string | undefined {
  return url === undefined ? undefined : /:\/\/[^/?;]{1,300}\/([^/?;]{1,200})/.exec(url)?.[1]
}
