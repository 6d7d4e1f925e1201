/** Builders of `actor_key`: the mail address where there is one, else the native id in its namespace, else unknown. */

/** Name spaces of native ids; `k8s`, `pg` and `tp` carry the cluster in front of the name. */
export type ActorNamespace =
  | 'aws'
  | 'k8s'
  | 'pg'
  | 'gcp'
  | 'gh'
  | 'okta'
  | 'entra'
  | 'azure'
  | 'gworkspace'
  | 'tp'
  | 'm365'
  | 'slack'
  | 'vault'
  | 'onepassword'
  | 'hoop'
  | 'http'
  | 'otel'
  | 'generic'

const mail = /^[^\s@<>"',;:/\\]{1,64}@[^\s@<>"',;:/\\]{1,253}$/

/** The text in lower case where it is an e-mail address or user principal name, else undefined. */
export function mailOf(value: string | undefined): string | undefined {
  return value !== undefined && mail.test(value) ? value.toLowerCase() : undefined
}

export function actorKey(actor: {
  /** Candidates for a mail address, best first; those that are none are passed over. */
  readonly mail?: readonly (string | undefined)[]
  readonly namespace: ActorNamespace
  /** Native id; for clustered sources `<cluster>/<name>`. */
  readonly id: string | undefined
  readonly source: string
}): string {
  for (const candidate of actor.mail ?? []) {
    const address = mailOf(candidate)
    if (address !== undefined) return `mail:${address}`
  }
  return actor.id === undefined ? `unknown:${actor.source}` : `${actor.namespace}:${actor.id}`
}
