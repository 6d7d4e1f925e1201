import { beforeAll, describe, expect, it } from 'vitest'
import type { Bridge } from '../../../src/rpc/bridge'
import * as electron from '../../support/electronStandIn'

let bridge: Bridge
beforeAll(async () => {
  electron.resetElectron()
  await import('../../../src/preload')
  // Made by the module just loaded, which types it.
  bridge = electron.exposed.get('crosstrail') as Bridge
})

describe('the bridge', () => {
  it('is frozen, the only thing exposed, and has these functions only', () => {
    expect([...electron.exposed.keys()]).toEqual(['crosstrail'])
    expect(Object.isFrozen(bridge)).toBe(true)
    expect(Object.keys(bridge).sort()).toEqual([
      'choose',
      'onCommand',
      'onMessage',
      'registerFiles',
      'saveDownload',
      'send',
    ])
  })

  it('uses one channel and lets the page name none', async () => {
    bridge.send('text')
    await bridge.registerFiles([new File([], 'a.json')])
    await bridge.choose('files')
    await bridge.saveDownload('ref')
    expect(electron.ipcRenderer.sent).toEqual([
      ['crosstrail', 'text'],
      ['crosstrail', { ask: 'register', paths: ['/dropped/a.json'] }],
      ['crosstrail', { ask: 'choose', kind: 'files' }],
      ['crosstrail', { ask: 'save', ref: 'ref' }],
    ])
  })

  it('gives listeners the message, never the event with its sender', () => {
    const seen: unknown[][] = []
    bridge.onMessage((...args) => seen.push(args))
    bridge.onCommand((...args) => seen.push(args))
    electron.ipcRenderer.emit('crosstrail', { sender: 'secret' }, 'text')
    electron.ipcRenderer.emit('crosstrail', { sender: 'secret' }, ['palette', null])
    expect(seen).toEqual([['text'], ['palette', null]])
  })
})
