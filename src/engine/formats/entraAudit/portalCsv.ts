import type { JsonObject, JsonValue } from '../../../common/json'
import type { Portal } from '../azure/reader'

/** Targets, changes and details are numbered columns; the portal writes no more than these. */
const MAX_TARGETS = 5
const MAX_CHANGES = 10
const MAX_DETAILS = 10

/** The download of the audit page: actor, targets and their changes in numbered columns. */
export const auditPortal: Portal = {
  kind: 'audit',
  isHeader: (header) =>
    header.has('dateutc') &&
    header.has('activity') &&
    header.has('result') &&
    ['actortype', 'actordisplayname', 'actoruserprincipalname', 'actorobjectid'].some((name) => header.has(name)),
  record(cell) {
    return present({
      activityDateTime: cell('dateutc'),
      id: cell('auditid') ?? cell('id'),
      correlationId: cell('correlationid'),
      loggedByService: cell('service'),
      category: cell('category'),
      activityDisplayName: cell('activity'),
      result: cell('result'),
      resultReason: cell('resultreason'),
      userAgent: cell('useragent'),
      initiatedBy: initiator(cell),
      targetResources: numbered(MAX_TARGETS, (no) => target(cell, no)),
      additionalDetails: numbered(MAX_DETAILS, (no) => detail(cell, no)),
    })
  },
}

type Cell = (name: string) => string | undefined

function initiator(cell: Cell): JsonObject {
  const servicePrincipalId = cell('actorserviceprincipalid')
  const isApp = /app/i.test(cell('actortype') ?? '') || servicePrincipalId !== undefined
  const ipAddress = cell('ipaddress')
  return isApp
    ? {
        app: present({
          displayName: cell('actordisplayname'),
          servicePrincipalId: servicePrincipalId ?? cell('actorobjectid'),
          servicePrincipalName: cell('actorserviceprincipalname'),
          ipAddress,
        }),
      }
    : {
        user: present({
          id: cell('actorobjectid'),
          displayName: cell('actordisplayname'),
          userPrincipalName: cell('actoruserprincipalname'),
          ipAddress,
        }),
      }
}

function target(cell: Cell, no: number): JsonObject {
  const prefix = `target${no}`
  const changes = numbered(MAX_CHANGES, (change) =>
    present({
      displayName: cell(`${prefix}modifiedproperty${change}name`),
      oldValue: cell(`${prefix}modifiedproperty${change}oldvalue`),
      newValue: cell(`${prefix}modifiedproperty${change}newvalue`),
    }),
  )
  return present({
    id: cell(`${prefix}objectid`),
    type: cell(`${prefix}type`),
    displayName: cell(`${prefix}displayname`),
    userPrincipalName: cell(`${prefix}userprincipalname`),
    modifiedProperties: changes.length === 0 ? undefined : changes,
  })
}

function detail(cell: Cell, no: number): JsonObject {
  return present({ key: cell(`additionaldetail${no}key`), value: cell(`additionaldetail${no}value`) })
}

/** The objects of the numbers from one on that hold anything. */
function numbered(most: number, make: (no: number) => JsonObject): readonly JsonObject[] {
  return Array.from({ length: most }, (_, index) => make(index + 1)).filter((item) => Object.keys(item).length > 0)
}

function present(members: Readonly<Record<string, JsonValue | undefined>>): JsonObject {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]): [string, JsonValue][] =>
      value === undefined ? [] : [[name, value]],
    ),
  )
}
