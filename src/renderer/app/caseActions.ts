import type { OpenCase } from '../../contract/case'
import type { Workbench } from '../state/workbench'
import { visibleText } from '../text/marks'
import { runTask, sayError } from '../ui/runTask'

/** Opening, creating and closing cases; each act ends with the window's state fitting the case that is open. */
export interface CaseActions {
  create(title: string): Promise<OpenCase | undefined>
  /** Native dialog for the place, where the host has one; else the host's case folder. */
  createAnywhere(title: string): Promise<OpenCase | undefined>
  open(ref: string): Promise<OpenCase | undefined>
  /** Native dialog; in the web host the welcome page lists what can be opened. */
  openAnywhere(): Promise<OpenCase | undefined>
  openSample(): Promise<OpenCase | undefined>
  close(): Promise<void>
  verify(): Promise<void>
  rebuild(): Promise<void>
  accept(): Promise<void>
  computeLinks(): Promise<void>
}

export function caseActions(workbench: Workbench): CaseActions {
  const { client, tasks } = workbench
  const step = ({
    step: detail,
    done,
    total,
  }: {
    readonly step: string
    readonly done: number
    readonly total: number
  }) => ({
    detail,
    fraction: total === 0 ? null : done / total,
  })
  const arrived = (open: OpenCase | undefined) => {
    if (open === undefined) return undefined
    forgetScope(workbench)
    for (const text of open.notices) tasks.getState().say({ intent: 'warning', text: visibleText(text) })
    return open
  }
  const tell = async (call: Promise<OpenCase>) => {
    try {
      return arrived(await call)
    } catch (error) {
      sayError(tasks, error)
      return undefined
    }
  }
  const open = (ref: string) => tell(client.call('case.open', { ref }))
  const choose = async (kind: 'case' | 'newCase') => {
    try {
      return (await workbench.host.choose?.(kind))?.[0]
    } catch (error) {
      sayError(tasks, error)
      return undefined
    }
  }
  return {
    create: (title) => tell(client.call('case.create', { title })),
    createAnywhere: async (title) => {
      if (workbench.host.choose === null) return tell(client.call('case.create', { title }))
      const place = await choose('newCase')
      if (place === undefined) return undefined
      const name = place.name.replace(/\.case$/, '')
      return tell(client.call('case.create', { title: name === '' ? title : name, ref: place.ref }))
    },
    open,
    openAnywhere: async () => {
      const place = await choose('case')
      return place === undefined ? undefined : open(place.ref)
    },
    openSample: async () => arrived(await runTask(workbench, 'Open the sample', 'case.openSample', {}, step)),
    close: async () => {
      try {
        await client.call('case.close', {})
        forgetScope(workbench)
      } catch (error) {
        sayError(tasks, error)
      }
    },
    verify: async () => {
      const result = await runTask(workbench, 'Verify', 'case.verify', {}, step)
      if (result === undefined) return
      tasks.getState().say(
        result.ok
          ? {
              intent: 'success',
              text: `The case is intact: ${result.seq} journal records, head ${result.head.slice(0, 12)}….`,
            }
          : {
              intent: 'danger',
              text: `Verification failed: ${result.findings[0]?.message ?? 'see the findings.'}`,
              hint: result.findings.length > 1 ? `And ${result.findings.length - 1} more.` : null,
            },
      )
    },
    accept: async () => {
      try {
        await client.call('case.accept', {})
        const text = 'This case may be worked on here. That says nothing of whether what stands in it is true.'
        tasks.getState().say({ intent: 'success', text })
      } catch (error) {
        sayError(tasks, error)
      }
    },
    rebuild: async () => {
      const open = await runTask(workbench, 'Rebuild', 'case.rebuild', {}, step)
      if (open !== undefined)
        tasks.getState().say({ intent: 'success', text: 'The database was rebuilt from the journal and the evidence.' })
    },
    computeLinks: async () => {
      const result = await runTask(workbench, 'Link', 'links.compute', {}, step)
      if (result === undefined) return
      const { certain, strong, likely, possible } = result.links
      tasks.getState().say({
        intent: 'success',
        text: `Links: ${certain} certain, ${strong} strong, ${likely} likely, ${possible} possible.`,
      })
    },
  }
}

function forgetScope({ scope, selection }: Workbench): void {
  scope.getState().reset()
  selection.getState().clear()
}

/** `Case 2026-01-02`: what a case is called until the analyst names it. */
export function defaultTitle(now: Date): string {
  return `Case ${now.toISOString().slice(0, 10)}`
}
