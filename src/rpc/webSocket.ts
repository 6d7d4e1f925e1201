/** The browser's side of the web host: frames as text messages over one WebSocket. */
import { AppError } from '../common/errors'
import { type Transport, TransportEvents } from './transport'

/** Opens the connection. Error: `transport`, where the host does not answer or does not let us in. */
export function openWebSocket(url: string): Promise<Transport> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url)
    const events = new TransportEvents()
    let opened = false
    const transport: Transport = {
      send: (text) => {
        if (!events.closed) socket.send(text)
      },
      onMessage: (listener) => events.onMessage(listener),
      onClose: (listener) => events.onClose(listener),
      close: (reason = 'The connection was closed.') => {
        events.end(reason)
        socket.close(1000)
      },
    }
    socket.addEventListener('open', () => {
      opened = true
      resolve(transport)
    })
    socket.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') events.message(data)
    })
    socket.addEventListener('close', ({ reason }) => {
      if (opened) events.end(reason || 'Crosstrail has stopped. Start it again to go on.')
      else reject(new AppError('transport', 'Crosstrail does not answer, or this page has no permission to use it.'))
    })
  })
}
