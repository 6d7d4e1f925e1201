/** Parts of an Amazon Resource Name: `arn:partition:service:region:account:resource`. */
export interface Arn {
  readonly partition: string
  readonly service: string
  readonly region: string
  readonly account: string
  /** All after the fifth colon, e.g. `role/path/Name`, `function:name`, `bucket/key`. */
  readonly resource: string
}

export function parseArn(value: string): Arn | undefined {
  if (!value.startsWith('arn:')) return undefined
  const partitionEnd = value.indexOf(':', 4)
  const serviceEnd = partitionEnd < 0 ? -1 : value.indexOf(':', partitionEnd + 1)
  const regionEnd = serviceEnd < 0 ? -1 : value.indexOf(':', serviceEnd + 1)
  const accountEnd = regionEnd < 0 ? -1 : value.indexOf(':', regionEnd + 1)
  if (accountEnd < 0) return undefined
  const partition = value.slice(4, partitionEnd)
  const service = value.slice(partitionEnd + 1, serviceEnd)
  const region = value.slice(serviceEnd + 1, regionEnd)
  const account = value.slice(regionEnd + 1, accountEnd)
  const resource = value.slice(accountEnd + 1)
  if ((partition !== 'aws' && !/^aws-[a-z0-9-]+$/.test(partition)) || service === '' || resource === '')
    return undefined
  return { partition, service, region, account, resource }
}

export function isArn(value: string): boolean {
  return parseArn(value) !== undefined
}

/** The resource without its type: `Name` of `role/path/Name`, `key/with/slashes` of an object, `fn` of `function:fn`. */
export function arnName(value: string): string | undefined {
  const arn = parseArn(value)
  if (arn === undefined) return undefined
  // Object keys may hold colons and slashes; the bucket is the type-like part before the first slash.
  if (arn.service === 's3') return arn.resource
  if (arn.service === 'iam' || arn.service === 'sts') return arn.resource.slice(arn.resource.lastIndexOf('/') + 1)
  const typed = /^[A-Za-z][A-Za-z0-9_-]*[:/](.+)$/s.exec(arn.resource)
  return typed?.[1] ?? arn.resource
}

/** Last label of a session's ARN: `session` of `assumed-role/Role/session`. */
export function arnSessionName(value: string): string | undefined {
  const arn = parseArn(value)
  const match = /^(?:assumed-role|federated-user)\/(?:[^/]+\/)*([^/]+)$/.exec(arn?.resource ?? '')
  return match?.[1]
}
