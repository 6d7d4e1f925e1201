/** Type and name of a resource's node. */
export interface ResourceParts {
  readonly type: string
  readonly name: string
}

interface Labelled {
  readonly id: string
  readonly kind: string
  readonly label: string
}

/**
 * A resource's node is `resource:<type>:<name>` by id and `<type> <name>` by label (`<name>` alone without a type).
 * Types hold colons of their own (`AWS::S3::Bucket`), so both together tell where the name begins. Undefined for
 * nodes of other kinds and for one that stands for several.
 */
export function resourceParts({ id, kind, label }: Labelled): ResourceParts | undefined {
  if (kind !== 'resource' || !id.startsWith('resource:')) return undefined
  const key = id.slice('resource:'.length)
  if (key === `:${label}`) return { type: '', name: label }
  for (let at = key.indexOf(':'); at >= 0; at = key.indexOf(':', at + 1)) {
    const parts = { type: key.slice(0, at), name: key.slice(at + 1) }
    if (label === `${parts.type} ${parts.name}`) return parts
  }
  return undefined
}

/** What is written on a node: of a resource its name, since the type would leave no room for it. */
export function nodeName(node: Labelled): string {
  const name = resourceParts(node)?.name.trim() ?? ''
  return name === '' ? node.label : name
}
