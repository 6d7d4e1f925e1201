import type { DenialRow } from '../../../contract/analyses'

export interface DenialGroup {
  readonly key: string
  readonly actor: string | null
  readonly action: string | null
  readonly resource: string | null
  readonly rows: readonly DenialRow[]
}

/**
 * Refusals of the same action on the same resource for the same actor. What was allowed before comes first: something
 * changed. Then what somebody with a name was refused, then the rest; each in the order of the first refusal.
 */
export function groupDenials(rows: readonly DenialRow[]): readonly DenialGroup[] {
  const groups = new Map<string, DenialRow[]>()
  for (const row of rows) {
    const key = JSON.stringify([row.actor, row.action, row.resource])
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [row])
    else group.push(row)
  }
  return [...groups]
    .map(([key, own]) => ({
      key,
      actor: own[0]?.actor ?? null,
      action: own[0]?.action ?? null,
      resource: own[0]?.resource ?? null,
      rows: own,
    }))
    .sort((a, b) => placeOf(a) - placeOf(b))
}

export const wasAllowed = ({ rows }: DenialGroup) => rows.some((row) => row.allowed_before)

const placeOf = (group: DenialGroup) => (wasAllowed(group) ? 0 : group.rows.every((row) => row.anonymous) ? 2 : 1)
