// First: see there.
import './schemaSetup'

import '@blueprintjs/core/lib/css/blueprint.css'
import 'dockview-react/dist/styles/dockview.css'
import './theme/tokens.css'
import './theme/window.css'
import './theme/frame.css'
import './theme/rail.css'
import './theme/overlays.css'
import './theme/views.css'
import './theme/side.css'
import './theme/report.css'
import './theme/paper.css'
import { BlueprintProvider } from '@blueprintjs/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { isAppError } from '../common/errors'
import { connectHost } from '../rpc/hostAccess'
import { Shell } from './app/Shell'
import { createDrafts } from './casework/drafts'
import { createCaseworkStore } from './state/casework'
import { createConsoleStore } from './state/console'
import { createLayoutStore } from './state/layout'
import { windowStorage } from './state/persisted'
import { createScopeStore } from './state/scope'
import { createSelectionStore } from './state/selection'
import { createSettingsStore } from './state/settings'
import { createTaskStore } from './state/tasks'
import { createTraceQueryStore } from './state/traceQuery'
import { useChangeInvalidation } from './state/useEngineQuery'
import { type Workbench, WorkbenchProvider } from './state/workbench'
import { createZoneAskStore } from './state/zoneAsk'
import { describeError } from './ui/describeError'

const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: Number.POSITIVE_INFINITY, gcTime: 300_000, retry: false, refetchOnWindowFocus: false },
  },
})

function Changes({ workbench, children }: { readonly workbench: Workbench; readonly children: ReactNode }) {
  useChangeInvalidation(workbench.client, queries)
  return children
}

async function start(container: Element): Promise<void> {
  const root = createRoot(container)
  try {
    const { client, host } = await connectHost()
    const storage = windowStorage()
    const workbench: Workbench = {
      client,
      host,
      selection: createSelectionStore(),
      scope: createScopeStore(),
      settings: createSettingsStore(storage),
      layout: createLayoutStore(storage),
      tasks: createTaskStore(),
      zones: createZoneAskStore(),
      console: createConsoleStore(),
      casework: createCaseworkStore(),
      traceQuery: createTraceQueryStore(),
      drafts: createDrafts(client, storage),
    }
    client.onClose((text) =>
      workbench.tasks
        .getState()
        .say({ intent: 'danger', text, hint: 'The case is on disk. Start Crosstrail again to go on.' }),
    )
    root.render(
      <StrictMode>
        <BlueprintProvider>
          <QueryClientProvider client={queries}>
            <WorkbenchProvider value={workbench}>
              <Changes workbench={workbench}>
                <Shell />
              </Changes>
            </WorkbenchProvider>
          </QueryClientProvider>
        </BlueprintProvider>
      </StrictMode>,
    )
  } catch (error) {
    const { text, hint } = describeError(error)
    root.render(
      <main className="ct-welcome" role="alert">
        <div className="ct-welcome-box">
          <h1>Crosstrail is not reachable</h1>
          <p>{text}</p>
          {isAppError(error) && error.code === 'transport' ? (
            <p>Open the address that Crosstrail printed when it started.</p>
          ) : (
            <p>{hint}</p>
          )}
        </div>
      </main>,
    )
  }
}

const container = document.getElementById('root')
if (container !== null) void start(container)
