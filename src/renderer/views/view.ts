import type { ComponentType } from 'react'

/** What a view is for; the rail shows the groups in this order. */
export const viewGroups = [
  { id: 'look', title: 'Look' },
  { id: 'cross', title: 'Cross-check' },
  { id: 'ask', title: 'Ask' },
  { id: 'work', title: 'Work' },
  { id: 'evidence', title: 'Sources' },
] as const

/** A view of the workbench: a panel of the dock that the rail, the palette and the shortcuts know by its id. */
export interface ViewDefinition {
  readonly id: string
  readonly title: string
  readonly group: (typeof viewGroups)[number]['id']
  /** One sentence for the tooltip: what is seen there. */
  readonly hint: string
  readonly icon: ComponentType<{ readonly size?: number }>
  readonly component: ComponentType
  /** Key that brings it to the front. */
  readonly shortcut: string
  /** What a case must hold before there is anything to see. */
  readonly needs?: 'events' | 'traces' | 'events and traces'
}
