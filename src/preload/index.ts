/**
 * The only code between the page and the application: passes text over one channel and turns dropped files into
 * handles. Runs sandboxed; holds no rule and keeps no state.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { Bridge } from '../rpc/bridge'

const channel = 'crosstrail'

const bridge: Bridge = {
  send: (text) => ipcRenderer.send(channel, text),
  onMessage: (listener) => {
    ipcRenderer.on(channel, (_event, message: unknown) => {
      if (typeof message === 'string') listener(message)
    })
  },
  // A page cannot make up a File with a path: only the system's drop and file input can.
  registerFiles: (files) =>
    ipcRenderer.invoke(channel, { ask: 'register', paths: files.map((file) => webUtils.getPathForFile(file)) }),
  choose: (kind) => ipcRenderer.invoke(channel, { ask: 'choose', kind }),
  saveDownload: (ref) => ipcRenderer.invoke(channel, { ask: 'save', ref }),
  onCommand: (listener) => {
    ipcRenderer.on(channel, (_event, message: unknown) => {
      if (Array.isArray(message)) listener(message[0], message[1])
    })
  },
}

contextBridge.exposeInMainWorld('crosstrail', Object.freeze(bridge))
