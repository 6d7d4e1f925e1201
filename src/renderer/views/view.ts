import type { IconName } from '@blueprintjs/icons'
import type { ComponentType } from 'react'

/** A view of the workbench: a panel of the dock that the palette, the shortcuts and the tabs know by its id. */
export interface ViewDefinition {
  readonly id: string
  readonly title: string
  readonly icon: IconName
  readonly component: ComponentType
  /** Key that brings it to the front, as the shortcut sheet shows it: `1`, `g t`. */
  readonly shortcut: string
}
