/** `POST /session`: a token for a cookie. JSON only, since no plain form of another page can send that. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { z } from 'zod'
import { answerJson, refuse } from './answers'
import type { Limits } from './limits'
import type { Sessions } from './sessions'

const Body = z.strictObject({ token: z.string().min(1).max(200) })

export async function handleSession(
  request: IncomingMessage,
  response: ServerResponse,
  sessions: Sessions,
  limits: Limits,
): Promise<void> {
  if (!/^application\/json(?:\s*;|$)/i.test(request.headers['content-type'] ?? '')) {
    refuse(request, response, { status: 415, message: 'Send JSON.' })
    return
  }
  const text = await readBody(request, limits.maxSessionBodyBytes, limits.sessionBodyTimeoutMs)
  if (typeof text !== 'string') {
    refuse(request, response, { status: text.status, message: 'The request body is too large or too slow.' })
    return
  }
  const cookie = exchange(text, sessions)
  if (cookie === undefined) refuse(request, response, { status: 401, message: 'This link was used or is too old.' })
  else answerJson(response, 200, {}, { 'set-cookie': cookie })
}

function exchange(text: string, sessions: Sessions): string | undefined {
  try {
    const body = Body.safeParse(JSON.parse(text))
    return body.success ? sessions.exchange(body.data.token) : undefined
  } catch {
    return undefined
  }
}

async function readBody(
  request: IncomingMessage,
  maxBytes: number,
  timeoutMs: number,
): Promise<string | { readonly status: number }> {
  const chunks: Buffer[] = []
  let size = 0
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ status: 408 }), timeoutMs)
    const end = (value: string | { readonly status: number }) => {
      clearTimeout(timer)
      request.removeAllListeners('data')
      resolve(value)
    }
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > maxBytes) {
        request.pause()
        end({ status: 413 })
      } else chunks.push(chunk)
    })
    request.on('end', () => end(Buffer.concat(chunks).toString('utf8')))
    request.on('error', () => end({ status: 400 }))
  })
}
