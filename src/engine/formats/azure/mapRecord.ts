import type { WallClock } from '../../../common/time'
import type { AccessEventRow } from '../../db/rows'
import { mapActivity } from '../azureActivity/record'
import { mapProvisioning } from '../entraAudit/provisioning'
import { mapAudit } from '../entraAudit/record'
import { mapSignIn } from '../entraSignin/record'
import { mapRisk } from '../entraSignin/risk'
import type { EmittedRow } from '../types'
import type { Fields } from './fields'
import type { AzureKind, AzureShape } from './kinds'

/** A mapped record; `sameAs` is what another rendering of the same event (interface, table, portal) agrees in. */
export interface Mapped {
  readonly row: AccessEventRow
  readonly sameAs: string | undefined
}

export type MapFields = (fields: Fields, wallClock: WallClock) => Mapped

const mappers: Readonly<Record<Exclude<AzureKind, 'logLine'>, MapFields>> = {
  signIn: mapSignIn,
  risk: mapRisk,
  audit: mapAudit,
  provisioning: mapProvisioning,
  activity: mapActivity,
}

/**
 * The row of a record. A batch may hold records of several of these formats, so each of their readers maps them all. A
 * diagnostic record counts as the original: other renderings have other bytes, and only `sameAs` can tell that they are
 * the same event.
 */
export function emittedRow(
  kind: Exclude<AzureKind, 'logLine'>,
  shape: AzureShape,
  fields: Fields,
  wallClock: WallClock,
): EmittedRow {
  const { row, sameAs } = mappers[kind](fields, wallClock)
  if (sameAs === undefined) return { table: 'access_event', row }
  const alternate = `${row.source}:${sameAs.toLowerCase()}`
  return shape === 'diagnostic'
    ? { table: 'access_event', row, alternate }
    : { table: 'access_event', row, identity: null, alternate }
}
