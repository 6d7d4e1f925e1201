// @ts-nocheck -- stands for a module whose types it does not carry; the real types check src/main and src/preload
/**
 * The two script worlds of the page. They share the document and no objects, so what `contextBridge` copies goes
 * through messages on the window here; files included.
 */

/** Runs in the preload's world, before it. `drops`: JSON of file name to path, which only Electron could know. */
export function isolatedPrelude(drops) {
  return `const standIn = (() => {
  const drops = new Map(Object.entries(${drops}))
  const waiting = new Map()
  const listeners = []
  let last = 0
  const post = (message) => window.postMessage({ from: 'preload', ...message }, '*')
  const expose = (name, bridge) => {
    window.addEventListener('message', async ({ data }) => {
      if (data?.from !== 'page' || typeof bridge[data.call] !== 'function') return
      const args = data.args.map((arg) => (arg?.listener === undefined ? arg : (...values) => post({ listener: arg.listener, values })))
      try {
        post({ answer: data.id, value: await bridge[data.call](...args) })
      } catch (error) {
        post({ answer: data.id, error: String(error) })
      }
    })
    post({ exposed: name, frozen: Object.isFrozen(bridge), names: Object.keys(bridge) })
  }
  const electron = {
    contextBridge: { exposeInMainWorld: expose },
    webUtils: { getPathForFile: (file) => drops.get(file.name) ?? '' },
    ipcRenderer: {
      send: (channel, ...values) => toApplication(JSON.stringify({ channel, values })),
      invoke: (channel, ...values) =>
        new Promise((done) => {
          waiting.set(++last, done)
          toApplication(JSON.stringify({ id: last, channel, values }))
        }),
      on: (channel, listener) => listeners.push({ channel, listener }),
    },
  }
  return {
    require: (name) => {
      if (name !== 'electron') throw new Error('The sandbox has no module ' + name)
      return electron
    },
    answer: ({ id, value }) => waiting.get(id)?.(value),
    deliver: ({ channel, values }) => {
      for (const item of listeners) if (item.channel === channel) item.listener({}, ...values)
    },
  }
})()
globalThis.standIn = standIn`
}

/** Runs in the page's own world before its scripts. */
export function mainWorldBridge() {
  const waiting = new Map()
  const listeners = []
  let last = 0
  const call = (name, args) =>
    new Promise((done, failed) => {
      waiting.set(++last, { done, failed })
      const plain = args.map((arg) => (typeof arg === 'function' ? { listener: listeners.push(arg) - 1 } : arg))
      window.postMessage({ from: 'page', call: name, id: last, args: plain }, '*')
    })
  window.addEventListener('message', ({ data }) => {
    if (data?.from !== 'preload') return
    if (data.listener !== undefined) listeners[data.listener]?.(...data.values)
    const open = waiting.get(data.answer)
    if (open === undefined) return
    if (data.error === undefined) open.done(data.value)
    else open.failed(new Error(data.error))
  })
  const names = ['send', 'onMessage', 'registerFiles', 'choose', 'saveDownload', 'onCommand']
  const bridge = Object.fromEntries(names.map((name) => [name, (...args) => call(name, args)]))
  Object.defineProperty(window, 'crosstrail', { value: Object.freeze(bridge) })
}
