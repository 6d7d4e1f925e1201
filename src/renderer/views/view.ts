import type { SVGIconProps } from '@blueprintjs/icons'
import type { ComponentType } from 'react'

/** A view of the workbench: a panel of the dock that the palette, the shortcuts and the tabs know by its id. */
export interface ViewDefinition {
  readonly id: string
  readonly title: string
  /** Imported by name: looking an icon up by its text would load all of them. */
  readonly icon: ComponentType<SVGIconProps>
  readonly component: ComponentType
  /** Key that brings it to the front. */
  readonly shortcut: string
}
