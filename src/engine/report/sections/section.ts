import type { SectionId } from '../../../contract/report'
import type { Block } from '../../../contract/reportBlocks'
import type { Phrase, Say } from '../languages/say'
import type { ReportModel } from '../model'
import type { PrintTime } from '../zone'

/** How the words of one report come about. */
export interface Print {
  readonly time: PrintTime
  readonly say: Say
  /** Labels that the model carries. */
  readonly label: (text: string) => string
}

export interface Section {
  /** Stable: the outline, the choice of sections and the anchors of the HTML form use it. */
  readonly id: SectionId
  readonly title: Phrase
  /** No blocks: the section is left out. */
  readonly build: (model: ReportModel, print: Print) => readonly Block[]
}
