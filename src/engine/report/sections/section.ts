import type { Block } from '../blocks'
import type { ReportModel } from '../model'
import type { PrintTime } from '../zone'

export interface Section {
  /** Stable: the outline and the anchors of the HTML form use it. */
  readonly id: string
  readonly title: string
  /** No blocks: the section is left out. */
  readonly build: (model: ReportModel, time: PrintTime) => readonly Block[]
}
