/** Columns of `span` that are not one attribute each: paths, shapes of statements, where a span ran, what a call was about. */
import type { SpanRow } from '../../db/rows'
import { fingerprintSql } from '../pgaudit/fingerprint'
import { type Attributes, scalarText } from './attributes'

const maxPath = 2_000

/** The path as it was asked for, without query and fragment. */
export function pathOf(attributes: Attributes): string | undefined {
  const text = first(attributes, ['url.path', 'http.target', 'url.full', 'http.url'])
  if (text === undefined) return undefined
  const afterHost = /^[a-z][a-z0-9+.-]{1,20}:\/\/[^/?#]*/i.exec(text)
  const path = (afterHost === null ? text : text.slice(afterHost[0].length)).replace(/[?#].*$/s, '')
  if (path === '') return afterHost === null ? undefined : '/'
  return path.startsWith('/') ? path.slice(0, maxPath) : undefined
}

/** The host that a request named in full. */
export function hostOf(attributes: Attributes): string | undefined {
  const host = /^[a-z][a-z0-9+.-]{1,20}:\/\/(?:[^/?#@]*@)?([^/?#:@]{1,255})/i.exec(
    first(attributes, ['url.full', 'http.url']) ?? '',
  )
  return host?.[1]?.toLowerCase()
}

/** Statements come again and again: the last few thousand shapes are kept. */
const shapes = new Map<string, string>()
const maxShapes = 4_000

export function statementShape(statement: string | undefined): string | undefined {
  if (statement === undefined) return undefined
  const known = shapes.get(statement)
  if (known !== undefined) return known
  const shape = fingerprintSql(statement)
  if (shapes.size >= maxShapes) shapes.clear()
  shapes.set(statement, shape)
  return shape
}

/** Where the span ran: a proxy's spans say it themselves, others in their resource. */
export function hostColumns(attributes: Attributes, resource: Attributes): Pick<SpanRow, 'host_address' | 'pod'> {
  return {
    host_address: first(resource, ['k8s.pod.ip', 'host.ip', 'ip']) ?? first(attributes, ['k8s.pod.ip', 'host.ip']),
    pod: first(resource, ['k8s.pod.name', 'host.name']) ?? first(attributes, ['k8s.pod.name']),
  }
}

const resourceKeys: readonly string[] = [
  'aws.dynamodb.table_names',
  'aws.sqs.queue.url',
  'aws.queue.url',
  'aws.queue_url',
  'aws.sns.topic.arn',
  'aws.kinesis.stream_name',
  'aws.kinesis.stream.name',
  'aws.lambda.function.arn',
  'aws.secretsmanager.secret.arn',
  'aws.step_functions.state_machine.arn',
  'aws.table.name',
  'faas.invoked_name',
  'messaging.destination.name',
]

export function cloudResource(attributes: Attributes): string | undefined {
  const bucket = first(attributes, ['aws.s3.bucket', 'aws.bucket.name', 'aws.s3.bucket.name'])
  const key = first(attributes, ['aws.s3.key'])
  if (bucket !== undefined) return key === undefined ? bucket : `${bucket}/${key}`
  return first(attributes, resourceKeys)
}

function first(attributes: Attributes, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const text = scalarText(attributes.get(key))
    if (text !== undefined) return text
  }
  return undefined
}
