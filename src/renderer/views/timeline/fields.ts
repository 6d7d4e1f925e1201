/** What lanes can be made of. The field names are those of the filter language. */
export interface LaneField {
  readonly field: string
  readonly title: string
}

export const laneFields: readonly LaneField[] = [
  { field: 'source', title: 'Source' },
  { field: 'service', title: 'Service' },
  { field: 'actor', title: 'Actor' },
  { field: 'action', title: 'Action' },
  { field: 'outcome', title: 'Outcome' },
  { field: 'resource_type', title: 'Resource type' },
  { field: 'src_ip', title: 'Source address' },
]

export const otherLane = '(other)'
/** The lane of events that do not have the field. */
export const missingLane = '(none)'
