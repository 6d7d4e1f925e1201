import { type JsonObject, list, text } from '../../../common/json'
import type { WallClock } from '../../../common/time'
import type { AccessEventRow } from '../../db/rows'
import { instantOf } from '../shared/epoch'
import { onlyClockFlags } from '../shared/eventTime'
import { atFolded, getFolded, textFolded } from '../shared/folded'
import { agentColumns, idPairs, placeOf } from '../shared/rowParts'
import { reasonColumns } from '../shared/statedReason'
import { applicationOf, eventsOf, type Parameters, parameter, parametersOf } from './activity'
import { classColumns } from './classify'
import { identityColumns } from './identity'
import { outcomeColumns, secondFactor } from './outcome'
import { resourceColumns } from './resource'

/** One row per event of an activity. Every field may be missing, of the wrong type or hostile. */
export function mapActivity(activity: JsonObject, wallClock: WallClock): readonly AccessEventRow[] {
  return eventsOf(activity).map((event, index) => mapEvent(activity, event, index, wallClock))
}

function mapEvent(activity: JsonObject, event: JsonObject, index: number, wallClock: WallClock): AccessEventRow {
  const parameters = parametersOf(event)
  const kind = classColumns(applicationOf(activity), event, parameters)
  const time = instantOf(textFolded(activity, 'id', 'time'), wallClock)
  return {
    source: 'gworkspace',
    source_event_id: eventId(activity, index),
    ts: time?.us,
    ts_precision: time?.precision,
    ts_kind: time === undefined ? undefined : 'logged',
    ...kind,
    ...outcomeColumns(kind.action, parameters),
    ...identityColumns(activity, parameters),
    mfa: secondFactor(kind.action, parameters),
    ...placeOf(text(getFolded(activity, 'ipAddress'))),
    src_country: textFolded(activity, 'networkInfo', 'regionCode'),
    src_asn: text(list(atFolded(activity, 'networkInfo', 'ipAsn'))[0]),
    ...agentColumns(parameter(parameters, 'user_agent')),
    ...resourceColumns(activity, event, parameters),
    ...statedReasonColumns(parameters),
    correlation_ids: idPairs([
      ['gworkspace_access_approval', parameter(parameters, 'access_approval_request_ids')],
      ['gworkspace_alert', parameter(parameters, 'access_approval_alert_center_ids')],
      ['gworkspace_log', parameter(parameters, 'log_id')],
      ['gworkspace_rule', parameter(parameters, 'rule_id')],
    ]),
    flags: onlyClockFlags(time),
  }
}

/** Unique within a customer, an application and a time; `#` counts the events of one activity. */
function eventId(activity: JsonObject, index: number): string | undefined {
  const unique = textFolded(activity, 'id', 'uniqueQualifier')
  if (unique === undefined) return undefined
  const parts = ['customerId', 'applicationName', 'time'].map((key) => textFolded(activity, 'id', key) ?? '-')
  return `${[...parts, unique].join('/')}#${index}`
}

function statedReasonColumns(parameters: Parameters): Pick<AccessEventRow, 'reason' | 'reason_field' | 'ticket_ids'> {
  const stated = (name: string, kind: 'reason' | 'ticket') => ({
    field: `parameters.${name}`,
    value: parameter(parameters, name),
    kind,
  })
  return reasonColumns([
    stated('justification', 'reason'),
    stated('justifications', 'reason'),
    stated('reason', 'reason'),
    stated('triggered_actions', 'reason'),
    stated('tickets', 'ticket'),
  ])
}
